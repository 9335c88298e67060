"""Replies of our people to notices: what acted already, and which notices shared a mail."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, select

from mailbridge.model.letter import LetterKind
from mailbridge.registry import reply_tables, tables
from mailbridge.registry.database import Transaction

_TABLE = tables.table(reply_tables.ReplyActed)
Row = reply_tables.ReplyActed
# Who answers an older mail is told nothing of it.
_NEWEST = 500


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


def sent_together(tx: Transaction, to: str, mailboxes: Sequence[str]) -> list[tuple[str, ...]]:
    """List the newest notices to a person as they shared mails: they left at one moment."""
    row = tables.Outbox
    found = (
        select(row.sent_at, row.id)
        .where(
            row.kind == LetterKind.NOTICE,
            row.recipient == to,
            col(row.mailbox).in_(list(mailboxes)),
            col(row.sent_at).is_not(None),
        )
        .order_by(col(row.line).desc())
        .limit(_NEWEST)
    )
    mails: dict[datetime | None, list[str]] = {}
    for at, letter in tx.session.exec(found):
        mails.setdefault(at, []).insert(0, letter)
    return [tuple(ids) for ids in mails.values() if len(ids) > 1]
