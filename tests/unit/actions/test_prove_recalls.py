"""A recall that could not be checked withholds nothing, and takes effect once it can be."""

from datetime import timedelta

import pytest

from mailbridge.actions.house import House
from mailbridge.actions.prove_recalls import prove_recalls
from mailbridge.actions.recall_waits import RETRY, WAITS
from mailbridge.demo.agencies import OWN, SENDER
from mailbridge.model.directory import Directory
from mailbridge.model.document import DocumentState
from mailbridge.model.letter import LetterKind, ReceiptFacts
from mailbridge.model.message import Kind
from mailbridge.model.outcome import Noted, OutcomeName
from mailbridge.model.recall import Strength
from mailbridge.registry import agencies, ledger, outbox, unproven
from tests.unit.actions.conftest import Lead
from tests.unit.actions.recall_mails import LATER, by_neighbour, proven
from tests.unit.actions.test_recalled import answers, came, kinds
from tests.unit.provenance.samples import mail_with, sealed


class Lists:
    """The revocation lists of a house, which can be away."""

    def __init__(self, house: House) -> None:
        self._kept = {path: path.read_bytes() for path in house.trust.rglob("*.crl")}

    def away(self) -> None:
        """Take them away."""
        for path in self._kept:
            path.unlink()

    def back(self) -> None:
        """Put them back."""
        for path, octets in self._kept.items():
            path.write_bytes(octets)


@pytest.fixture
def waiting(house: House, lead: Lead) -> Lists:
    """A document that is here, and its recall, which cannot be checked for now."""
    document = sealed()
    lead(mail_with(document))
    lists = Lists(house)
    lists.away()
    assert lead(proven(document), LATER) == Noted(Kind.RECALL)
    return lists


def _waits(house: House, row: int = 2) -> bool:
    with house.database.reading() as tx:
        return unproven.of(tx, row) is not None


def test_meanwhile_nothing_is_withheld_or_answered_and_the_clerk_knows(
    house: House, waiting: Lists
) -> None:
    del waiting
    assert came(house).state is DocumentState.REGISTERED
    assert answers(house) == []
    assert len(kinds(house)) == 1
    with house.database.reading() as tx:
        (told,) = [x.facts for x in outbox.letters(tx) if x.kind is LetterKind.ALERT]
    assert "kiểm tra lại" in str(told)
    assert prove_recalls(house, LATER + timedelta(minutes=1)) == 0


def test_once_it_can_be_checked_it_is_obeyed(house: House, waiting: Lists) -> None:
    assert prove_recalls(house, LATER + RETRY) == 1
    assert came(house).state is DocumentState.REGISTERED
    waiting.back()
    assert prove_recalls(house, LATER + 2 * RETRY) == 1
    assert came(house).state is DocumentState.WITHHELD
    assert not _waits(house)
    assert kinds(house) == []
    with house.database.reading() as tx:
        row = ledger.get(tx, 2)
    assert row is not None
    assert row.outcome is OutcomeName.APPLIED
    assert prove_recalls(house, LATER + 9 * RETRY) == 0


def test_after_a_day_it_is_answered_and_looked_at_no_more(house: House, waiting: Lists) -> None:
    prove_recalls(house, LATER + WAITS - RETRY)
    assert answers(house) == []
    prove_recalls(house, LATER + WAITS)
    (answer,) = answers(house)
    assert isinstance(answer.facts, ReceiptFacts)
    assert "chưa kiểm tra được chứng thư số" in answer.facts.words
    waiting.back()
    assert prove_recalls(house, LATER + 2 * WAITS) == 0
    assert came(house).state is DocumentState.REGISTERED


def test_a_mail_that_is_gone_is_not_waited_for_for_ever(house: House, waiting: Lists) -> None:
    del waiting
    with house.database.reading() as tx:
        row = ledger.get(tx, 2)
    assert row is not None
    house.blobs.erase(str(row.fingerprint))
    prove_recalls(house, LATER + RETRY)
    assert _waits(house)
    prove_recalls(house, LATER + WAITS)
    assert not _waits(house)


def test_the_recall_of_an_agency_that_left_the_directory_is_examined_once_more(
    house: House, waiting: Lists
) -> None:
    del waiting
    with house.database.transaction() as tx:
        known = agencies.directory(tx).agencies
        others = tuple(one for one in known if one.code != SENDER.code)
        agencies.load(tx, Directory(others), LATER)
    assert prove_recalls(house, LATER + RETRY) == 1
    assert not _waits(house)
    assert prove_recalls(house, LATER + 2 * WAITS) == 0
    assert answers(house) == []


def test_whatever_an_examination_says_after_the_day_it_is_the_last(
    house: House, lead: Lead
) -> None:
    """A mail that became something else than a recall, or whose row was left behind."""
    lead(mail_with(sealed()))
    with house.database.transaction() as tx:
        unproven.add(
            tx,
            unproven.Waiting(1, OWN.code, SENDER.code, Strength.SEAL, (), LATER, LATER + WAITS),
        )
    prove_recalls(house, LATER)
    assert _waits(house, 1)
    prove_recalls(house, LATER + WAITS)
    assert not _waits(house, 1)


def test_what_another_agency_signed_waits_and_is_then_its_own_to_answer_for(
    house: House, lead: Lead
) -> None:
    document = sealed()
    lead(mail_with(document))
    lists = Lists(house)
    lists.away()
    lead(by_neighbour(document), LATER)
    lists.back()
    prove_recalls(house, LATER + RETRY)
    assert came(house).state is DocumentState.REGISTERED
    assert len(answers(house)) == 1
    assert not _waits(house)
