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
# Entered by mistake, or called back by its sender: a corrected one is a document of its own.
_NOT_HERE = (DocumentState.VOID, DocumentState.WITHHELD, DocumentState.DESTROYED)
_OF_AGENCY = (
    columns(_DOCUMENT.c.id, _DOCUMENT.c.ledger, _DOCUMENT.c.verdict)
    .where(
        # Of another office here it is another document, with a number of its own.
        _DOCUMENT.c.office == bindparam("office"),
        _DOCUMENT.c.agency == bindparam("agency"),
        _DOCUMENT.c.state.not_in(_NOT_HERE),
        or_(_DOCUMENT.c.state != DocumentState.REFUSED, _SAME_FILES),
    )
    .order_by(_DOCUMENT.c.id)
    .limit(20)
)
_OF_KEY = _OF_AGENCY.where(
    _DOCUMENT.c.symbol == bindparam("symbol"), _DOCUMENT.c.issued == bindparam("issued")
)
# Numbers of State agencies begin anew each year (NĐ 30/2020, 15.1).
_REPEATED = (
    columns(_DOCUMENT.c.id)
    .where(
        _DOCUMENT.c.office == bindparam("office"),
        _DOCUMENT.c.agency == bindparam("agency"),
        _DOCUMENT.c.symbol == bindparam("symbol"),
        _DOCUMENT.c.issued != bindparam("issued"),
        _DOCUMENT.c.issued.between(bindparam("first"), bindparam("last")),
        _DOCUMENT.c.state != DocumentState.REFUSED,
    )
    .order_by(_DOCUMENT.c.id)
    .limit(20)
)
_OF_FILES = _OF_AGENCY.where(_SAME_FILES)
# Of an agency that no directory names, only what a clerk typed tells who it is.
_OF_NAME = _OF_KEY.where(_DOCUMENT.c.agency_name == bindparam("issuer"))


def similar(
    tx: Transaction, office: str, key: DocumentKey, files: frozenset[str], issuer: str = ""
) -> tuple[Known, ...]:
    """List what may be the same document of that office, the earliest first.

    The same agency, symbol and date; or, where those were not read, the same agency and files.
    What was returned to its sender stands in nobody's way, unless it comes again as it was; nor
    does what was entered by mistake. `issuer` names an agency on paper that has no identifier.
    """
    same = {"office": office, "agency": key.agency, "files": file_set(files)}
    if key.is_complete and (key.agency or issuer):
        named = {} if key.agency else {"issuer": issuer}
        statement = _OF_KEY if key.agency else _OF_NAME
        rows = tx.run(statement, **same, **named, symbol=key.symbol, issued=key.date)
    elif key.agency and files:
        rows = tx.run(_OF_FILES, **same)
    else:
        # Strangers share nothing but being unknown, and papers without a scan no octets.
        return ()
    return tuple(
        Known(row.id, row.ledger or 0, Verdict(row.verdict), _prints(tx, row.id))
        for row in rows.all()
    )


def numbered(
    tx: Transaction, office: str, since: str, until: str
) -> tuple[tuple[str, str | None, str | None, int], ...]:
    """List agency, number and notation, date and id of what came to that office in these days."""
    found = columns(
        _DOCUMENT.c.agency, _DOCUMENT.c.symbol, _DOCUMENT.c.issued, _DOCUMENT.c.id
    ).where(
        _DOCUMENT.c.office == office,
        _DOCUMENT.c.direction == "in",
        _DOCUMENT.c.agency != "",
        _DOCUMENT.c.issued.between(since, until),
    )
    return tuple((row.agency, row.symbol, row.issued, row.id) for row in tx.run(found))


def repeated(tx: Transaction, office: str, key: DocumentKey) -> tuple[int, ...]:
    """List documents of that office with agency, number and notation of this one in the same year.

    Their date of issue is another one. NĐ 30/2020 wants a warning of them (PL VI, III.1.h).
    """
    if not key.agency or not key.symbol or not key.date:
        return ()
    year = key.date[:4]
    same = {"office": office, "agency": key.agency, "symbol": key.symbol, "issued": key.date}
    rows = tx.run(_REPEATED, **same, first=f"{year}-01-01", last=f"{year}-12-31")
    return tuple(rows.scalars())


def file_set(prints: Iterable[str]) -> str:
    """Give the digest of a set of digests."""
    return hashlib.sha256("\n".join(sorted(prints)).encode()).hexdigest()


def _prints(tx: Transaction, document: int) -> frozenset[str]:
    return frozenset(tx.run(_PRINTS, of=document).scalars())
