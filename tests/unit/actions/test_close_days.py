"""Days are closed after midnight in Vietnam, missed ones too, each office for itself."""

from datetime import UTC, datetime, timedelta

from mailbridge.actions.close_days import close_days
from mailbridge.actions.enter_paper import enter_paper
from mailbridge.actions.house import House
from mailbridge.registry import closings, journal
from tests.unit.actions.desk import OFFICE, incoming
from tests.unit.provenance.samples import NOW

MIDNIGHT = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)


def _days(house: House, now: datetime) -> list[str]:
    return [one.day for one in close_days(house, now)]


def test_a_day_is_closed_shortly_after_its_end_and_once(house: House) -> None:
    enter_paper(house, incoming(), NOW)
    assert _days(house, MIDNIGHT + timedelta(minutes=4)) == []
    assert _days(house, MIDNIGHT + timedelta(minutes=5)) == ["2026-11-24"]
    assert _days(house, MIDNIGHT + timedelta(minutes=6)) == []


def test_a_service_that_slept_makes_up_for_it(house: House) -> None:
    enter_paper(house, incoming(), NOW)
    assert _days(house, MIDNIGHT + timedelta(days=2, hours=1)) == [
        "2026-11-24",
        "2026-11-25",
        "2026-11-26",
    ]
    with house.database.reading() as tx:
        assert all(check.ok for check in closings.verify(tx, OFFICE))
        assert journal.verify(tx, OFFICE).ok


def test_an_office_without_entries_has_nothing_to_close(house: House) -> None:
    assert _days(house, MIDNIGHT) == []
    enter_paper(house, incoming(), NOW)
    assert close_days(house, MIDNIGHT + timedelta(days=1), "DEMO.09") == ()
