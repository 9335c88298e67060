"""The database itself refuses a reply that no mail brought."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from mailbridge.registry.database import Database


def test_a_reply_without_its_mail_is_refused(database: Database) -> None:
    added = text(
        "INSERT INTO replyacted (letter, verb, ledger, person, at)"
        " VALUES ('mb.a', 'xong', 7, 'a', '2026-11-24 00:00:00')"
    )
    with pytest.raises(SQLAlchemyError), database.transaction() as tx:
        tx.run(added)
