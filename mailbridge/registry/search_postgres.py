"""The index of words on PostgreSQL: a tsvector of our own words, which no parser has touched."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Select, column, table, text
from sqlalchemy import select as columns

from mailbridge.registry.database import Transaction

_INDEX = table("search_index", column("document"), column("words"))
_PUT = text(
    "INSERT INTO search_index (document, words)"
    " VALUES (:document, array_to_tsvector(CAST(:words AS text[])))"
)
_HAS = text("search_index.words @@ CAST(:asked AS tsquery)")
_REMOVE = text("DELETE FROM search_index WHERE document = :document")


def put(tx: Transaction, document: int, words: Iterable[str]) -> None:
    """Write the words of a document that has none in the index."""
    tx.run(_PUT, document=document, words=list(words))


def remove(tx: Transaction, document: int) -> None:
    """Take a document out; its octets go when the server next cleans its tables."""
    tx.run(_REMOVE, document=document)


def shred(tx: Transaction) -> None:
    """Nothing is left to do inside a transaction: VACUUM is the server's."""
    del tx


def matching(groups: Iterable[tuple[str, ...]], before: int | None) -> Select[tuple[int]]:
    """Select documents that have a word of each group, the newest first.

    Words are letters and digits alone: in quotes, none is read as syntax.
    """
    found = (
        columns(_INDEX.c.document)
        .where(_HAS.bindparams(asked=_asked(groups)))
        .order_by(_INDEX.c.document.desc())
    )
    return found if before is None else found.where(_INDEX.c.document < before)


def among(
    tx: Transaction, groups: Iterable[tuple[str, ...]], documents: Sequence[int]
) -> frozenset[int]:
    """Tell which of these have a word of each group, without looking through all that have."""
    if not documents:
        return frozenset()
    # A limit keeps the planner from asking the index for all that have the words first.
    these = columns(_INDEX).where(_INDEX.c.document.in_(documents)).limit(len(documents))
    row = these.subquery("search_index")
    found = columns(row.c.document).where(_HAS.bindparams(asked=_asked(groups)))
    return frozenset(tx.run(found).scalars())


def _asked(groups: Iterable[tuple[str, ...]]) -> str:
    return " & ".join(f"({' | '.join(map(_quoted, group))})" for group in groups)


def _quoted(word: str) -> str:
    return f"'{word}'"
