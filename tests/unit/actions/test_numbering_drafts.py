"""A signed number cannot be changed: the book follows it, or says why it cannot."""

from datetime import timedelta
from pathlib import Path

from mailbridge.actions.entering import Wish
from mailbridge.actions.house import House
from mailbridge.actions.reserve import reserve
from mailbridge.actions.send import send
from mailbridge.model.sending import NotSent, NumberWish, Sent
from tests.unit.actions.drafts import NOW, OWN, drafted, printed, signed


def test_a_number_that_was_reserved_for_another_is_not_taken(house: House, tmp_path: Path) -> None:
    held = reserve(house, OWN.code, Wish(type="Công văn"), "An", NOW)
    draft = drafted(
        house, tmp_path, signed(printed("5")), number=NumberWish.RESERVED, reserved=held.id
    )
    done = send(house, draft, "An", NOW)
    assert isinstance(done, NotSent)
    assert [one.code for one in done.hindrances] == ["number-not-reserved"]


def test_a_reserved_number_is_wanted_and_none_is_there(house: House, tmp_path: Path) -> None:
    draft = drafted(house, tmp_path, signed(printed("1")), number=NumberWish.RESERVED)
    done = send(house, draft, "An", NOW)
    assert isinstance(done, NotSent)
    assert [one.code for one in done.hindrances] == ["number-not-reserved"]


def test_a_zero_before_the_number_is_the_same_number(house: House, tmp_path: Path) -> None:
    done = send(house, drafted(house, tmp_path, signed(printed("01"))), "An", NOW)
    assert isinstance(done, Sent)
    assert done.number is not None
    assert done.number.ordinal == 1


def test_a_number_that_was_reserved_in_another_year_is_not_the_printed_one(
    house: House, tmp_path: Path
) -> None:
    before = reserve(house, OWN.code, Wish(type="Công văn"), "An", NOW - timedelta(days=365))
    done = send(house, drafted(house, tmp_path, signed(printed("1"))), "An", NOW)
    assert isinstance(done, Sent)
    assert done.number is not None
    assert (done.number.ordinal, done.number.year) == (before.number.ordinal, NOW.year)
    assert before.number.year == NOW.year - 1
