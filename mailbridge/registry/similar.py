"""What may be the same document as another: by its key, or by its files."""

import hashlib
from collections.abc import Iterable

from sqlalchemy import bindparam, or_
from sqlalchemy import select as columns

from mailbridge.model.document import DocumentKey, DocumentState
from mailbridge.model.evidence import Verdict
from mailbridge.model.records import Known
from mailbridge.registry import tables
from mailbridge.registry.database import Transaction

_DOCUMENT, _FILE = tables.table(tables.Document), tables.table(tables.File)
_PRINTS = columns(_FILE.c.sha256).where(_FILE.c.document == bindparam("of"))
_SAME_FILES = _DOCUMENT.c.file_set == bindparam("files")
_OF_AGENCY = (
    columns(_DOCUMENT.c.id, _DOCUMENT.c.ledger, _DOCUMENT.c.verdict)
    .where(
        # Of another office here it is another document, with a number of its own.
        _DOCUMENT.c.office == bindparam("office"),
        _DOCUMENT.c.agency == bindparam("agency"),
        or_(_DOCUMENT.c.state != DocumentState.REFUSED, _SAME_FILES),
    )
    .order_by(_DOCUMENT.c.id)
    .limit(20)
)
_OF_KEY = _OF_AGENCY.where(
    _DOCUMENT.c.symbol == bindparam("symbol"), _DOCUMENT.c.issued == bindparam("issued")
)
_OF_FILES = _OF_AGENCY.where(_SAME_FILES)


def similar(
    tx: Transaction, office: str, key: DocumentKey, files: frozenset[str]
) -> tuple[Known, ...]:
    """List what may be the same document of that office, the earliest first.

    The same agency, symbol and date; or, where those were not read, the same agency and files.
    What was returned to its sender stands in nobody's way, unless it comes again as it was.
    """
    if not key.agency:
        # Strangers share nothing but being unknown.
        return ()
    same = {"office": office, "agency": key.agency, "files": file_set(files)}
    if key.is_complete:
        rows = tx.run(_OF_KEY, **same, symbol=key.symbol, issued=key.date)
    else:
        rows = tx.run(_OF_FILES, **same)
    return tuple(
        Known(row.id, row.ledger or 0, Verdict(row.verdict), _prints(tx, row.id))
        for row in rows.all()
    )


def file_set(prints: Iterable[str]) -> str:
    """Give the digest of a set of digests."""
    return hashlib.sha256("\n".join(sorted(prints)).encode()).hexdigest()


def _prints(tx: Transaction, document: int) -> frozenset[str]:
    return frozenset(tx.run(_PRINTS, of=document).scalars())
