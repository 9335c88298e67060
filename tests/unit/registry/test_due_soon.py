"""Who is to be warned is found by an index, and whoever spoke or was spoken to is not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from mailbridge.model.document import Document
from mailbridge.model.exchange import ExchangeState, Standing
from mailbridge.model.letter import LetterKind, Party
from mailbridge.model.outcome import Direction
from mailbridge.model.sending import Exchange
from mailbridge.registry import documents, due_soon, exchanges, outbox
from mailbridge.registry.database import Database
from tests.unit.letters import sent
from tests.unit.registry.conftest import NOW, OFFICE
from tests.unit.registry.plans import plans

HOUR = timedelta(hours=1)
Send = Callable[..., int]


@pytest.fixture
def send(database: Database, document: Callable[..., Document]) -> Send:
    """Send a document to one more agency; gives the exchange."""
    count = iter(range(1, 99))

    def make(
        state: ExchangeState = ExchangeState.SUBMITTED,
        *,
        answer_by: datetime | None = NOW + HOUR,
        handle_by: datetime | None = None,
        **stands: object,
    ) -> int:
        to = Party("DEMO.01", "Văn phòng", f"vp{next(count)}@hungyen.gov.vn")
        with database.transaction() as tx:
            of = documents.add(tx, replace(document(0), direction=Direction.OUT))
            begun = Exchange(0, OFFICE, of, to, NOW, answer_by, handle_by=handle_by)
            made = exchanges.add(tx, begun)
            exchanges.stand(tx, made, Standing(state, **stands))  # type: ignore[arg-type]
        return made

    return make


def _answers(database: Database, office: str = OFFICE) -> list[int]:
    with database.reading() as tx:
        return [one.id for one in due_soon.answers(tx, office, NOW, NOW + HOUR)]


def _handlings(database: Database) -> list[int]:
    with database.reading() as tx:
        return [one.id for one in due_soon.handlings(tx, OFFICE, NOW, NOW + HOUR)]


def test_only_who_has_it_and_is_silent_is_asked_for_a_receipt(
    database: Database, send: Send
) -> None:
    silent = send()
    for state in set(ExchangeState) - {ExchangeState.SUBMITTED}:
        send(state)
    send(recall_asked=True)
    send(answer_by=NOW + 2 * HOUR)
    send(answer_by=NOW)
    send(answer_by=None)
    assert _answers(database) == [silent]
    assert _answers(database, "DEMO.99") == []


def test_who_was_reminded_or_warned_is_not_warned(database: Database, send: Send) -> None:
    reminded, warned, handling = send(), send(), send()
    with database.transaction() as tx:
        exchanges.reminded(tx, reminded, NOW + HOUR)
        due_soon.warned(tx, (warned,), NOW, handling=False)
        due_soon.warned(tx, (handling,), NOW, handling=True)
    assert _answers(database) == [handling]


def test_before_a_deadline_that_was_set_anew_there_may_be_a_warning_anew(
    database: Database, send: Send
) -> None:
    one = send()
    with database.transaction() as tx:
        due_soon.warned(tx, (one,), NOW, handling=False)
        exchanges.expect(tx, one, None)
        found = exchanges.get(tx, one)
        assert found is not None
        # That it is asked for no more takes back nothing of what was.
        assert found.answer_warned_at == NOW
        exchanges.expect(tx, one, NOW + HOUR)
    assert _answers(database) == [one]


def test_only_who_said_that_it_has_it_is_asked_to_handle_it(database: Database, send: Send) -> None:
    there = [
        ExchangeState.ARRIVED,
        ExchangeState.REGISTERED,
        ExchangeState.ASSIGNED,
        ExchangeState.PROCESSING,
    ]
    asked = [send(state, handle_by=NOW + HOUR) for state in there]
    for state in set(ExchangeState) - set(there):
        send(state, handle_by=NOW + HOUR)
    send(ExchangeState.REGISTERED, handle_by=NOW + HOUR, recall_asked=True)
    send(ExchangeState.REGISTERED, handle_by=NOW + 2 * HOUR)
    send(ExchangeState.REGISTERED)
    assert _handlings(database) == asked
    with database.transaction() as tx:
        due_soon.warned(tx, asked[1:], NOW, handling=True)
    assert _handlings(database) == asked[:1]


def test_a_document_left_when_its_first_mail_did(database: Database, send: Send) -> None:
    one, never = send(), send()
    with database.transaction() as tx:
        for name, of, urgent in (("a", one, True), ("b", one, False), ("c", never, False)):
            mail = sent.letter(LetterKind.DOCUMENT, exchange=of, urgent=urgent)
            outbox.owe(tx, replace(mail, id="mb." + name * 52))
        outbox.sent(tx, ("mb." + "a" * 52,), NOW)
        outbox.sent(tx, ("mb." + "b" * 52,), NOW + HOUR)
        assert due_soon.left(tx, (one, never)) == {one: (NOW, True)}


def test_more_may_be_due_at_once_than_a_statement_has_room_for(
    database: Database, send: Send
) -> None:
    last = send()
    many = (*range(100, 70_100), last)
    with database.transaction() as tx:
        mail = sent.letter(LetterKind.DOCUMENT, exchange=last)
        outbox.owe(tx, mail)
        outbox.sent(tx, (mail.id,), NOW)
        assert due_soon.left(tx, many) == {last: (NOW, mail.urgent)}
        due_soon.warned(tx, many, NOW, handling=False)
    assert _answers(database) == []


def test_both_are_asked_of_an_index(database: Database) -> None:
    with plans(database) as (tx, found):
        due_soon.answers(tx, OFFICE, NOW, NOW + HOUR)
        due_soon.handlings(tx, OFFICE, NOW, NOW + HOUR)
    answers, handlings = found
    assert "ix_exchange_unanswered" in answers
    assert "ix_exchange_handling" in handlings
