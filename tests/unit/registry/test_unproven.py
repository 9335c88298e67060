"""What is judged again is known by its mail, and no longer than it is waited for."""

from collections.abc import Callable
from datetime import timedelta

from mailbridge.model.message import Kind
from mailbridge.model.outcome import Applied, Noted, OutcomeName
from mailbridge.model.slot import Arrival, Fingerprint
from mailbridge.registry import ledger, unproven
from mailbridge.registry.database import Database
from tests.unit.registry.conftest import NOW, OFFICE

HOUR = timedelta(hours=1)


def test_a_mail_is_waited_for_until_its_end_and_looked_at_when_it_is_due(
    database: Database, arrival: Callable[..., Arrival]
) -> None:
    with database.transaction() as tx:
        row = ledger.begin(tx, arrival(), Fingerprint("a" * 64), NOW).ledger
        assert unproven.until(tx, row) is None
        unproven.add(tx, row, OFFICE, NOW + HOUR, NOW + 3 * HOUR)
        assert (unproven.count(tx, OFFICE), unproven.count(tx, "another")) == (1, 0)
        assert unproven.due(tx, NOW, 9) == ()
        assert unproven.due(tx, NOW + HOUR, 9) == ((row, NOW + 3 * HOUR),)
        unproven.look_at(tx, row, NOW + 2 * HOUR)
        assert unproven.due(tx, NOW + HOUR, 9) == ()
        unproven.remove(tx, row)
        unproven.remove(tx, row)
        assert unproven.until(tx, row) is None


def test_only_what_was_noted_takes_effect_later(
    database: Database, arrival: Callable[..., Arrival]
) -> None:
    with database.transaction() as tx:
        row = ledger.begin(tx, arrival(), Fingerprint("a" * 64), NOW).ledger
        ledger.settle(tx, row, Noted(Kind.RECALL), NOW, kind=Kind.RECALL, mail=None)
        unproven.proven(tx, row, Applied("document:1"), NOW)
        unproven.proven(tx, row, Applied("document:2"), NOW)
        found = ledger.get(tx, row)
    assert found is not None
    assert (found.outcome, found.detail) == (OutcomeName.APPLIED, "document:1")
