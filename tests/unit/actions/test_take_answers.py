"""Answers of the operations system: news once, nothing of strangers, no number overturned."""

from pathlib import Path

import pytest

from mailbridge.actions.hand_over import hand_over
from mailbridge.actions.house import House
from mailbridge.actions.take_answers import take_answers
from mailbridge.model.errors import RefusedError
from mailbridge.model.handover import HandoverState
from mailbridge.registry import handover, journal
from tests.unit.actions.conftest import Lead
from tests.unit.provenance.samples import NOW, mail_with, sealed

OFFICE = "DEMO.02.07"


@pytest.fixture
def disk(house: House, lead: Lead, tmp_path: Path) -> Path:
    """A folder for answers; one document was handed over."""
    for name in ("out", "in"):
        (tmp_path / name).mkdir()
    lead(mail_with(sealed()))
    hand_over(house, OFFICE, tmp_path / "out", "A", NOW)
    return tmp_path / "in"


def _key(house: House) -> str:
    with house.database.reading() as tx:
        (one,) = handover.listed(tx, OFFICE, None, 10)
    return f'"{one.document.key}"'


def _say(disk: Path, *lines: str) -> None:
    text = "\n".join(("document_id,number,refused", *lines, ""))
    (disk / "confirmations.csv").write_text(text, encoding="utf-8")


def test_a_confirmation_is_news_once(house: House, disk: Path) -> None:
    _say(disk, f"{_key(house)},77,")
    first = take_answers(house, OFFICE, disk, "A", NOW)
    second = take_answers(house, OFFICE, disk, "A", NOW)
    assert (len(first.new), len(second.new), len(second.known)) == (1, 0, 1)
    with house.database.reading() as tx:
        (one,) = handover.listed(tx, OFFICE, HandoverState.CONFIRMED, 10)
        events = [line.event for line in journal.lines(tx, OFFICE)]
    assert one.number == "77"
    assert events.count("handover-answered") == 1


def test_what_was_returned_may_be_confirmed_later(house: House, disk: Path) -> None:
    _say(disk, f"{_key(house)},,thiếu phụ lục")
    take_answers(house, OFFICE, disk, "A", NOW)
    _say(disk, f"{_key(house)},78,")
    assert len(take_answers(house, OFFICE, disk, "A", NOW).new) == 1


def test_a_number_that_stands_is_not_overturned(house: House, disk: Path) -> None:
    _say(disk, f"{_key(house)},77,")
    take_answers(house, OFFICE, disk, "A", NOW)
    _say(disk, f"{_key(house)},99,")
    ((_, stands),) = take_answers(house, OFFICE, disk, "A", NOW).contrary
    assert stands == "77"


def test_a_stranger_is_told_and_changes_nothing(house: House, disk: Path) -> None:
    _say(disk, '"X,2026/01/01,1",5,')
    assert len(take_answers(house, OFFICE, disk, "A", NOW).strange) == 1


def test_a_faulty_line_writes_nothing_of_the_others(house: House, disk: Path) -> None:
    _say(disk, f"{_key(house)},77,", ",5,")
    with pytest.raises(RefusedError):
        take_answers(house, OFFICE, disk, "A", NOW)
    with house.database.reading() as tx:
        assert handover.listed(tx, OFFICE, HandoverState.CONFIRMED, 10) == ()
