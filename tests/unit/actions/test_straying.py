"""However many answers of a mail change nothing, a person reads a few rows of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from mailbridge.actions.house import House
from mailbridge.actions.straying import MOST
from mailbridge.demo.agencies import OWN, SENDER
from mailbridge.letters.compose import Sender
from mailbridge.model.letter import Letter, LetterKind, Party
from mailbridge.model.message import Kind
from mailbridge.model.outcome import Noted
from mailbridge.model.sending import Stray, StrayKind
from mailbridge.registry import journal, strays
from tests.unit.actions.conftest import Lead
from tests.unit.actions.peers import HERE, THERE, answers_mail, sender
from tests.unit.provenance.samples import NOW
from tests.unit.registry.owed import RECEIPT

LATER = NOW + timedelta(minutes=5)
STRANGER = Party("X", "Người lạ", "ai-do@vidu.example")
Strays = Callable[[], list[Stray]]


def _answers(count: int, by: Party) -> tuple[Letter, ...]:
    """Write receipts for documents that nobody ever sent."""
    made = []
    for at in range(count):
        name = "".join("abcdefghij"[int(digit)] for digit in f"{at:026}")
        facts = replace(
            RECEIPT, receipt_id=name, symbol=f"{at}-CV/HU", message_id=None, by=by, to=HERE
        )
        mail = Letter("mb." + name * 2, LetterKind.RECEIPT, "there", HERE.address, facts, NOW, NOW)
        made.append(mail)
    return tuple(made)


def _unsigned(by: Party) -> Sender:
    return replace(sender(), signer=None, address=by.address)


@pytest.fixture
def listed(house: House) -> Strays:
    """List what is to be read; each row has its line in the journal."""

    def read() -> list[Stray]:
        with house.database.reading() as tx:
            found = list(reversed(strays.listed(tx, OWN.code, limit=500)))
            lines = [one for one in journal.lines(tx, OWN.code, 500) if one.event == "strayed"]
        assert len(lines) == len(found)
        return found

    return read


def test_a_hundred_answers_of_a_stranger_are_one_row(lead: Lead, listed: Strays) -> None:
    mail = answers_mail(_answers(100, STRANGER), _unsigned(STRANGER))
    assert lead(mail, LATER) == Noted(Kind.RECEIPT)
    (found,) = listed()
    assert (found.kind, found.exchange, found.about) == (StrayKind.ORPHAN, None, "")
    assert found.why.endswith("Thư này còn 99 phản hồi khác không làm thay đổi gì.")


def test_of_an_agency_some_have_a_row_and_the_last_counts_the_others(
    lead: Lead, listed: Strays
) -> None:
    assert THERE.address == SENDER.mailbox
    assert lead(answers_mail(_answers(MOST + 7, THERE), sender()), LATER) == Noted(Kind.RECEIPT)
    found = listed()
    assert len(found) == len({one.about for one in found}) == MOST
    assert "Thư này còn 7 phản hồi khác" in found[-1].why
    assert not any("Thư này còn" in one.why for one in found[:-1])


def test_as_many_as_there_is_room_for_count_no_others(lead: Lead, listed: Strays) -> None:
    lead(answers_mail(_answers(MOST, THERE), sender()), LATER)
    assert len(listed()) == MOST
    assert not any("Thư này còn" in one.why for one in listed())


def test_one_of_a_stranger_is_one_row_and_counts_no_others(lead: Lead, listed: Strays) -> None:
    lead(answers_mail(_answers(1, STRANGER), _unsigned(STRANGER)), LATER)
    (found,) = listed()
    assert "Thư này còn" not in found.why
