"""Replies of our people to notices and digests: what acted already, and who ever had one."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import text
from sqlmodel import col, select

from mailbridge.registry import reply_tables, tables
from mailbridge.registry.database import Transaction

_TABLE = tables.table(reply_tables.ReplyActed)
Row = reply_tables.ReplyActed


def use(tx: Transaction, letter: str, verb: str, ledger: int, person: str, now: datetime) -> None:
    """Write down that a word has acted."""
    tx.add_once(_TABLE, letter=letter, verb=verb, ledger=ledger, person=person, at=now)


def used_at(tx: Transaction, letter: str, verb: str) -> datetime | None:
    """Tell when a word was said to a letter and acted; None where it may still act."""
    found = select(Row.at).where(Row.letter == letter, Row.verb == verb)
    return tx.session.exec(found).first()


def said_at(tx: Transaction, message_id: str | None) -> datetime | None:
    """Tell when a mail of this name acted, whichever letter it answered then."""
    if message_id is None:
        return None
    found = select(Row.at).join(tables.Ledger, col(tables.Ledger.id) == col(Row.ledger))
    return tx.session.exec(found.where(tables.Ledger.message_id == message_id)).first()


def was_told(tx: Transaction, to: str, mailboxes: Sequence[str]) -> bool:
    """Tell whether a person ever got a notice or a digest from these mailboxes."""
    row = tables.Outbox
    found = select(row.line).where(
        text(tables.TOLD),
        # As they are all written: `lower` would read every letter.
        row.recipient == to.lower(),
        col(row.mailbox).in_(list(mailboxes)),
    )
    return tx.session.exec(found.limit(1)).first() is not None
