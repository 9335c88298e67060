"""The database itself refuses what the tables of recalls must not hold."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from mailbridge.registry.database import Database


@pytest.mark.parametrize("state", ["pending", "forgotten"])
def test_a_copy_without_a_recall_is_refused(database: Database, state: str) -> None:
    added = text(
        "INSERT INTO recallcopy (recall, kind, name, state, words, mailbox)"
        " VALUES (7, 'blob', 'aa', :state, '', '')"
    )
    with pytest.raises(SQLAlchemyError), database.transaction() as tx:
        tx.run(added, state=state)
