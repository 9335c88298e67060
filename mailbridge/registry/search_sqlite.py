"""The index of words on SQLite: FTS5, whose row id is the document, so that newest is last."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Select, bindparam, column, table, text
from sqlalchemy import select as columns

from mailbridge.registry.database import Transaction

_INDEX = table("search_index", column("rowid"), column("words"), column("search_index"))
_PUT = text("INSERT INTO search_index (rowid, words) VALUES (:document, :words)")
_REMOVE = text("DELETE FROM search_index WHERE rowid = :document")
_SAID = columns(_INDEX.c.rowid, _INDEX.c.words).where(
    _INDEX.c.rowid.in_(bindparam("these", expanding=True))
)
# A removed word stays in the index as one that is removed, until all of it is merged.
_SHRED = text("INSERT INTO search_index (search_index) VALUES ('optimize')")


def put(tx: Transaction, document: int, words: Iterable[str]) -> None:
    """Write the words of a document that has none in the index."""
    tx.run(_PUT, document=document, words=" ".join(words))


def remove(tx: Transaction, document: int) -> None:
    """Take a document out: it is found no more, but see `shred`."""
    tx.run(_REMOVE, document=document)


def shred(tx: Transaction) -> None:
    """Rewrite the index without what was removed."""
    tx.run(_SHRED)


def matching(groups: Iterable[tuple[str, ...]], before: int | None) -> Select[tuple[int]]:
    """Select documents that have a word of each group, the newest first.

    Words are letters and digits alone: in quotes, none is read as syntax.
    """
    asked = " AND ".join(f"({' OR '.join(map(_quoted, group))})" for group in groups)
    condition: ColumnElement[bool] = _INDEX.c.search_index.op("MATCH")(asked)
    found = columns(_INDEX.c.rowid).where(condition).order_by(_INDEX.c.rowid.desc())
    return found if before is None else found.where(_INDEX.c.rowid < before)


def among(
    tx: Transaction, groups: Iterable[tuple[str, ...]], documents: Sequence[int]
) -> frozenset[int]:
    """Tell which of these have a word of each group, without looking through all that have."""
    said = tx.run(_SAID, these=list(documents)).all() if documents else ()
    sets = [frozenset(group) for group in groups]
    return frozenset(
        row.rowid
        for row in said
        if (here := frozenset(row.words.split(" "))) and not any(map(here.isdisjoint, sets))
    )


def _quoted(word: str) -> str:
    return f'"{word}"'
