"""What has not left never leaves; what may have left is not said to have stayed."""

from collections.abc import Callable
from dataclasses import replace

from mailbridge.model.document import Document
from mailbridge.model.letter import LetterKind, LetterState
from mailbridge.registry import claiming, documents, outbox, withdrawn
from mailbridge.registry.database import Database
from tests.unit.letters import sent
from tests.unit.letters.sample import passed_on
from tests.unit.registry.conftest import NOW


def test_an_owed_letter_is_withdrawn_and_one_on_its_way_is_not(database: Database) -> None:
    letters = [
        replace(sent.letter(LetterKind.DOCUMENT), id="mb." + letter * 52) for letter in "abc"
    ]
    with database.transaction() as tx:
        for letter in letters:
            outbox.owe(tx, letter)
        (claimed,) = claiming.claim(tx, NOW, ("vanthu",))
        (uncertain,) = claiming.claim(tx, NOW, ("vanthu",))
        outbox.uncertain(tx, (uncertain.id,), "cut", NOW)
        gone = withdrawn.withdraw(tx, [one.id for one in letters], "thu hồi")
        assert gone == (letters[2].id,)
        assert claiming.claim(tx, NOW, ("vanthu",)) == ()
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
