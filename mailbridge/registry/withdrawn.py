"""Letters that must not leave any more, because what they carry was called back."""

from collections.abc import Iterable

from sqlmodel import col, select

from mailbridge.model.letter import Letter, LetterKind, LetterState
from mailbridge.registry import outbox_rows
from mailbridge.registry.database import Transaction
from mailbridge.registry.tables import Outbox

# Not what is being posted at this moment, nor what may have been.
_HERE = (LetterState.OWED, LetterState.FAILED)


def withdraw(tx: Transaction, ids: Iterable[str], why: str) -> tuple[str, ...]:
    """Give up letters that have not left: owed, or refused by a server; tells which those are."""
    found = select(Outbox).where(col(Outbox.id).in_(tuple(ids)), col(Outbox.state).in_(_HERE))
    rows = tx.session.exec(found).all()
    for row in rows:
        row.state, row.last_error = LetterState.FAILED, why
        tx.session.add(row)
    tx.session.flush()
    return tuple(row.id for row in rows)


def withdraw_notices(tx: Transaction, document: int, why: str) -> None:
    """Let no notice of a document leave any more, not even one that may have left before."""
    found = select(Outbox).where(
        Outbox.document == document,
        Outbox.kind == LetterKind.NOTICE,
        col(Outbox.state).in_((LetterState.OWED, LetterState.UNCERTAIN)),
    )
    for row in tx.session.exec(found).all():
        row.state, row.last_error = LetterState.FAILED, why
        tx.session.add(row)
    tx.session.flush()


def notices_of(tx: Transaction, document: int) -> tuple[Letter, ...]:
    """List the notices by which a document was passed on, the oldest first."""
    found = select(Outbox).where(Outbox.document == document, Outbox.kind == LetterKind.NOTICE)
    return tuple(map(outbox_rows.letter, tx.session.exec(found.order_by("line"))))
