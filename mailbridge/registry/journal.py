"""The journal: append-only, each line chained to the one before, so that rewriting shows."""

import hashlib
import json
from datetime import UTC, datetime

from sqlalchemy import desc, insert
from sqlalchemy import select as columns
from sqlmodel import select

from mailbridge.model.records import JournalCheck, JournalLine
from mailbridge.registry.database import Transaction
from mailbridge.registry.tables import Journal, table

# The line before the first.
ORIGIN = "0" * 64

_TABLE = table(Journal)
_LAST = columns(_TABLE.c.line, _TABLE.c.digest).order_by(desc("line")).limit(1)
_APPEND = insert(_TABLE)


def append(tx: Transaction, event: str, subject: str, data: dict[str, str], now: datetime) -> None:
    """Add one line: what happened to what, with its facts."""
    last = tx.run(_LAST).first()
    line = last.line + 1 if last else 1
    previous = last.digest if last else ORIGIN
    written = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    tx.run(
        _APPEND,
        line=line,
        at=now,
        event=event,
        subject=subject,
        data=written,
        previous=previous,
        digest=_digest(line, now, event, subject, written, previous),
    )


def verify(tx: Transaction) -> JournalCheck:
    """Recompute the chain from its first line; name the first line that does not fit."""
    previous, count = ORIGIN, 0
    for row in tx.session.exec(select(Journal).order_by("line").execution_options(yield_per=500)):
        count += 1
        digest = _digest(row.line, row.at, row.event, row.subject, row.data, previous)
        if row.line != count or row.previous != previous or row.digest != digest:
            return JournalCheck(ok=False, lines=count, head=previous, first_bad=row.line)
        previous = row.digest
    return JournalCheck(ok=True, lines=count, head=previous)


def head(tx: Transaction) -> str:
    """Give the digest of the last line."""
    last = tx.session.exec(select(Journal.digest).order_by(desc("line")).limit(1)).first()
    return last or ORIGIN


def lines(tx: Transaction, limit: int = 100) -> tuple[JournalLine, ...]:
    """List lines, newest first."""
    rows = tx.session.exec(select(Journal).order_by(desc("line")).limit(limit))
    return tuple(
        JournalLine(r.line, r.at, r.event, r.subject, json.loads(r.data), r.previous, r.digest)
        for r in rows
    )


def _digest(line: int, at: datetime, *rest: str) -> str:
    moment = at.astimezone(UTC).isoformat()
    canonical = json.dumps([line, moment, *rest], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
