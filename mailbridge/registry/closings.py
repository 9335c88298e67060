"""Closings (khóa sổ): the hash of a day of an office's books, chained from day to day.

A closing covers what stood then. Whatever changed later is a revision whose line of the journal is
later than the closing's, so that the day can be recomputed as it stood.
"""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import exists, insert
from sqlmodel import col, select

from mailbridge.clock import VIETNAM, in_vietnam
from mailbridge.model.entry import Closing, ClosingCheck, Entry
from mailbridge.registry import book_tables, entries, journal, standing, tables
from mailbridge.registry.database import Transaction

# The closing before the first.
ORIGIN = "0" * 64
_DAY = timedelta(days=1)
# An entry whose transaction ended after its day was closed is covered by the next closing.
_LATE = 2 * _DAY

_ADD = insert(tables.table(book_tables.Closing))
_COVER = insert(tables.table(book_tables.Closed))


def open_days(tx: Transaction, office: str, now: datetime) -> tuple[str, ...]:
    """List the days that are over and not closed, oldest first; days without an entry too."""
    last = latest(tx, office)
    if last is not None:
        first = date.fromisoformat(last.day) + timedelta(days=1)
    else:
        oldest = (
            select(book_tables.Entry.entered_at)
            .where(book_tables.Entry.office == office)
            .order_by("entered_at")
            .limit(1)
        )
        began = tx.session.exec(oldest).first()
        if began is None:
            return ()
        first = in_vietnam(began).date()
    count = (in_vietnam(now).date() - first).days
    return tuple((first + timedelta(days=n)).isoformat() for n in range(count))


def latest(tx: Transaction, office: str) -> Closing | None:
    """Give the closing of the newest closed day."""
    return next(iter(of_office(tx, office, limit=1)), None)


def of_office(tx: Transaction, office: str, limit: int | None = None) -> tuple[Closing, ...]:
    """List the closings of an office, newest first."""
    found = (
        select(book_tables.Closing)
        .where(book_tables.Closing.office == office)
        .order_by(col(book_tables.Closing.day).desc())
        .limit(limit)
    )
    return tuple(map(_value, tx.session.exec(found)))


def close(tx: Transaction, office: str, day: str, now: datetime) -> Closing:
    """Close one day; the caller closes days in their order, and commits."""
    # First, because whoever writes this office's journal waits from here on until the commit.
    line = journal.append(tx, office, "closing", f"day:{day}", {}, now)
    head = journal.digest_of(tx, office, line) or ORIGIN
    last = latest(tx, office)
    covered = _uncovered(tx, office, day, last)
    lines = [(entry, standing.digest(tx, entry, line)) for entry in covered]
    closing = Closing(
        office, day, now, len(lines), line, head, last.digest if last else ORIGIN, digest=""
    )
    named = [(entry.name, digest) for entry, digest in lines]
    closing = replace(closing, digest=_digest(closing, named))
    tx.run(
        _ADD,
        office=office,
        day=day,
        closed_at=now,
        entries=closing.entries,
        line=line,
        head=head,
        previous=closing.previous,
        digest=closing.digest,
    )
    for entry, digest in lines:
        tx.run(_COVER, entry=entry.id, office=office, day=day, digest=digest)
    data = {"entries": str(closing.entries), "digest": closing.digest}
    journal.append(tx, office, "closed", f"day:{day}", data, now)
    return closing


def verify(tx: Transaction, office: str, day: str | None = None) -> tuple[ClosingCheck, ...]:
    """Recompute the closed days of an office, or one of them, oldest first; names what differs."""
    found = tuple(reversed(of_office(tx, office)))
    checks = []
    previous: Closing | None = None
    for closing in found:
        if day in {None, closing.day}:
            is_newest = closing is found[-1]
            differs = (*_chained(tx, closing, previous), *_entries(tx, closing))
            differs += () if is_newest else _added(tx, closing)
            checks.append(ClosingCheck(closing, differs))
        previous = closing
    return tuple(checks)


