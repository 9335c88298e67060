"""From where mailboxes are watched, and which accounts are not tried for now."""

from datetime import datetime

from sqlalchemy import bindparam
from sqlalchemy import select as columns
from sqlmodel import select

from mailbridge.model.records import MailboxState
from mailbridge.registry import tables
from mailbridge.registry.database import Transaction

# Not an account: all receipts, while they pause (`actions/breaker`).
RECEIPTS = "receipts"

_SUSPENSION = tables.table(tables.Suspension)
_SINCE = columns(_SUSPENSION.c.since).where(_SUSPENSION.c.account == bindparam("account"))


def state(tx: Transaction, mailbox: str) -> MailboxState | None:
    """Tell from where a mailbox is watched; None before its first start."""
    row = tx.session.get(tables.Mailbox, mailbox)
    return MailboxState(row.name, row.uidvalidity, row.start_uid, row.started_at) if row else None


def start_at(
    tx: Transaction, mailbox: str, uidvalidity: int, uid: int, since: datetime
) -> MailboxState:
    """Set the starting point, at the first start or under a new UIDVALIDITY."""
    row = tables.Mailbox(name=mailbox, uidvalidity=uidvalidity, start_uid=uid, started_at=since)
    tx.session.merge(row)
    return MailboxState(mailbox, uidvalidity, uid, since)


def suspend(tx: Transaction, account: str, why: str, now: datetime) -> None:
    """Stop using an account until a person has looked at it."""
    tx.session.merge(tables.Suspension(account=account, why=why, since=now))


def resume(tx: Transaction, account: str) -> None:
    """Use an account again."""
    row = tx.session.get(tables.Suspension, account)
    if row is not None:
        tx.session.delete(row)


def suspended_at(tx: Transaction, account: str) -> datetime | None:
    """Tell since when an account is suspended, if it is."""
    return tx.run(_SINCE, account=account).scalar()


def suspended(tx: Transaction) -> dict[str, str]:
    """Name the suspended accounts with the reason of each."""
    return {row.account: row.why for row in tx.session.exec(select(tables.Suspension))}
