"""Recalls that reached us: what was asked, how far it has come, and what it may mean here."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, insert, update
from sqlalchemy import Row as Found
from sqlalchemy import select as columns
from sqlmodel import and_, col, select

from mailbridge.model import codec
from mailbridge.model.document import Document
from mailbridge.model.outcome import Direction, OutcomeName
from mailbridge.model.recall import Claim, Recall, RecallState, Strength
from mailbridge.model.told import Proof
from mailbridge.registry import documents, recall_tables, tables
from mailbridge.registry.database import Transaction
from mailbridge.registry.ledger_rows import row_of

_RECALL = tables.table(recall_tables.Recall)
_ADD = insert(_RECALL)
Row = recall_tables.Recall
# Whoever names a number that stands on hundreds of documents means none of them.
_MOST = 50
# Each document of an agency is held against so many of its recalls that wait.
_WAITING = 200
# Every document that comes is asked about: these are made once.
_TOMBSTONES = (
    columns(_RECALL)
    .where(
        _RECALL.c.office == bindparam("of"),
        _RECALL.c.state == RecallState.TOMBSTONE,
        _RECALL.c.agency == bindparam("by"),
    )
    .order_by(_RECALL.c.id.desc())
    .limit(_WAITING)
)
_DOCUMENT = tables.table(tables.Document)
_OF_SAME_FILES = (
    columns(_RECALL)
    .where(
        _RECALL.c.document.in_(
            columns(_DOCUMENT.c.id).where(
                _DOCUMENT.c.office == bindparam("of"),
                _DOCUMENT.c.agency == bindparam("by"),
                _DOCUMENT.c.file_set == bindparam("files"),
            )
        )
    )
    .order_by(_RECALL.c.id.desc())
    .limit(1)
)


def add(tx: Transaction, recall: Recall) -> int:
    """Store a proven recall; gives its id."""
    added = tx.run(
        _ADD,
        office=recall.office,
        ledger=recall.ledger,
        agency=recall.claim.agency,
        name=recall.claim.recall_id,
        claim=codec.encode(Claim, recall.claim).decode(),
        address=recall.address,
        strength=int(recall.strength),
        state=recall.state,
        at=recall.at,
        document=recall.document,
        due=recall.due,
        by=recall.by,
        ordered_at=recall.ordered_at,
        proof="",
        letter=recall.letter,
    )
    return (added.inserted_primary_key or (0,))[0]


def strengthen(tx: Transaction, recall: int, by: Recall) -> None:
    """Write that a recall which waits was said by who proves it better: what that one says counts.

    Whoever can only write through the agency's server has nothing destroyed by another's proof.
    """
    claim = codec.encode(Claim, by.claim).decode()
    _change(
        tx, recall, ledger=by.ledger, claim=claim, address=by.address, strength=int(by.strength)
    )  # fmt: skip


def get(tx: Transaction, recall: int) -> Recall | None:
    """Find one."""
    row = tx.session.get(Row, recall)
    return _value(row) if row else None


def named(tx: Transaction, office: str, agency: str, name: str) -> tuple[Recall, ...]:
    """List what is known of a recall of that name: one for each document that it meant."""
    found = select(Row).where(Row.office == office, Row.agency == agency, Row.name == name)
    return tuple(map(_value, tx.session.exec(found.order_by("id"))))


def of_document(tx: Transaction, document: int) -> Recall | None:
    """Find the recall by which a document is withheld or was destroyed."""
    found = select(Row).where(Row.document == document).order_by(col(Row.id))
    row = tx.session.exec(found).first()
    return _value(row) if row else None


def tombstones(tx: Transaction, office: str, agency: str) -> tuple[Recall, ...]:
    """List the newest recalls of an agency that came before their documents, and still wait."""
    return tuple(map(_value, tx.run(_TOMBSTONES, of=office, by=agency)))


def of_same_files(tx: Transaction, office: str, agency: str, files: str) -> Recall | None:
    """Find the newest recall of a document of that agency with this very set of files."""
    row = tx.run(_OF_SAME_FILES, of=office, by=agency, files=files).first()
    return _value(row) if row else None


def in_state(
    tx: Transaction, *states: RecallState, offices: Sequence[str] | None = None
) -> tuple[Recall, ...]:
    """List recalls of these offices, or of all, that stand there, the oldest first."""
    found = select(Row).where(col(Row.state).in_(states))
    if offices is not None:
        found = found.where(col(Row.office).in_(list(offices)))
    return tuple(map(_value, tx.session.exec(found.order_by("id"))))


def overdue(tx: Transaction, office: str, now: datetime) -> tuple[Recall, ...]:
    """List what the clerk has not destroyed in time, and nobody was told of yet."""
    found = select(Row).where(
        Row.office == office,
        Row.state == RecallState.WITHHELD,
        col(Row.due) < now,
        col(Row.escalated_at).is_(None),
    )
    return tuple(map(_value, tx.session.exec(found.order_by("id"))))


def escalated(tx: Transaction, recall: int, now: datetime) -> None:
    """Write that the head was told."""
    _change(tx, recall, escalated_at=now)


def order(tx: Transaction, recall: int, document: int, who: str, now: datetime) -> None:
    """Write who has a document destroyed: what remains is done whatever dies on the way."""
    _change(
        tx, recall, state=RecallState.ERASING, document=document, by=who, ordered_at=now
    )  # fmt: skip


def destroyed(tx: Transaction, recall: int, proof: Proof, now: datetime) -> None:
    """Write that it is gone, with the proof that its sender gets."""
    encoded = codec.encode(Proof, proof).decode()
    _change(tx, recall, state=RecallState.DESTROYED, destroyed_at=now, proof=encoded)


def free(tx: Transaction, ledger: int, to: str, now: datetime) -> None:
    """Write that its sender called back what was held: it waits for nobody's decision."""
    row = row_of(tx, ledger)
    if row.outcome is OutcomeName.HELD:
        row.outcome, row.decided_at, row.filed_at = OutcomeName.APPLIED, now, None
        row.detail, row.lane, row.refusal = to, None, None
        tx.session.add(row)
        tx.session.flush()


