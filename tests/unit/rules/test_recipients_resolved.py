"""A recipient is an agency that exists on that day, with an official mailbox."""

from dataclasses import replace
from datetime import date

import pytest

from mailbridge.model.directory import Agency, Directory
from mailbridge.rules.recipients import MOST, resolve

DAY = date(2026, 11, 24)
DOMAINS = ("hungyen.gov.vn",)
OWN = Agency("A", "Ta", mailboxes=("a@hungyen.gov.vn",))
GOOD = Agency("B", "Ban B", mailboxes=("b@hungyen.gov.vn", "b2@hungyen.gov.vn"))
ENDED = Agency("C", "Huyện C", mailboxes=("c@hungyen.gov.vn",), valid_to=date(2025, 6, 30))
HEIR = Agency("D", "Xã D", mailboxes=("d@hungyen.gov.vn",), valid_from=date(2025, 7, 1))
ELSEWHERE = Agency("E", "Nơi khác", mailboxes=("e@gmail.com",))
BARE = Agency("F", "Chưa có hộp thư")


def _codes(*names: str, agencies: tuple[Agency, ...] = (OWN, GOOD, ELSEWHERE, BARE)) -> list[str]:
    found = resolve(names, Directory(agencies), "A", DOMAINS, DAY)
    return [one.code for one in found.hindrances]


def test_identifier_and_mailbox_name_the_same_agency_once() -> None:
    found = resolve(("b", "B2@hungyen.gov.vn"), Directory((OWN, GOOD)), "A", DOMAINS, DAY)
    assert [party.address for party in found.parties] == ["b@hungyen.gov.vn"]
    assert found.hindrances == ()


def test_the_mailbox_that_a_person_names_is_used() -> None:
    found = resolve(("b2@hungyen.gov.vn",), Directory((OWN, GOOD)), "A", DOMAINS, DAY)
    assert [party.address for party in found.parties] == ["b2@hungyen.gov.vn"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("X", "recipient-unknown"),
        ("A", "recipient-own"),
        ("E", "recipient-domain"),
        ("F", "recipient-no-mailbox"),
    ],
)
def test_who_cannot_get_it_blocks(name: str, code: str) -> None:
    assert _codes(name) == [code]


def test_a_successor_is_proposed_and_never_used() -> None:
    agencies = (OWN, replace(ENDED, successor="D"), HEIR)
    found = resolve(("C",), Directory(agencies), "A", DOMAINS, DAY)
    (hindrance,) = found.hindrances
    assert hindrance.code == "recipient-ended"
    assert "gửi tới D" in hindrance.words
    assert [party.agency for party in found.parties] == ["C"]


def test_nobody_at_all_blocks() -> None:
    assert _codes() == ["recipient-none"]


def test_a_stolen_account_reaches_no_thousands() -> None:
    many = tuple(
        Agency(f"M{n}", f"M{n}", mailboxes=(f"m{n}@hungyen.gov.vn",)) for n in range(MOST + 1)
    )
    assert _codes(*(one.code for one in many), agencies=(OWN, *many)) == ["recipient-many"]
