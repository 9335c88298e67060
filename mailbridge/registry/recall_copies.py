"""Copies of recalled documents: where each lies, and what became of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, text
from sqlalchemy import select as columns
from sqlmodel import col, select

from mailbridge.model import codec
from mailbridge.model.examination import Examination
from mailbridge.model.outcome import OutcomeName
from mailbridge.model.recall import CopyKind, CopyState, RecallCopy, RecallState
from mailbridge.registry import recall_tables, tables
from mailbridge.registry.database import Transaction
from mailbridge.registry.tables import Document, Evidence, File, Ledger

_COPY = tables.table(recall_tables.RecallCopy)
Row = recall_tables.RecallCopy
# Of many, so many are named.
_NAMED = 3
# Asked of every mail.
_ERASED = columns(_COPY.c.name).where(
    _COPY.c.name.in_(bindparam("names", expanding=True)),
    _COPY.c.kind == CopyKind.BLOB,
    _COPY.c.state == CopyState.ERASED,
)


@dataclass(frozen=True, slots=True)
class Store:
    """Whose octets lie in one store: several daemons may share a register, each with its own."""

    offices: tuple[str, ...]
    mailboxes: tuple[str, ...]


def add(tx: Transaction, copy: RecallCopy) -> None:
    """Write where a copy lies; one that is known already is left as it stands."""
    tx.add_once(
        _COPY,
        recall=copy.recall,
        kind=copy.kind,
        name=copy.name,
        state=copy.state,
        words=copy.words,
        ledger=copy.ledger,
        mailbox=copy.mailbox,
    )


def of_recall(tx: Transaction, recall: int) -> tuple[RecallCopy, ...]:
    """List all copies of one recalled document."""
    found = select(Row).where(Row.recall == recall).order_by("id")
    return tuple(map(_value, tx.session.exec(found)))


def pending(tx: Transaction, kind: CopyKind, store: Store) -> tuple[RecallCopy, ...]:
    """List copies of a kind that wait to be erased, of the offices whose octets lie in a store."""
    ours = select(recall_tables.Recall.id).where(
        col(recall_tables.Recall.office).in_(store.offices)
    )
    found = select(Row).where(
        text(recall_tables.PENDING), Row.kind == kind, col(Row.recall).in_(ours)
    )
    return tuple(map(_value, tx.session.exec(found.order_by("id"))))


def in_mailbox(tx: Transaction, mailbox: str) -> tuple[RecallCopy, ...]:
    """List mails that wait to be erased from a mailbox of a server."""
    found = select(Row).where(
        text(recall_tables.PENDING), Row.kind == CopyKind.IMAP, Row.mailbox == mailbox
    )
    return tuple(map(_value, tx.session.exec(found.order_by("id"))))


def settle(tx: Transaction, copy: int, state: CopyState, now: datetime, words: str = "") -> None:
    """Write what became of a copy."""
    row = tx.session.get(Row, copy)
    if row is None:
        raise LookupError(f"no copy {copy}")
    row.state, row.words, row.done_at = state, words or row.words, now
    tx.session.add(row)
    tx.session.flush()


def again(tx: Transaction, copy: RecallCopy) -> None:
    """Write that a copy is here anew, although it was erased: it came once more."""
    add(tx, copy)
    same = select(Row).where(
        Row.recall == copy.recall, Row.kind == copy.kind, Row.name == copy.name
    )
    for row in tx.session.exec(same).all():
        row.state = CopyState.PENDING
        tx.session.add(row)
    tx.session.flush()


def were_erased(tx: Transaction, names: Collection[str]) -> frozenset[str]:
    """Tell which of these digests were erased as copies of something recalled."""
    return frozenset(row.name for row in tx.run(_ERASED, names=list(names)))


def mails_of(tx: Transaction, ledger: int) -> tuple[int, ...]:
    """List a mail and all that were told to be the same as it, directly or by another."""
    known, new = [ledger], [ledger]
    while new:
        found = select(Ledger.id).where(col(Ledger.duplicate_of).in_(new))
        new = [one for one in tx.session.exec(found).all() if one and one not in known]
        known += new
    return tuple(known)


def others_with(tx: Transaction, digest: str, store: Store) -> tuple[str, ...]:
    """Name what else has these octets in a store: no document that is to be erased, nor its mails.

    Nor the mails that called it back: what they hold was brought once more to be erased.
    """
    dead = _dead()
    files = (
        select(File.document)
        .join(Document, col(Document.id) == File.document)
        .where(
            File.sha256 == digest,
            col(File.document).not_in(dead),
            col(Document.office).in_(store.offices),
        )
    )
    mails = select(Ledger.id, Ledger.duplicate_of).where(
        Ledger.fingerprint == digest,
        col(Ledger.outcome).is_distinct_from(OutcomeName.IMPOUNDED),
        col(Ledger.mailbox).in_(store.mailboxes),
    )
    brought = select(Document.ledger).where(col(Document.id).in_(dead))
    asked = select(recall_tables.Recall.ledger).where(col(recall_tables.Recall.document).in_(dead))
    gone = {*tx.session.exec(brought), *tx.session.exec(asked)}
    living = [one for one, of in tx.session.exec(mails) if not {one, first_of(tx, one, of)} & gone]
    return (
        *(f"văn bản {one}" for one in tx.session.exec(files.distinct().limit(_NAMED))),
        *(f"thư số {one}" for one in living[:_NAMED]),
    )


def is_dead(tx: Transaction, ledger: int) -> bool:
    """Tell whether a mail brought, first or again, a document of which nothing is to stay."""
    of = tx.session.exec(select(Ledger.duplicate_of).where(Ledger.id == ledger)).first()
    brought = (ledger, first_of(tx, ledger, of))
    found = select(Document.id).where(
        col(Document.ledger).in_(brought), col(Document.id).in_(_dead())
    )
    return tx.session.exec(found.limit(1)).first() is not None


def mails_with(tx: Transaction, digest: str) -> tuple[int, ...]:
    """List the mails in which a file with these octets was found; it takes seconds, and is rare."""
    found = select(Evidence.ledger, Evidence.examination).where(
        col(Evidence.examination).contains(digest)
    )
    mails = set[int]()
    for ledger, examination in tx.session.exec(found):
        # A recall or receipt names the digest, and has no such file.
        files = codec.decode(Examination, examination).opened.files
        if ledger is not None and any(file.sha256 == digest for file in files):
            mails.add(ledger)
    return tuple(sorted(mails))


def first_of(tx: Transaction, ledger: int | None, of: int | None) -> int | None:
    """Follow what a mail is a duplicate of, to the mail that was first."""
    seen = {ledger}
    while of is not None and of not in seen:
        seen.add(of)
        ledger, of = of, tx.session.exec(select(Ledger.duplicate_of).where(Ledger.id == of)).first()
    return ledger


def _dead() -> Any:
    row = recall_tables.Recall
    return select(row.document).where(
        col(row.state).in_((RecallState.ERASING, RecallState.DESTROYED)),
        col(row.document).is_not(None),
    )


def _value(row: Row) -> RecallCopy:
    return RecallCopy(
        id=row.id or 0,
        recall=row.recall,
        kind=row.kind,
        name=row.name,
        state=row.state,
        words=row.words,
        ledger=row.ledger,
        mailbox=row.mailbox,
        done_at=row.done_at,
    )
