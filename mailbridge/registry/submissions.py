"""Submissions: what our people handed in to be sent, from its arrival until it is settled."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert
from sqlmodel import col, select

from mailbridge.model.sending import Submission
from mailbridge.registry import exchange_tables, tables
from mailbridge.registry.database import Transaction

_ADD = insert(tables.table(exchange_tables.Submission))
Row = exchange_tables.Submission
# It bore a mark of secrecy (Điều 5.1): its octets must not stay.
MARKED = "marked"


def add(tx: Transaction, submission: Submission) -> int:
    """Write down what was handed in; gives its id."""
    added = tx.run(
        _ADD,
        office=submission.office,
        person=submission.person,
        address=submission.address,
        fingerprint=submission.fingerprint,
        recipients=json.dumps(submission.recipients),
        taken_at=submission.taken_at,
        attempts=0,
        outcome="",
    )
    return (added.inserted_primary_key or (0,))[0]


def same(tx: Transaction, submission: Submission) -> int | None:
    """Find what this person handed in before: the same octets to the same recipients.

    What was refused is none: it is looked at anew, for the reason may have gone.
    """
    found = select(Row.id).where(
        Row.fingerprint == submission.fingerprint,
        Row.address == submission.address,
        Row.recipients == json.dumps(submission.recipients),
        col(Row.outcome).not_in(("refused", MARKED)),
    )
    return tx.session.exec(found.limit(1)).first()


def speaks_of(tx: Transaction, fingerprint: str) -> bool:
    """Tell whether something that was handed in has these octets."""
    found = select(Row.id).where(Row.fingerprint == fingerprint, Row.outcome != MARKED)
    return tx.session.exec(found.limit(1)).first() is not None


def get(tx: Transaction, submission: int) -> Submission | None:
    """Find one."""
    row = tx.session.get(Row, submission)
    return _value(row) if row else None


def begin(tx: Transaction, offices: Sequence[str]) -> Submission | None:
    """Take the oldest open submission of these offices, and count the attempt."""
    found = select(Row).where(col(Row.settled_at).is_(None), col(Row.office).in_(list(offices)))
    row = tx.session.exec(found.order_by(col(Row.attempts), col(Row.id)).limit(1)).first()
    if row is None:
        return None
    row.attempts += 1
    tx.session.add(row)
    tx.session.flush()
    return _value(row)


def abandon(tx: Transaction, submission: int) -> None:
    """Take an attempt back that the house broke off: it says nothing of the mail."""
    row = tx.session.get(Row, submission)
    if row is not None and row.settled_at is None and row.attempts:
        row.attempts -= 1
        tx.session.add(row)
        tx.session.flush()


def settle(
    tx: Transaction, submission: int, outcome: str, document: int | None, now: datetime
) -> None:
    """Write what became of it."""
    row = tx.session.get(Row, submission)
    if row is None:
        raise LookupError(f"no submission {submission}")
    row.settled_at, row.outcome, row.document = now, outcome, document
    tx.session.add(row)
    tx.session.flush()


def listed(tx: Transaction, office: str | None = None, limit: int = 50) -> tuple[Submission, ...]:
    """List what was handed in, newest first."""
    found = select(Row).order_by(col(Row.id).desc()).limit(limit)
    if office is not None:
        found = found.where(Row.office == office)
    return tuple(map(_value, tx.session.exec(found)))


def _value(row: Row) -> Submission:
    return Submission(
        id=row.id or 0,
        office=row.office,
        person=row.person,
        address=row.address,
        fingerprint=row.fingerprint,
        recipients=tuple(json.loads(row.recipients)),
        taken_at=row.taken_at,
        attempts=row.attempts,
        settled_at=row.settled_at,
        outcome=row.outcome,
        document=row.document,
    )
