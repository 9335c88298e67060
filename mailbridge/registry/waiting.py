"""Whose letters wait: of accounts that a person must look at, and of keys that are away."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col, select

from mailbridge.model.letter import LetterKind
from mailbridge.registry import tables
from mailbridge.registry.database import Transaction

# A key that is away is asked for by one letter a minute, and not by each of thousands.
_PAUSE = timedelta(seconds=60)
# Not tried until a person has looked: the login of the server, the PIN of the token.
_LOGIN, _PIN = "smtp:", "key:"
# Tried again after the pause.
_KEY = "wait-key:"


def may_leave(tx: Transaction, mailboxes: Sequence[str], now: datetime) -> ColumnElement[bool]:
    """Tell which letters may be tried: those of usable accounts, signed or needing no signature.

    While a key is away its mailbox sends what goes to our own people and cannot wait: alerts,
    answers, digests, and urgent notices (Điều 6.3). They say that they are not signed.
    """
    rows = _rows(tx)
    usable = [name for name in mailboxes if _LOGIN + name not in rows]
    without = [name for name in usable if _is_away(rows, name, now)]
    box, kind = col(tables.Outbox.mailbox), tables.Outbox.kind
    unsigned = or_(
        col(kind).in_((LetterKind.ALERT, LetterKind.ANSWER, LetterKind.DIGEST)),
        and_(col(kind) == LetterKind.NOTICE, col(tables.Outbox.urgent).is_(True)),
    )
    signed = [name for name in usable if name not in without]
    return or_(box.in_(signed), and_(box.in_(without), unsigned))


def is_key_away(tx: Transaction, mailbox: str, now: datetime) -> bool:
    """Tell whether the key of a mailbox is not to be asked for."""
    return _is_away(_rows(tx), mailbox, now)


def key_is_away(
    tx: Transaction, mailbox: str, why: str, now: datetime, *, for_person: bool
) -> None:
    """Let the letters of a mailbox wait for its key: a while, or until a person has looked."""
    account = (_PIN if for_person else _KEY) + mailbox
    tx.session.merge(tables.Suspension(account=account, why=why, since=now))
    tx.session.flush()


def key_is_back(tx: Transaction, mailbox: str) -> None:
    """Write that the key signs again."""
    row = tx.session.get(tables.Suspension, _KEY + mailbox)
    if row is not None:
        tx.session.delete(row)


def _rows(tx: Transaction) -> dict[str, datetime]:
    return {row.account: row.since for row in tx.session.exec(select(tables.Suspension))}


def _is_away(rows: dict[str, datetime], mailbox: str, now: datetime) -> bool:
    since = rows.get(_KEY + mailbox)
    return _PIN + mailbox in rows or (since is not None and now - since < _PAUSE)
