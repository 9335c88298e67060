"""Whose letters wait: of accounts that a person must look at, and of keys that are away."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, delete, or_, select

from mailbridge.model.letter import LetterKind
from mailbridge.registry import tables
from mailbridge.registry.database import Transaction

# A key that is away is asked for by one letter a minute, and not by each of thousands.
_PAUSE = timedelta(seconds=60)
# Not tried until a person has looked: the login of the server, the PIN of the token.
_LOGIN, _PIN = "smtp:", "key:"
# Tried again after the pause.
_KEY = "wait-key:"

_OUTBOX, _SUSPENSION = tables.table(tables.Outbox), tables.table(tables.Suspension)
_EVERY = select(_SUSPENSION.c.account, _SUSPENSION.c.since)
_BACK = delete(_SUSPENSION).where(_SUSPENSION.c.account == bindparam("account"))
_UNSIGNED = or_(
    _OUTBOX.c.kind.in_((LetterKind.ALERT, LetterKind.ANSWER, LetterKind.DIGEST)),
    and_(_OUTBOX.c.kind == LetterKind.NOTICE, _OUTBOX.c.urgent.is_(True)),
)
# Which letters may be tried, as `may_leave` names their mailboxes.
MAY_LEAVE = or_(
    _OUTBOX.c.mailbox.in_(bindparam("signed", expanding=True)),
    and_(_OUTBOX.c.mailbox.in_(bindparam("without", expanding=True)), _UNSIGNED),
)


def may_leave(tx: Transaction, mailboxes: Sequence[str], now: datetime) -> dict[str, list[str]]:
    """Tell the mailboxes of usable accounts, for MAY_LEAVE: with their key, and those without.

    While a key is away its mailbox sends what goes to our own people and cannot wait: alerts,
    answers, digests, and urgent notices (Điều 6.3). They say that they are not signed.
    """
    rows = _rows(tx)
    usable = [name for name in mailboxes if _LOGIN + name not in rows]
    without = [name for name in usable if _is_away(rows, name, now)]
    return {"signed": [name for name in usable if name not in without], "without": without}


def key_is_away(
    tx: Transaction, mailbox: str, why: str, now: datetime, *, for_person: bool
) -> None:
    """Let the letters of a mailbox wait for its key: a while, or until a person has looked."""
    account = (_PIN if for_person else _KEY) + mailbox
    tx.session.merge(tables.Suspension(account=account, why=why, since=now))
    tx.session.flush()


def key_is_back(tx: Transaction, mailbox: str) -> None:
    """Write that the key signs again."""
    tx.run(_BACK, account=_KEY + mailbox)


def _rows(tx: Transaction) -> dict[str, datetime]:
    return {row.account: row.since for row in tx.run(_EVERY)}


def _is_away(rows: dict[str, datetime], mailbox: str, now: datetime) -> bool:
    since = rows.get(_KEY + mailbox)
    return _PIN + mailbox in rows or (since is not None and now - since < _PAUSE)
