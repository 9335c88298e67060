"""What has not left never leaves; what may have left is not said to have stayed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from mailbridge.model.document import Document, DocumentState
from mailbridge.model.exchange import ExchangeState, Standing
from mailbridge.model.letter import LetterKind, LetterState, Party
from mailbridge.model.sending import Exchange
from mailbridge.registry import claiming, documents, exchanges, outbox, withdrawn
from mailbridge.registry.database import Database
from tests.unit.letters import sent
from tests.unit.letters.sample import passed_on
from tests.unit.registry.conftest import NOW

LATER = NOW + timedelta(hours=1)


def test_an_owed_letter_is_withdrawn_and_one_on_its_way_is_not(database: Database) -> None:
    letters = [
        replace(sent.letter(LetterKind.DOCUMENT), id="mb." + letter * 52) for letter in "abc"
    ]
    with database.transaction() as tx:
        for letter in letters:
            outbox.owe(tx, letter)
        (claimed,) = claiming.take(tx, NOW, ("vanthu",)).letters
        (uncertain,) = claiming.take(tx, NOW, ("vanthu",)).letters
        outbox.uncertain(tx, (uncertain.id,), "cut", NOW)
        gone = withdrawn.withdraw(tx, [one.id for one in letters], "thu hồi")
        assert gone == (letters[2].id,)
        assert claiming.take(tx, NOW, ("vanthu",)).letters == ()
        states = [outbox.get(tx, one.id) for one in (claimed, uncertain)]
    assert [one.state for one in states if one] == [LetterState.ATTEMPTING, LetterState.UNCERTAIN]


def test_the_notices_of_a_document_are_listed(
    database: Database, document: Callable[..., Document]
) -> None:
    with database.transaction() as tx:
        of = documents.add(tx, document(0))
        notice = replace(passed_on(), document=of)
        outbox.owe(tx, notice)
        assert [one.id for one in withdrawn.notices_of(tx, of)] == [notice.id]
        assert withdrawn.notices_of(tx, of + 1) == ()


@pytest.mark.parametrize(
    ("state", "leaves"),
    [
        (DocumentState.REGISTERED, True),
        (DocumentState.WITHHELD, False),
        (DocumentState.DESTROYED, False),
    ],
)
def test_a_notice_that_was_being_tried_when_its_document_was_called_back_leaves_no_more(
    database: Database, document: Callable[..., Document], state: DocumentState, *, leaves: bool
) -> None:
    with database.transaction() as tx:
        of = documents.add(tx, document(0))
        outbox.owe(tx, replace(passed_on(), document=of))
        (tried,) = claiming.take(tx, LATER, ("vanthu",)).letters
        documents.set_state(tx, of, state)
        if not leaves:
            withdrawn.withdraw_notices(tx, of, "thu hồi")
        outbox.again(tx, (tried.id,), "450 later", LATER)
        withdrawn.withdraw_called_back(tx, (tried.id,), "thu hồi")
        again = claiming.take(tx, LATER + timedelta(hours=1), ("vanthu",)).letters
    assert [one.id for one in again] == ([tried.id] if leaves else [])


@pytest.mark.parametrize("asked", [True, False])
def test_a_document_of_ours_that_was_being_tried_when_we_recalled_it_leaves_no_more(
    database: Database, document: Callable[..., Document], *, asked: bool
) -> None:
    with database.transaction() as tx:
        of = documents.add(tx, document(0))
        to = Party("DEMO.01", "Nơi nhận", "noi-nhan@hungyen.gov.vn")
        exchange = exchanges.add(tx, Exchange(0, "DEMO.02", of, to, NOW, None))
        letter = replace(sent.letter(LetterKind.DOCUMENT), document=of, exchange=exchange)
        outbox.owe(tx, letter)
        claiming.take(tx, NOW, ("vanthu",))
        exchanges.stand(tx, exchange, replace(Standing(ExchangeState.OWED), recall_asked=asked))
        outbox.again(tx, (letter.id,), "450 later", NOW)
        withdrawn.withdraw_called_back(tx, (letter.id,), "thu hồi")
        again = claiming.take(tx, LATER, ("vanthu",)).letters
    assert bool(again) is not asked
