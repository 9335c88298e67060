"""Letters that must not leave any more, because what they carry was called back."""

from collections.abc import Iterable

from sqlalchemy import bindparam, update
from sqlalchemy import select as columns
from sqlmodel import col, select

from mailbridge.model.document import DocumentState
from mailbridge.model.letter import Letter, LetterKind, LetterState
from mailbridge.registry import exchange_tables, outbox_rows
from mailbridge.registry.database import Transaction
from mailbridge.registry.tables import Document, Outbox, table

# Not what is being posted at this moment, nor what may have been.
_HERE = (LetterState.OWED, LetterState.FAILED)
_OUTBOX, _DOCUMENT = table(Outbox), table(Document)
_EXCHANGE = table(exchange_tables.Exchange)
_TRIED = update(_OUTBOX).where(_OUTBOX.c.id.in_(bindparam("ids", expanding=True)))
_GIVEN_UP = {"state": LetterState.FAILED, "last_error": bindparam("why")}
_OF_OURS = _TRIED.where(
    _OUTBOX.c.kind == LetterKind.DOCUMENT,
    _OUTBOX.c.state.in_(_HERE),
    _OUTBOX.c.exchange.in_(columns(_EXCHANGE.c.id).where(_EXCHANGE.c.recall_asked.is_(True))),
).values(_GIVEN_UP)
_GONE = (DocumentState.WITHHELD, DocumentState.DESTROYED)
_OF_THEIRS = _TRIED.where(
    _OUTBOX.c.kind == LetterKind.NOTICE,
    _OUTBOX.c.state.in_((LetterState.OWED, LetterState.UNCERTAIN)),
    _OUTBOX.c.document.in_(columns(_DOCUMENT.c.id).where(_DOCUMENT.c.state.in_(_GONE))),
).values(_GIVEN_UP)


def withdraw(tx: Transaction, ids: Iterable[str], why: str) -> tuple[str, ...]:
    """Give up letters that have not left: owed, or refused by a server; tells which those are."""
    found = select(Outbox).where(col(Outbox.id).in_(tuple(ids)), col(Outbox.state).in_(_HERE))
    rows = tx.session.exec(found).all()
    for row in rows:
        row.state, row.last_error = LetterState.FAILED, why
        tx.session.add(row)
    tx.session.flush()
    return tuple(row.id for row in rows)


def withdraw_called_back(tx: Transaction, ids: Iterable[str], why: str) -> None:
    """Give up, of letters that would leave again, what was called back while they were tried.

    Documents of ours that we recalled, and notices of documents that their senders recalled.
    """
    names = list(ids)
    tx.run(_OF_OURS, ids=names, why=why)
    tx.run(_OF_THEIRS, ids=names, why=why)


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
