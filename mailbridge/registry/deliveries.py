"""Rows of mails that were delivered to us (LMTP): their slot is (mailbox, lmtp, fingerprint).

In the ledger's columns: UIDVALIDITY 0, which no IMAP server has (RFC 3501 §2.3.1.1), stands for
lmtp, and the UID is made of the first 62 bits of the fingerprint. Two mails whose 62 bits are the
same, which somebody may make on purpose, lie one behind the other.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, insert, update
from sqlmodel import col, select

from mailbridge.model.slot import Arrival, Fingerprint, Slot
from mailbridge.registry.database import Transaction
from mailbridge.registry.ledger_rows import LEDGER, first_columns, seen, value_of
from mailbridge.registry.tables import Ledger

LMTP = 0
# A UID of 62 bits fits into a signed number of 64, however far it is moved.
_BITS = 62
_DIGITS = 16

_ADD = insert(LEDGER)
_FILED = (
    update(LEDGER)
    .where(
        LEDGER.c.mailbox.in_(bindparam("within", expanding=True)),
        LEDGER.c.uidvalidity == LMTP,
        LEDGER.c.filed_at.is_(None),
        LEDGER.c.gone_at.is_(None),
        LEDGER.c.outcome.is_not(None),
    )
    .values(filed_at=bindparam("at"))
)


def slot_of(tx: Transaction, mailbox: str, fingerprint: Fingerprint) -> Slot:
    """Give the slot that this mail has, or will have, in this mailbox."""
    uid = int(fingerprint[:_DIGITS], 16) >> (4 * _DIGITS - _BITS)
    while True:
        slot = Slot(mailbox, LMTP, uid)
        row = seen(tx, slot)
        if row is None or row.fingerprint == fingerprint:
            return slot
        uid += 1


def is_known(tx: Transaction, mailbox: str, fingerprint: Fingerprint) -> bool:
    """Tell whether this mail was delivered to this mailbox already."""
    return seen(tx, slot_of(tx, mailbox, fingerprint)) is not None


def add(
    tx: Transaction, slot: Slot, size: int, fingerprint: Fingerprint, now: datetime
) -> int | None:
    """Write the row of a mail that nobody has begun to examine; gives its id.

    Delivered by two connections at once it is one row, and None to the second.
    """
    if seen(tx, slot) is not None:
        return None
    columns = first_columns(Arrival(slot, size, now), now)
    added = tx.run(_ADD, **columns, fingerprint=fingerprint)
    return int((added.inserted_primary_key or (0,))[0])


def unsettled(
    tx: Transaction, mailboxes: Sequence[str]
) -> tuple[tuple[int, Arrival, Fingerprint], ...]:
    """List what was delivered and is not settled, the oldest first."""
    found = select(Ledger).where(
        col(Ledger.outcome).is_(None),
        col(Ledger.uidvalidity) == LMTP,
        col(Ledger.mailbox).in_(list(mailboxes)),
    )
    told = map(value_of, tx.session.exec(found.order_by(col(Ledger.id))))
    return tuple((row.id, row.arrival, row.fingerprint) for row in told if row.fingerprint)


def note_filed(tx: Transaction, mailboxes: Sequence[str], now: datetime) -> None:
    """Note of all that is settled that nothing is to be filed: it lies in no mailbox."""
    tx.run(_FILED, within=list(mailboxes), at=now)
