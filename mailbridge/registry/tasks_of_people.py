"""Tasks: what waits for a person, opened once for its cause and closed by somebody."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from mailbridge.model.sending import Task, TaskKind
from mailbridge.registry import exchange_tables, tables
from mailbridge.registry.database import Transaction

_TASK = tables.table(exchange_tables.Task)
Row = exchange_tables.Task


@dataclass(frozen=True, slots=True)
class Cause:
    """What opens a task; the same kind and name open it once."""

    office: str
    kind: TaskKind
    name: str
    document: int | None = None
    exchange: int | None = None


def open_(
    tx: Transaction,
    cause: Cause,
    words: str,
    now: datetime,
    person: str = "",
    due: datetime | None = None,
) -> None:
    """Open a task; nothing happens where its cause has opened it before."""
    tx.add_once(
        _TASK,
        office=cause.office,
        kind=cause.kind,
        cause=cause.name,
        words=words,
        document=cause.document,
        exchange=cause.exchange,
        person=person,
        due=due,
        opened_at=now,
        closed_by="",
        closed_why="",
    )


def get(tx: Transaction, task: int) -> Task | None:
    """Find one."""
    row = tx.session.get(Row, task)
    return _value(row) if row else None


def undone(
    tx: Transaction,
    office: str | None = None,
    kind: TaskKind | None = None,
    person: str | None = None,
    limit: int = 200,
) -> tuple[Task, ...]:
    """List what nobody has closed, the nearest deadline first, none last."""
    found = select(Row).where(col(Row.closed_at).is_(None))
    if office is not None:
        found = found.where(Row.office == office)
    if kind is not None:
        found = found.where(Row.kind == kind)
    if person is not None:
        found = found.where(Row.person == person)
    order = (col(Row.due).is_(None), col(Row.due), col(Row.id))
    return tuple(map(_value, tx.session.exec(found.order_by(*order).limit(limit))))


def of_document(tx: Transaction, document: int) -> tuple[Task, ...]:
    """List the tasks of a document, closed ones too."""
    found = select(Row).where(Row.document == document).order_by("id")
    return tuple(map(_value, tx.session.exec(found)))


def close(tx: Transaction, task: int, who: str, why: str, now: datetime) -> bool:
    """Write that it is done; false where it is not open."""
    row = tx.session.get(Row, task)
    if row is None or row.closed_at is not None:
        return False
    _close(tx, row, who, why, now)
    return True


def close_of_exchange(
    tx: Transaction, exchange: int, kinds: tuple[TaskKind, ...], why: str, now: datetime
) -> None:
    """Close what an answer has made needless."""
    found = select(Row).where(
        Row.exchange == exchange, col(Row.kind).in_(kinds), col(Row.closed_at).is_(None)
    )
    for row in tx.session.exec(found).all():
        _close(tx, row, "mailbridge", why, now)


def _close(tx: Transaction, row: Row, who: str, why: str, now: datetime) -> None:
    row.closed_at, row.closed_by, row.closed_why = now, who, why
    tx.session.add(row)
    tx.session.flush()


def _value(row: Row) -> Task:
    return Task(
        id=row.id or 0,
        office=row.office,
        kind=row.kind,
        words=row.words,
        opened_at=row.opened_at,
        document=row.document,
        exchange=row.exchange,
        person=row.person,
        due=row.due,
        closed_at=row.closed_at,
        closed_by=row.closed_by,
        closed_why=row.closed_why,
        cause=row.cause,
    )
