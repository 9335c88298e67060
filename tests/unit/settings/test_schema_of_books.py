"""Books as the settings name them, and the two that are there where none is named."""

from typing import Any

import pytest
from pydantic import ValidationError

from mailbridge.settings.schema import Office, Settings
from mailbridge.settings.schema_of_books import Book

OFFICE = Office(agency="A", clerk="a@hungyen.gov.vn", book="den-2")


def _settings(*books: Book) -> Settings:
    made: dict[str, Any] = {"office": (OFFICE,), "book": books}
    return Settings.model_construct(None, **made)


def test_without_any_there_is_one_book_a_direction() -> None:
    made = _settings().books_of(OFFICE)
    assert [(b.name, b.direction, b.default) for b in made] == [
        ("den-2", "in", True),
        ("di", "out", True),
    ]


def test_a_direction_that_is_named_has_no_other_default() -> None:
    made = _settings(Book(name="so-di", direction="out")).books_of(OFFICE)
    assert [b.name for b in made] == ["so-di", "den-2"]


@pytest.mark.parametrize("name", ["", "a:b", "a/b", "a b", "x" * 41])
def test_a_name_that_would_make_numbers_ambiguous_is_refused(name: str) -> None:
    with pytest.raises(ValidationError):
        Book(name=name, direction="in")
