"""Nothing goes to who is not enrolled, does not exist today, or lies outside our domains."""

from datetime import date

import pytest

from mailbridge.gateway.recipients import refusal
from mailbridge.model.directory import Agency, Directory

DAY = date(2026, 11, 25)
DIRECTORY = Directory(
    (
        Agency("A", "Đảng ủy A", mailboxes=("a@hungyen.gov.vn",)),
        Agency(
            "B",
            "Chi bộ B",
            mailboxes=("b@hungyen.gov.vn",),
            valid_to=date(2026, 6, 30),
            successor="a",
        ),
        Agency("C", "Chi bộ C", mailboxes=("c@hungyen.gov.vn",), valid_from=date(2027, 1, 1)),
        Agency("D", "Sở D", mailboxes=("d@khac.example",)),
        Agency("E", "Sở E", mailboxes=("e@hungyen.gov.vn",), valid_to=date(2026, 11, 24)),
    )
)


def told(address: str, day: date = DAY) -> str | None:
    return refusal(address, DIRECTORY, ("hungyen.gov.vn",), day)


def test_who_is_enrolled_and_valid_may_be_written_to() -> None:
    assert told("a@hungyen.gov.vn") is None
    assert told("e@hungyen.gov.vn", date(2026, 11, 24)) is None
    assert told("c@hungyen.gov.vn", date(2027, 1, 1)) is None


@pytest.mark.parametrize(
    ("address", "begins", "holds"),
    [
        ("x@hungyen.gov.vn", "550 5.1.1 ", "khong phai hop thu"),
        ("c@hungyen.gov.vn", "550 5.1.6 ", "2027-01-01"),
        ("d@khac.example", "550 5.7.1 ", "Dieu 3.8"),
        ("e@hungyen.gov.vn", "550 5.1.6 ", "2026-11-24"),
    ],
)
def test_everybody_else_is_refused_with_the_reason(address: str, begins: str, holds: str) -> None:
    said = told(address)
    assert said is not None
    assert said.startswith(begins)
    assert holds in said


def test_a_successor_is_named_and_not_used() -> None:
    said = told("b@hungyen.gov.vn")
    assert said is not None
    assert "co quan ke nhiem: Dang uy A <a@hungyen.gov.vn>" in said
