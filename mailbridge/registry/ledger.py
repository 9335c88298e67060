"""The ledger (sổ thư): one row per mail, unique by slot, whatever became of it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, insert, update
from sqlalchemy import select as columns
from sqlmodel import col, select

from mailbridge.model.errors import Reason
from mailbridge.model.examination import MailView
from mailbridge.model.message import Kind
from mailbridge.model.outcome import Outcome, OutcomeName, Quarantined, Registered
from mailbridge.model.records import Attempt, LedgerRow
from mailbridge.model.slot import Arrival, Fingerprint, Slot
from mailbridge.registry.database import Transaction
from mailbridge.registry.ledger_rows import (
    LEDGER,
    WORDS,
    apply,
    by_slot,
    first_columns,
    id_of,
    new_row,
    row_of,
    seen,
    settled_columns,
    told_columns,
    value_of,
)
from mailbridge.registry.tables import File, Ledger

_FEW = 20

_ADD = insert(LEDGER)
_CHANGE = update(LEDGER).where(LEDGER.c.id == bindparam("row"))
_SETTLE = _CHANGE.where(LEDGER.c.outcome.is_(None))
_WITH_FINGERPRINT = (
    columns(LEDGER)
    .where(
        LEDGER.c.fingerprint == bindparam("of"),
        LEDGER.c.mailbox.in_(bindparam("within", expanding=True)),
    )
    .order_by(LEDGER.c.id)
    .limit(_FEW)
)
_UNFILED = columns(
    LEDGER.c.id, LEDGER.c.mailbox, LEDGER.c.uidvalidity, LEDGER.c.uid, LEDGER.c.outcome
).where(
    LEDGER.c.mailbox == bindparam("of"),
    LEDGER.c.filed_at.is_(None),
    LEDGER.c.gone_at.is_(None),
    LEDGER.c.outcome.is_not(None),
)


def begin(
    tx: Transaction,
    arrival: Arrival,
    fingerprint: Fingerprint,
    now: datetime,
    *,
    alone: bool = False,
) -> Attempt:
    """Make or find the row of this slot and count one beginning; a settled row is left alone."""
    begun = {"fingerprint": fingerprint, "begun_at": now, "is_open": True, "alone": alone}
    row = seen(tx, arrival.slot)
    if row is None:
        added = tx.run(_ADD, **first_columns(arrival, now), **begun, attempts=1)
        (ledger,) = added.inserted_primary_key or (0,)
        return Attempt(ledger, 1, None, 0)
    if row.outcome is not None:
        return Attempt(row.id, row.attempts, row.outcome, row.deaths)
    tx.run(_CHANGE, row=row.id, **begun, attempts=row.attempts + 1)
    return Attempt(row.id, row.attempts + 1, None, row.deaths)


def died(tx: Transaction, ledger: int, now: datetime) -> None:
    """Count a beginning that ended in a dead child."""
    del now
    row = row_of(tx, ledger)
    row.deaths += 1
    row.is_open = False
    tx.session.add(row)


def abandon(tx: Transaction, ledger: int) -> None:
    """Take a beginning back: an examination that was broken off was none."""
    row = row_of(tx, ledger)
    if row.is_open:
        row.attempts -= 1
        row.is_open, row.alone = False, False
        tx.session.add(row)


def recover(tx: Transaction, now: datetime, mailboxes: Sequence[str]) -> tuple[LedgerRow, ...]:
    """After an unclean end: who was examined alone is counted a death; open rows are told."""
    del now
    # Open rows are among the few without an outcome, and those have an index.
    waiting = select(Ledger).where(
        col(Ledger.outcome).is_(None), Ledger.is_open, col(Ledger.mailbox).in_(mailboxes)
    )
    rows = tx.session.exec(waiting.order_by("id")).all()
    for row in rows:
        if row.alone:
            row.deaths += 1
        row.is_open = False
        tx.session.add(row)
    tx.session.flush()
    return tuple(map(value_of, rows))


def record(tx: Transaction, arrival: Arrival, now: datetime, reason: Reason, detail: str) -> int:
    """Write the row of a mail that is not fetched: too large, or gone before we came."""
    row = by_slot(tx, arrival.slot) or new_row(arrival, now)
    if row.outcome is None:
        apply(row, Quarantined(reason, detail), now)
        row.subject = arrival.subject[:WORDS]
    if reason is Reason.VANISHED:
        row.gone_at = row.gone_at or now
    tx.session.add(row)
    tx.session.flush()
    return id_of(row)


def settle(
    tx: Transaction,
    ledger: int,
    outcome: Outcome,
    now: datetime,
    *,
    kind: Kind | None,
    mail: MailView | None,
) -> None:
    """Write what became of a mail, once."""
    settled = {**settled_columns(outcome, now), "kind": kind, **told_columns(mail)}
    if not tx.run(_SETTLE, row=ledger, **settled).rowcount:
        raise ValueError(f"ledger row {row_of(tx, ledger).id} is settled already")


def decide(tx: Transaction, ledger: int, outcome: Registered, now: datetime) -> None:
    """Write that a person registered what was held."""
    row = row_of(tx, ledger)
    row.outcome, row.decided_at = OutcomeName.REGISTERED, now
    row.numbers = " ".join(map(str, outcome.numbers))
    row.filed_at = None
    tx.session.add(row)


def refused(tx: Transaction, ledger: int, reason: Reason, words: str, now: datetime) -> None:
    """Write that a person returned what was held."""
    row = row_of(tx, ledger)
    row.outcome, row.decided_at = OutcomeName.REFUSED, now
    row.reason, row.detail = reason.value, words[:WORDS]
    tx.session.add(row)


def get(tx: Transaction, ledger: int) -> LedgerRow | None:
    """Find one row."""
    row = tx.session.get(Ledger, ledger)
    return value_of(row) if row else None


def by_fingerprint(
    tx: Transaction, fingerprint: Fingerprint, mailboxes: Sequence[str]
) -> tuple[LedgerRow, ...]:
    """List the mails of these mailboxes with these very octets, the earliest first, a few at most.

    Who sends one mail a hundred thousand times would make each of them dearer than the one before.
    """
    return tuple(map(value_of, tx.run(_WITH_FINGERPRINT, of=fingerprint, within=list(mailboxes))))


def rows(
    tx: Transaction,
    *,
    outcome: OutcomeName | None = None,
    mailboxes: Sequence[str] | None = None,
    limit: int = 50,
) -> tuple[LedgerRow, ...]:
    """List rows of these mailboxes, or of all, newest first."""
    found = select(Ledger).order_by(col(Ledger.id).desc()).limit(limit)
    if mailboxes is not None:
        found = found.where(col(Ledger.mailbox).in_(mailboxes))
    if outcome is not None:
        found = found.where(Ledger.outcome == outcome)
    return tuple(map(value_of, tx.session.exec(found)))


def held_since(
    tx: Transaction, moment: datetime, mailboxes: Sequence[str]
) -> tuple[LedgerRow, ...]:
    """List what has been held in these mailboxes since before that moment."""
    found = select(Ledger).where(
        Ledger.outcome == OutcomeName.HELD,
        col(Ledger.settled_at) < moment,
        col(Ledger.mailbox).in_(mailboxes),
    )
    return tuple(map(value_of, tx.session.exec(found)))


def count_by_outcome(tx: Transaction, mailboxes: Sequence[str]) -> dict[OutcomeName | None, int]:
    """Count the rows of each outcome; None stands for those not settled yet."""
    ours = col(Ledger.mailbox).in_(mailboxes)
    found = select(Ledger.outcome, func.count()).where(ours).group_by(col(Ledger.outcome))
    return {OutcomeName(word) if word else None: n for word, n in tx.session.exec(found)}


def unfiled(tx: Transaction, mailbox: str) -> tuple[tuple[int, Slot, OutcomeName], ...]:
    """List settled mails whose filing is not done."""
    return tuple(
        (row.id, Slot(row.mailbox, row.uidvalidity, row.uid), OutcomeName(row.outcome))
        for row in tx.run(_UNFILED, of=mailbox)
    )


def filed(tx: Transaction, ledger: int, now: datetime) -> None:
    """Note that a mail lies where it belongs."""
    tx.run(_CHANGE, row=ledger, filed_at=now)


def gone(tx: Transaction, ledger: int, now: datetime) -> None:
    """Note that a mail left its slot by another hand; its row stays."""
    tx.run(_CHANGE, row=ledger, gone_at=now)


def settled_uids(tx: Transaction, mailbox: str, uidvalidity: int) -> frozenset[int]:
    """List the UIDs of settled mails of one folder generation."""
    found = select(Ledger.uid).where(
        Ledger.mailbox == mailbox,
        Ledger.uidvalidity == uidvalidity,
        col(Ledger.outcome).is_not(None),
    )
    return frozenset(tx.session.exec(found))


def impounded_fingerprints(tx: Transaction) -> tuple[Fingerprint, ...]:
    """List the digests of mails whose octets must not be here (Điều 5.1)."""
    found = select(Ledger.fingerprint).where(Ledger.outcome == OutcomeName.IMPOUNDED)
    return tuple(Fingerprint(one) for one in tx.session.exec(found) if one)


def speaks_of(tx: Transaction, fingerprint: Fingerprint) -> bool:
    """Tell whether a mail or a file of a document has these octets, and may have them here."""
    mails = select(Ledger.id).where(
        Ledger.fingerprint == fingerprint,
        (col(Ledger.outcome) != OutcomeName.IMPOUNDED) | col(Ledger.outcome).is_(None),
    )
    files = select(File.document).where(File.sha256 == fingerprint)
    return any(tx.session.exec(found.limit(1)).first() is not None for found in (mails, files))