def _chained(tx: Transaction, closing: Closing, previous: Closing | None) -> tuple[str, ...]:
    """Compare a closing with the journal and with the closing of the day before."""
    found = []
    if closing.previous != (previous.digest if previous else ORIGIN):
        found.append("chuỗi khóa sổ đứt: không nối với ngày đã khóa trước đó")
    if journal.digest_of(tx, closing.office, closing.line) != closing.head:
        found.append(f"dòng nhật ký {closing.line} không còn như lúc khóa sổ")
    if previous and date.fromisoformat(closing.day) - date.fromisoformat(previous.day) != _DAY:
        found.append(f"thiếu ngày khóa sổ giữa {previous.day} và {closing.day}")
    return tuple(found)


def _entries(tx: Transaction, closing: Closing) -> tuple[str, ...]:
    found, named = [], []
    for entry, then in _covered(tx, closing):
        named.append((entry.name, then))
        if standing.digest(tx, entry, closing.line) != then:
            found.append(f"{entry.name}: khác với lúc khóa sổ, không có lần đính chính nào ghi lại")
    if len(named) != closing.entries or _digest(closing, named) != closing.digest:
        found.append("mã băm của ngày không khớp với danh sách dòng sổ lúc khóa")
    return tuple(found)


def _added(tx: Transaction, closing: Closing) -> tuple[str, ...]:
    """Name what came into a closed day and no later closing covers: it was not there."""
    missing = _not_covered(tx, closing.office, *_bounds(closing.day))
    return tuple(
        f"{entry.name}: thêm vào ngày đã khóa, chưa ngày khóa nào bao" for entry in missing
    )


def _digest(closing: Closing, named: list[tuple[str, str]]) -> str:
    """Give the hash of the day: entries, journal and the day before, as canonical JSON."""
    content = {
        "office": closing.office,
        "day": closing.day,
        "closed_at": closing.closed_at,
        "entries": sorted(named),
        "line": closing.line,
        "head": closing.head,
        "previous": closing.previous,
    }
    return hashlib.sha256(standing.canonical(content)).hexdigest()


def _covered(tx: Transaction, closing: Closing) -> list[tuple[Entry, str]]:
    found = select(book_tables.Closed).where(
        book_tables.Closed.office == closing.office, book_tables.Closed.day == closing.day
    )
    rows = tx.session.exec(found.order_by("entry")).all()
    known = ((entries.get(tx, row.entry), row.digest) for row in rows)
    return [(entry, digest) for entry, digest in known if entry is not None]


def _uncovered(tx: Transaction, office: str, day: str, last: Closing | None) -> list[Entry]:
    since = _bounds(last.day)[0] - _LATE if last else datetime.min.replace(tzinfo=UTC)
    return _not_covered(tx, office, since, _bounds(day)[1])


def _not_covered(tx: Transaction, office: str, since: datetime, until: datetime) -> list[Entry]:
    covered = exists().where(col(book_tables.Closed.entry) == col(book_tables.Entry.id))
    found = select(book_tables.Entry.id).where(
        book_tables.Entry.office == office,
        book_tables.Entry.entered_at >= since,
        book_tables.Entry.entered_at < until,
        ~covered,
    )
    known = (entries.get(tx, one) for one in tx.session.exec(found.order_by("id")) if one)
    return [entry for entry in known if entry is not None]


def _bounds(day: str) -> tuple[datetime, datetime]:
    """Give the first moment of a day of Vietnam, and of the next (Điều 13)."""
    start = datetime.combine(date.fromisoformat(day), time(), VIETNAM)
    return start, start + _DAY


def _value(row: book_tables.Closing) -> Closing:
    return Closing(
        row.office,
        row.day,
        row.closed_at,
        row.entries,
        row.line,
        row.head,
        row.previous,
        row.digest,
    )
