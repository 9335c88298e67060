"""Notices leave together at the next boundary."""

from datetime import UTC, datetime

from mailbridge.rules.deadlines import next_batch


def test_the_next_quarter_of_an_hour() -> None:
    now = datetime(2026, 11, 24, 9, 7, 3, tzinfo=UTC)
    assert next_batch(now, 15) == datetime(2026, 11, 24, 9, 15, tzinfo=UTC)


def test_without_a_batch_it_is_now() -> None:
    now = datetime(2026, 11, 24, 9, 7, 3, tzinfo=UTC)
    assert next_batch(now, 0) == now
