"""The journal: append-only, each line chained to the one before, so that rewriting shows."""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import bindparam, desc, insert
from sqlalchemy import select as columns
from sqlmodel import col, select

from mailbridge.model.records import JournalCheck, JournalLine
from mailbridge.registry.book_tables import Journal
from mailbridge.registry.database import Transaction
from mailbridge.registry.tables import table

# The line before the first.
ORIGIN = "0" * 64
# Whose journal holds what concerns the whole installation: its trust and its directory.
HOUSE = ""

_TABLE = table(Journal)
_LAST = (
    columns(_TABLE.c.line, _TABLE.c.digest)
    .where(_TABLE.c.office == bindparam("of"))
    .order_by(desc("line"))
    .limit(1)
)
_DIGEST = columns(_TABLE.c.digest).where(
    _TABLE.c.office == bindparam("of"), _TABLE.c.line == bindparam("line")
)
_APPEND = insert(_TABLE)


def append(
    tx: Transaction, office: str, event: str, subject: str, data: dict[str, str], now: datetime
) -> int:
    """Add one line to the journal of an office: what happened to what; gives its number."""
    last, previous = tx.heads.get(office) or _head(tx, office)
    line = last + 1
    written = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    digest = _digest(line, now, event, subject, written, previous)
    tx.run(
        _APPEND,
        office=office,
        line=line,
        at=now,
        event=event,
        subject=subject,
        data=written,
        previous=previous,
        digest=digest,
    )
    # Nobody else writes while we do.
    tx.heads[office] = (line, digest)
    return line


def _head(tx: Transaction, office: str) -> tuple[int, str]:
    last = tx.run(_LAST, of=office).first()
    return (last.line, last.digest) if last else (0, ORIGIN)


def offices(tx: Transaction) -> tuple[str, ...]:
    """Name the offices that have a journal; the installation's own comes first."""
    return tuple(tx.session.exec(select(Journal.office).distinct().order_by("office")))


def verify(tx: Transaction, office: str) -> JournalCheck:
    """Recompute a chain from its first line; name the first line that does not fit."""
    previous, count = ORIGIN, 0
    chain = select(Journal).where(Journal.office == office).order_by("line")
    for row in tx.session.exec(chain.execution_options(yield_per=500)):
        count += 1
        digest = _digest(row.line, row.at, row.event, row.subject, row.data, previous)
        if row.line != count or row.previous != previous or row.digest != digest:
            return JournalCheck(ok=False, lines=count, head=previous, first_bad=row.line)
        previous = row.digest
    return JournalCheck(ok=True, lines=count, head=previous)


def head(tx: Transaction, office: str) -> str:
    """Give the digest of the last line."""
    return _head(tx, office)[1]


def digest_of(tx: Transaction, office: str, line: int) -> str | None:
    """Give the digest of one line."""
    return tx.run(_DIGEST, of=office, line=line).scalar()


def about(tx: Transaction, office: str, subjects: Sequence[str]) -> tuple[JournalLine, ...]:
    """List what an office's journal tells of some things, oldest first."""
    found = select(Journal).where(Journal.office == office, col(Journal.subject).in_(subjects))
    return tuple(map(_value, tx.session.exec(found.order_by("line"))))


def lines(tx: Transaction, office: str | None = None, limit: int = 100) -> tuple[JournalLine, ...]:
    """List lines of one office, or of all, newest first."""
    newest = (col(Journal.at).desc(), col(Journal.line).desc())
    found = select(Journal).order_by(*newest).limit(limit)
    if office is not None:
        found = found.where(Journal.office == office)
    return tuple(map(_value, tx.session.exec(found)))


def _value(r: Journal) -> JournalLine:
    data = json.loads(r.data)
    return JournalLine(r.office, r.line, r.at, r.event, r.subject, data, r.previous, r.digest)


def _digest(line: int, at: datetime, *rest: str) -> str:
    moment = at.astimezone(UTC).isoformat()
    canonical = json.dumps([line, moment, *rest], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
