"""What becomes known of an exchange raises it, and never lowers it."""

from datetime import timedelta
from pathlib import Path

import pytest

from mailbridge.actions.exchanging import learn, posted
from mailbridge.actions.house import House
from mailbridge.actions.send import send
from mailbridge.model.exchange import ExchangeState, Fact, FactKind, Weight
from mailbridge.model.letter import Letter, LetterKind
from mailbridge.model.sending import Exchange, Sent, TaskKind
from mailbridge.registry import exchanges, outbox, tasks_of_people
from tests.unit.actions.drafts import NOW, OWN, drafted, printed, signed
from tests.unit.letters import sent


@pytest.fixture
def begun(house: House, tmp_path: Path) -> tuple[Exchange, Letter]:
    done = send(house, drafted(house, tmp_path, signed(printed())), "An", NOW)
    assert isinstance(done, Sent)
    with house.database.reading() as tx:
        (exchange,) = exchanges.of_document(tx, done.document)
        letter = next(x for x in outbox.letters(tx) if x.kind is LetterKind.DOCUMENT)
    return exchange, letter


def test_a_mail_that_was_taken_is_submitted(house: House, begun: tuple[Exchange, Letter]) -> None:
    exchange, letter = begun
    with house.database.transaction() as tx:
        posted(tx, letter, FactKind.SUBMITTED, "", NOW)
        found = exchanges.get(tx, exchange.id)
    assert found is not None
    assert found.state is ExchangeState.SUBMITTED


def test_an_uncertain_mail_opens_a_task_that_an_answer_closes(
    house: House, begun: tuple[Exchange, Letter]
) -> None:
    exchange, letter = begun
    with house.database.transaction() as tx:
        posted(tx, letter, FactKind.UNCERTAIN, "mất kết nối", NOW)
        (task,) = tasks_of_people.undone(tx, OWN.code)
        assert task.kind is TaskKind.UNCERTAIN
        fact = Fact(FactKind.REGISTERED, NOW, Weight.PROVEN, 1, "431/2026")
        found = learn(tx, exchange, "r1", fact, None, NOW)
        assert tasks_of_people.undone(tx, OWN.code) == ()
    assert (found.state, found.number) == (ExchangeState.REGISTERED, "431/2026")


def test_a_late_bounce_does_not_lower_what_was_registered(
    house: House, begun: tuple[Exchange, Letter]
) -> None:
    exchange, letter = begun
    with house.database.transaction() as tx:
        learn(tx, exchange, "r1", Fact(FactKind.REGISTERED, NOW, Weight.PROVEN, 1), None, NOW)
        posted(tx, letter, FactKind.BOUNCED, "hộp thư đầy", NOW + timedelta(hours=1))
        found = exchanges.get(tx, exchange.id)
    assert found is not None
    assert found.state is ExchangeState.REGISTERED


def test_letters_to_our_own_people_say_nothing_of_exchanges(house: House) -> None:
    with house.database.transaction() as tx:
        posted(tx, sent.letter(LetterKind.ANSWER), FactKind.SUBMITTED, "", NOW)
        assert exchanges.listed(tx, OWN.code) == ()
