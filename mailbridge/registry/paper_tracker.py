"""The paper tracker: what must also come, or go, on paper, and what became of it (Điều 8)."""

from datetime import datetime

from sqlalchemy import bindparam, insert, update
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from mailbridge.model.paper import PaperState, PaperTrack
from mailbridge.registry import columns, status_tables, tables
from mailbridge.registry.database import Transaction

_PAPER = tables.table(status_tables.Paper)
_ADD = insert(_PAPER)
_KNOWN = select_columns(_PAPER.c.id).where(
    _PAPER.c.document == bindparam("document"),
    _PAPER.c.outgoing == bindparam("outgoing"),
    _PAPER.c.recipient == bindparam("recipient"),
)
_CHANGE = update(_PAPER).where(_PAPER.c.id == bindparam("row"))
_OPEN = (PaperState.EXPECTED, PaperState.SENT)


def expect(tx: Transaction, track: PaperTrack) -> bool:
    """Write that a paper must come or go; false where that was known for this recipient."""
    values = columns.of(track)
    del values["id"]
    told = {name: values[name] for name in ("document", "outgoing", "recipient")}
    if tx.run(_KNOWN, **told).first() is not None:
        return False
    tx.run(_ADD, **values)
    return True


def change(tx: Transaction, track: PaperTrack) -> None:
    """Write what became of a paper; raises LookupError for one that is not stored."""
    written = tx.run(
        _CHANGE,
        row=track.id,
        state=track.state,
        changed_at=track.changed_at,
        by=track.by,
        reference=track.reference,
        why=track.why,
    )
    if not written.rowcount:
        raise LookupError(f"no paper {track.id}")


def of_document(tx: Transaction, document: int) -> tuple[PaperTrack, ...]:
    """List the papers of a document and of those that it superseded under its number."""
    row, older = status_tables.Paper, tables.Document
    earlier = select(older.id).where(older.superseded_by == document)
    found = select(row).where((col(row.document) == document) | col(row.document).in_(earlier))
    return tuple(map(_value, tx.session.exec(found.order_by("id"))))


def standing(
    tx: Transaction, office: str | None, overdue_at: datetime | None = None, limit: int = 50
) -> tuple[PaperTrack, ...]:
    """List the papers that are not there yet, the longest due first."""
    row = status_tables.Paper
    found = select(row).where(col(row.state).in_(_OPEN))
    if office is not None:
        found = found.where(row.office == office)
    if overdue_at is not None:
        found = found.where(col(row.due) < overdue_at)
    return tuple(map(_value, tx.session.exec(found.order_by("due", "id").limit(limit))))


def _value(row: status_tables.Paper) -> PaperTrack:
    return PaperTrack(
        id=row.id or 0,
        office=row.office,
        document=row.document,
        outgoing=row.outgoing,
        recipient=row.recipient,
        code=row.code,
        ground=row.ground,
        state=PaperState(row.state),
        expected_at=row.expected_at,
        due=row.due,
        changed_at=row.changed_at,
        by=row.by,
        reference=row.reference,
        why=row.why,
    )
