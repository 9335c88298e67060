"""The index of documents: kept by whoever writes a document, in the same transaction."""

from collections.abc import Sequence
from types import ModuleType

from sqlalchemy import bindparam, delete, insert
from sqlalchemy import select as columns

from mailbridge.model.document import Document
from mailbridge.model.outcome import OutcomeName
from mailbridge.model.search import TEXT
from mailbridge.registry import (
    agencies,
    documents,
    search_postgres,
    search_sqlite,
    search_words,
    tables,
)
from mailbridge.registry.database import Transaction
from mailbridge.registry.search_tables import Searchable

# So many documents are indexed in one transaction of a rebuilding, while others wait.
BATCH = 500

_ENGINES: dict[str, ModuleType] = {"sqlite": search_sqlite, "postgresql": search_postgres}

_KEPT, _DOCUMENT = tables.table(Searchable), tables.table(tables.Document)
_LEDGER = tables.table(tables.Ledger)
_OF = columns(_KEPT.c.text, _KEPT.c.signers, _KEPT.c.closed).where(
    _KEPT.c.document == bindparam("of")
)
_OF_MANY = columns(_KEPT).where(_KEPT.c.document.in_(bindparam("these", expanding=True)))
_FORGET, _KEEP = delete(_KEPT).where(_KEPT.c.document == bindparam("of")), insert(_KEPT)
_UNINDEXED = (
    columns(_DOCUMENT.c.id, _LEDGER.c.outcome)
    .outerjoin(_KEPT, _KEPT.c.document == _DOCUMENT.c.id)
    .outerjoin(_LEDGER, _LEDGER.c.id == _DOCUMENT.c.ledger)
    .where(_KEPT.c.document.is_(None))
    .order_by(_DOCUMENT.c.id)
    .limit(BATCH)
)
_FROM = (
    columns(_DOCUMENT.c.id)
    .where(_DOCUMENT.c.id > bindparam("after"))
    .order_by(_DOCUMENT.c.id)
    .limit(BATCH)
)


def index(
    tx: Transaction,
    document: Document,
    text: str | None = None,
    signers: tuple[str, ...] | None = None,
) -> None:
    """Index a stored document as it is now; call it after whatever changes what is searched.

    `text` and `signers` (holders of its certificates) stay what they were where none are given.
    What was closed by `close` stays closed.
    """
    kept = tx.run(_OF, of=document.id).first()
    if kept is not None and kept.closed:
        return
    text = (kept.text if kept else "") if text is None else text[:TEXT]
    if signers is None:
        signers = tuple(kept.signers.splitlines()) if kept else ()
    if kept is not None:
        _remove(tx, document.id)
    row = {"document": document.id, "closed": False}
    # PostgreSQL has no NUL in its texts.
    tx.run(_KEEP, **row, text=text.replace("\0", " "), signers="\n".join(signers))
    agency = agencies.directory(tx).by_code(document.key.agency) if document.key.agency else None
    source = search_words.Source(document, agency, text, signers)
    of_engine(tx).put(tx, document.id, search_words.entry_of(source))


def close(tx: Transaction, document: int) -> None:
    """Erase what search knows of an impounded or withheld document, and never index it again.

    Rewriting the index takes seconds in a large register; it is rare, and done with the commit.
    """
    _remove(tx, document)
    tx.run(_KEEP, document=document, text="", signers="", closed=True)
    of_engine(tx).shred(tx)


def sources(tx: Transaction, found: Sequence[Document]) -> tuple[search_words.Source, ...]:
    """Give documents with all that the index knows of them."""
    rows = tx.run(_OF_MANY, these=[one.id for one in found])
    kept = {row.document: row for row in rows}
    directory = agencies.directory(tx)
    return tuple(
        search_words.Source(
            one,
            directory.by_code(one.key.agency) if one.key.agency else None,
            kept[one.id].text if one.id in kept else "",
            tuple(kept[one.id].signers.splitlines()) if one.id in kept else (),
        )
        for one in found
    )


def fill(tx: Transaction) -> int:
    """Index documents that have never been, such as those of an older register; tells how many."""
    rows = tx.run(_UNINDEXED).all()
    for row in rows:
        found = documents.get(tx, row.id)
        if row.outcome is OutcomeName.IMPOUNDED:
            close(tx, row.id)
        elif found is not None:
            index(tx, found)
    return len(rows)


def rebuild(tx: Transaction, after: int) -> int | None:
    """Index the next documents anew; gives the last of them, None when there are no more."""
    last = None
    for last in tx.run(_FROM, after=after).scalars().all():
        found = documents.get(tx, last)
        if found is not None:
            index(tx, found)
    return last


def of_engine(tx: Transaction) -> ModuleType:
    """Give the index of the engine that this register is on."""
    return _ENGINES[tx.session.get_bind().dialect.name]


def _remove(tx: Transaction, document: int) -> None:
    of_engine(tx).remove(tx, document)
    tx.run(_FORGET, of=document)
