"""Times are aware or refused."""

from dataclasses import asdict
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy.exc import StatementError

from mailbridge.model.status import StatusChange
from mailbridge.registry import columns, mailboxes
from mailbridge.registry.database import Database
from tests.unit.registry.conftest import NOW


def _start(database: Database, since: datetime) -> None:
    with database.transaction() as tx:
        mailboxes.start_at(tx, "vanthu", 1, 1, since)


def test_naive_times_are_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="naive"):
        _start(database, NOW.replace(tzinfo=None))


def test_times_come_back_as_the_same_moment(database: Database) -> None:
    there = NOW.astimezone(timezone(timedelta(hours=7)))
    with database.transaction() as tx:
        mailboxes.start_at(tx, "vanthu", 1, 1, there)
    with database.reading() as tx:
        state = mailboxes.state(tx, "vanthu")
    assert state is not None
    assert state.started_at == NOW
    assert state.started_at.utcoffset() == timedelta(0)


def test_a_flat_value_gives_what_asdict_gives() -> None:
    change = StatusChange(1, "01", NOW, "an")
    assert columns.of(change) == asdict(change)
