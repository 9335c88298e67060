"""Incidents are opened and closed once, by name, and are in the journal."""

from datetime import timedelta

from mailbridge.registry import incidents, journal
from mailbridge.registry.database import Database
from tests.unit.registry.conftest import NOW


def test_an_incident_stands_until_it_is_closed(database: Database) -> None:
    with database.transaction() as tx:
        one = incidents.open_(tx, "DEMO.01", "đứt cáp", "An", NOW)
        two = incidents.open_(tx, "", "mất điện", "An", NOW)
        assert incidents.standing(tx, NOW) == (one, two)
        assert incidents.standing(tx, NOW - timedelta(seconds=1)) == ()
        closed = incidents.close(tx, one.id, "đã nối", "Bình", NOW + timedelta(hours=2))
        assert incidents.standing(tx, NOW + timedelta(hours=2)) == (two,)
        assert [each.id for each in incidents.standing(tx, NOW)] == [one.id, two.id]
        assert [each.id for each in incidents.listed(tx, 10)] == [two.id, one.id]
    assert closed is not None
    assert (closed.closed_by, closed.cure) == ("Bình", "đã nối")
    assert closed.is_open_at(NOW)
    assert not closed.is_open_at(NOW + timedelta(hours=2))


def test_what_is_closed_or_was_never_opened_is_not_closed_again(database: Database) -> None:
    with database.transaction() as tx:
        one = incidents.open_(tx, "", "x", "An", NOW)
        assert incidents.close(tx, one.id, "y", "An", NOW)
        assert incidents.close(tx, one.id, "z", "An", NOW) is None
        assert incidents.close(tx, 99, "z", "An", NOW) is None
        events = [line.event for line in journal.lines(tx, journal.HOUSE)]
    assert sorted(events) == ["incident-closed", "incident-opened"]