def candidates(tx: Transaction, office: str, claim: Claim) -> tuple[Document, ...]:
    """List what came by mail and fits number and date, mail or files of the claim."""
    document = tables.Document
    these = dict[int, Document]()
    # Each way has its own limit: an annex that stands in every document of an agency hides none.
    for fits in _fitting(claim):
        found = select(document).where(
            document.office == office,
            document.direction == Direction.IN,
            col(document.ledger).is_not(None),
            fits,
        )
        newest = found.order_by(col(document.id).desc()).limit(_MOST)
        these |= {one.id: one for one in documents.values(tx, tx.session.exec(newest))}
    return tuple(these[one] for one in sorted(these))


def _fitting(claim: Claim) -> Iterator[ColumnElement[bool]]:
    document = tables.Document
    if claim.message_id:
        # As the mail wrote it, with its brackets (RFC 5322 §3.6.4).
        written = (claim.message_id, f"<{claim.message_id}>")
        yield col(document.message_id).in_(written)
    if claim.symbol:
        numbered = col(document.symbol) == claim.symbol
        yield and_(numbered, col(document.issued) == claim.issued) if claim.issued else numbered
    if claim.files:
        with_files = select(tables.File.document).where(
            col(tables.File.sha256).in_(sorted(claim.prints)[:_MOST])
        )
        yield col(document.id).in_(with_files)


def _change(tx: Transaction, recall: int, **values: object) -> None:
    changed = update(_RECALL).where(_RECALL.c.id == recall).values(**values)
    if not tx.run(changed).rowcount:
        raise LookupError(f"no recall {recall}")


def _value(row: Row | Found[Any]) -> Recall:
    return Recall(
        id=row.id or 0,
        office=row.office,
        ledger=row.ledger,
        claim=codec.decode(Claim, row.claim),
        address=row.address,
        strength=Strength(row.strength),
        state=row.state,
        at=row.at,
        document=row.document,
        due=row.due,
        escalated_at=row.escalated_at,
        by=row.by,
        ordered_at=row.ordered_at,
        destroyed_at=row.destroyed_at,
        proof=codec.decode(Proof, row.proof) if row.proof else None,
        letter=row.letter,
    )
