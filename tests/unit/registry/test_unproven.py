"""What is judged again is known by its mail, and no longer than it is waited for."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from mailbridge.model.message import Kind
from mailbridge.model.outcome import Applied, Noted, OutcomeName
from mailbridge.model.recall import Strength
from mailbridge.model.slot import Arrival, Fingerprint
from mailbridge.registry import ledger, unproven
from mailbridge.registry.database import Database
from tests.unit.registry.conftest import NOW, OFFICE

HOUR = timedelta(hours=1)


def waiting(row: int) -> unproven.Waiting:
    return unproven.Waiting(
        row, OFFICE, "H28.01", Strength.SEAL, ("a", "b"), NOW + HOUR, NOW + 3 * HOUR
    )


def test_a_mail_is_waited_for_until_its_end_and_looked_at_when_it_is_due(
    database: Database, arrival: Callable[..., Arrival]
) -> None:
    with database.transaction() as tx:
        row = ledger.begin(tx, arrival(), Fingerprint("a" * 64), NOW).ledger
        assert unproven.of(tx, row) is None
        known = waiting(row)
        unproven.add(tx, known)
        unproven.add(tx, replace(known, until=NOW))
        assert unproven.of(tx, row) == known
        assert unproven.due(tx, NOW, 9) == ()
        assert unproven.due(tx, NOW + HOUR, 9) == ((row, NOW + 3 * HOUR),)
        unproven.look_at(tx, row, NOW + 2 * HOUR)
        assert unproven.due(tx, NOW + HOUR, 9) == ()
        unproven.remove(tx, row)
        unproven.remove(tx, row)
        assert unproven.of(tx, row) is None


def test_places_are_counted_by_office_by_proof_and_by_agency(
    database: Database, arrival: Callable[..., Arrival]
) -> None:
    with database.transaction() as tx:
        row = ledger.begin(tx, arrival(), Fingerprint("a" * 64), NOW).ledger
        unproven.add(tx, waiting(row))
        assert unproven.count(tx, OFFICE, Strength.SEAL) == 1
        assert unproven.count(tx, OFFICE, Strength.SEAL, "H28.01") == 1
        assert unproven.count(tx, OFFICE, Strength.SEAL, "H28.02") == 0
        assert unproven.count(tx, OFFICE, Strength.SERVER) == 0
        assert unproven.count(tx, "another", Strength.SEAL) == 0


def test_of_several_in_one_mail_those_wait_that_are_named(
    database: Database, arrival: Callable[..., Arrival]
) -> None:
    with database.transaction() as tx:
        row = ledger.begin(tx, arrival(), Fingerprint("a" * 64), NOW).ledger
        unproven.narrow(tx, row, ("a",))
        unproven.add(tx, replace(waiting(row), names=()))
        all_ = unproven.of(tx, row)
        unproven.narrow(tx, row, ('"b,',))
        some = unproven.of(tx, row)
    assert all_ is not None
    assert some is not None
    assert all_.is_for("a")
    assert [some.is_for("a"), some.is_for('"b,')] == [False, True]


def test_what_was_noted_takes_effect_later_and_may_name_more(
    database: Database, arrival: Callable[..., Arrival]
) -> None:
    with database.transaction() as tx:
        row = ledger.begin(tx, arrival(), Fingerprint("a" * 64), NOW).ledger
        ledger.settle(tx, row, Noted(Kind.RECALL), NOW, kind=Kind.RECALL, mail=None)
        unproven.proven(tx, row, Applied("document:1"), NOW)
        unproven.proven(tx, row, Applied("document:1 document:2"), NOW + HOUR)
        found = ledger.get(tx, row)
    assert found is not None
    assert (found.outcome, found.detail) == (OutcomeName.APPLIED, "document:1 document:2")
    assert found.decided_at == NOW
