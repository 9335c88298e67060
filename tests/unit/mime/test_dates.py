"""Dates as standards and programs write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.mime.dates import moment


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Tue, 24 Nov 2026 10:00:00 +0700", "2026-11-24T10:00:00+07:00"),
        ("Tue, 24 Nov 2026 10:00:00 +0700 (ICT)", "2026-11-24T10:00:00+07:00"),
        ("24 Nov 2026 10:00:00", "2026-11-24T10:00:00+00:00"),
        ("2026-11-24T10:00:00+07:00", "2026-11-24T10:00:00+07:00"),
        ("Tue, 24 Nov 26 10:00 GMT", "2026-11-24T10:00:00+00:00"),
    ],
)
def test_a_date_is_read(written: str, read: str) -> None:
    found = moment(written)
    assert found is not None
    assert found.isoformat() == read


@pytest.mark.parametrize(
    "written",
    [
        "",
        "hôm qua",
        "Tue, 32 Nov 2026 10:00:00 +0700",
        "0001-01-01T00:00:00+14:00",
        "1 Jan 1 +9999",
    ],
)
def test_what_is_no_date_is_none(written: str) -> None:
    assert moment(written) is None


@given(st.text(max_size=100))
def test_any_text_is_a_date_or_none(written: str) -> None:
    found = moment(written)
    assert found is None or found.tzinfo is not None
