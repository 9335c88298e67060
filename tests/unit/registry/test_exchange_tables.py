"""The database itself refuses what the tables of sending must not hold."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from mailbridge.registry.database import Database
from tests.unit.registry.conftest import NOW

TASK = text(
    "INSERT INTO task (office, kind, cause, words, person, opened_at, closed_by, closed_why)"
    " VALUES ('o', :kind, 'c', 'w', '', :at, '', '')"
)


def test_a_kind_of_task_that_nobody_knows_is_refused(database: Database) -> None:
    at = NOW.replace(tzinfo=None)
    with database.transaction() as tx:
        tx.run(TASK, kind="returned", at=at)
    with pytest.raises(SQLAlchemyError), database.transaction() as tx:
        tx.run(TASK, kind="whatever", at=at)


def test_an_exchange_without_a_document_is_refused(database: Database) -> None:
    added = text(
        "INSERT INTO fact (exchange, key, kind, at, weight) VALUES (7, 'k', '01', :at, 'own')"
    )
    with pytest.raises(SQLAlchemyError), database.transaction() as tx:
        tx.run(added, at=NOW.replace(tzinfo=None))
