"""The index of words on PostgreSQL: a tsvector of our own words, which no parser has touched."""

from collections.abc import Iterable

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
    asked = " & ".join(f"({' | '.join(map(_quoted, group))})" for group in groups)
    found = (
        columns(_INDEX.c.document)
        .where(_HAS.bindparams(asked=asked))
        .order_by(_INDEX.c.document.desc())
    )
    return found if before is None else found.where(_INDEX.c.document < before)


def _quoted(word: str) -> str:
    return f"'{word}'"
