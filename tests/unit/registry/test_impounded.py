"""Incidents of secrecy come back as they were written."""

import pytest

from mailbridge.model.impounded import Impoundment, ImpoundState
from mailbridge.model.slot import Arrival, Fingerprint, Slot
from mailbridge.registry import impounded, ledger
from mailbridge.registry.database import Database
from tests.unit.registry.conftest import NOW

SLOT = Slot("vanthu", 1, 7)
DIGEST = Fingerprint("b" * 64)


def _one(database: Database, state: ImpoundState = ImpoundState.KEPT) -> Impoundment:
    with database.transaction() as tx:
        row = ledger.begin(tx, Arrival(SLOT, 10, NOW), DIGEST, NOW).ledger
        one = Impoundment(0, "DEMO", row, DIGEST, 10, SLOT, "MẬT", NOW, state)
        number = impounded.add(tx, one)
        found = impounded.get(tx, number)
    assert found is not None
    return found


def test_an_incident_comes_back(database: Database) -> None:
    one = _one(database)
    with database.reading() as tx:
        assert impounded.impoundments(tx) == (one,)
        assert impounded.impoundments(tx, "OTHER") == ()
        assert impounded.open_with(tx, "DEMO", DIGEST) == one
        assert impounded.open_with(tx, "OTHER", DIGEST) is None
        assert impounded.is_kept(tx, DIGEST)


def test_what_the_officer_closed_is_kept_no_more(database: Database) -> None:
    one = _one(database)
    with database.transaction() as tx:
        impounded.erased(tx, one.id, "key:1", NOW)
        with pytest.raises(LookupError):
            impounded.erased(tx, 99, "key:1", NOW)
    with database.reading() as tx:
        closed = impounded.get(tx, one.id)
        assert not impounded.is_kept(tx, DIGEST)
        assert impounded.open_with(tx, "DEMO", DIGEST) is None
    assert closed is not None
    assert (closed.state, closed.by, closed.erased_at) == (ImpoundState.ERASED, "key:1", NOW)
