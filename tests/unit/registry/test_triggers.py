"""The triggers are all there after every migration; what they refuse is in test_tables."""

import sqlite3
from pathlib import Path

from mailbridge.registry.database import Database
from mailbridge.registry.triggers import TRIGGERS, lay


def _laid(place: Path) -> set[str]:
    with sqlite3.connect(place) as direct:
        rows = direct.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    direct.close()
    return {name for (name,) in rows}


def test_every_trigger_is_laid_by_the_migration(place: Path) -> None:
    assert _laid(place) == {name.lower() for name in TRIGGERS}


def test_triggers_can_be_laid_again(place: Path, database: Database) -> None:
    with database.transaction() as tx:
        lay(tx.session.connection())
    assert _laid(place) == {name.lower() for name in TRIGGERS}
