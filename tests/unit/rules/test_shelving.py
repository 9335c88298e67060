"""Which book takes an incoming document."""

import pytest

from mailbridge.model.directory import Agency, AgencyKind
from mailbridge.model.outcome import Direction
from mailbridge.model.reading import Field, FieldName, Reading
from mailbridge.rules.shelving import Book, default_book, incoming_book

STATE = Agency("DEMO.09", "Ủy ban", kind=AgencyKind.STATE)
PARTY = Agency("DEMO.01", "Văn phòng")
BOOKS = (
    Book("di", Direction.OUT, default=True),
    Book("den", Direction.IN, default=True),
    Book("don", Direction.IN, types=("Đơn thư",)),
    Book("vptu", Direction.IN, senders=("demo.01",), types=("Công văn",)),
    Book("nha-nuoc", Direction.IN, kinds=(AgencyKind.STATE,)),
)


@pytest.mark.parametrize(
    ("type_", "sender", "book"),
    [
        ("Công văn", PARTY, "vptu"),
        ("CÔNG VĂN", PARTY, "vptu"),
        ("Báo cáo", PARTY, "den"),
        ("Công văn", STATE, "nha-nuoc"),
        ("Đơn thư", STATE, "don"),
        ("", None, "den"),
        ("Công văn", None, "den"),
    ],
)
def test_the_first_book_that_fits_takes_it_else_the_default(
    type_: str, sender: Agency | None, book: str
) -> None:
    reading = Reading({FieldName.TYPE: Field(type_, "pdf", 0.9)})
    assert incoming_book(BOOKS, reading, sender).name == book


def test_a_single_book_is_the_default_though_nobody_says_so() -> None:
    assert default_book((Book("den", Direction.IN),), Direction.IN).name == "den"
    assert default_book(BOOKS, Direction.OUT).name == "di"
