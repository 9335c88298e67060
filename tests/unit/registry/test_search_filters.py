"""Filters as conditions: days are those of Vietnam."""

from datetime import UTC, date, datetime

import pytest

from mailbridge.model.search import Filters, Span
from mailbridge.registry.search_filters import conditions
from mailbridge.registry.tables import Document, table


def test_nothing_asked_is_no_condition() -> None:
    assert list(conditions(Filters(), ROW)) == []


ROW = table(Document)
DAY = Span(date(2026, 11, 24), date(2026, 11, 24))


@pytest.mark.parametrize("filters", [Filters(received=DAY), Filters(entered=DAY)])
def test_a_day_begins_and_ends_at_midnight_in_vietnam(filters: Filters) -> None:
    bounds = [next(iter(one.compile().params.values())) for one in conditions(filters, ROW)]
    assert bounds == [
        datetime(2026, 11, 23, 17, tzinfo=UTC),
        datetime(2026, 11, 24, 17, tzinfo=UTC),
    ]


def test_each_filter_is_a_condition() -> None:
    day = Span(date(2026, 11, 24))
    filters = Filters(
        book="den", year=2026, ordinals=(1, 2), issued=day, handler="A", has_files=True
    )
    assert len(list(conditions(filters, ROW))) == 7
