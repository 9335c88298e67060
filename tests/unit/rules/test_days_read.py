"""A day that was read is a date, or it is not there."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.model.reading import FieldName
from mailbridge.rules.days_read import day_in
from tests.unit.rules.read import reading


@given(st.dates())
def test_every_day_is_read_back(day: date) -> None:
    assert day_in(reading(date=day.isoformat()), FieldName.DATE) == day


@pytest.mark.parametrize("written", ["", "2026-02-30", "ngày mai", "31/12/2026"])
def test_what_is_no_date_is_not_there(written: str) -> None:
    assert day_in(reading(date=written), FieldName.DATE) is None


@given(st.text(max_size=30))
def test_nothing_that_is_written_there_is_an_error(written: str) -> None:
    day_in(reading(date=written), FieldName.DATE)
