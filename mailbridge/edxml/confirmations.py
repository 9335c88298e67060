"""What the operations system answers: edXML status messages, or a table that a person can fill.

How that system writes its answers is local practice: both forms are read, and neither is believed
of a document that it was not handed.
"""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from mailbridge.edxml import header
from mailbridge.mime.xmltree import MAX_OCTETS
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.handover import Confirmation, HandoverState

TABLE = "confirmations.csv"
COLUMNS = ("document_id", "number", "date", "refused")
# A table of a million lines is an attack on whoever reads it.
_LINES = 100_000
_FIELD = 500
_NUMBER = re.compile(r"số(?: đến)?[ :]+([\w./-]{1,50})", re.IGNORECASE)


def read(path: Path) -> tuple[Confirmation, ...]:
    """Read one file of a set; raises RefusedError, its detail naming the line if there is one.

    Nothing of a file of another kind: our own packets may lie in the same folder.
    """
    if path.name == TABLE:
        return tuple(_table(path))
    if path.suffix.lower() != ".edxml":
        return ()
    if path.stat().st_size > MAX_OCTETS:
        raise RefusedError(Reason.TOO_LARGE, path.name)
    found = header.read(path.read_bytes())
    if found.message != "status" or found.document_id is None:
        return ()
    return tuple(_status(found.document_id, found.status_code or "", found.subject or ""))


def _status(document: str, code: str, words: str) -> Iterator[Confirmation]:
    """Take 03 to 06 for a confirmation and 02 for a refusal; 01 says only that it arrived."""
    if code == "02":
        yield Confirmation(document, HandoverState.RETURNED, words=words)
    elif code in {"03", "04", "05", "06"}:
        number = _NUMBER.search(words)
        given = number[1].rstrip(".,") if number else ""
        yield Confirmation(document, HandoverState.CONFIRMED, number=given, words=words)


def _table(path: Path) -> Iterator[Confirmation]:
    if path.stat().st_size > MAX_OCTETS:
        raise RefusedError(Reason.TOO_LARGE, path.name)
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    # Spreadsheets of this country write semicolons.
    dialect = ";" if ";" in text.partition("\n")[0] else ","
    rows = csv.DictReader(io.StringIO(text), delimiter=dialect)
    if not {"document_id", "number"} <= set(rows.fieldnames or ()):
        raise RefusedError(Reason.MALFORMED, f"{path.name}: 1")
    line = 1
    try:
        for line, row in enumerate(rows, 2):
            if line > _LINES:
                raise RefusedError(Reason.TOO_LARGE, f"{path.name}: {line}")
            yield _row(row, f"{path.name}: {line}")
    except csv.Error as error:
        raise RefusedError(Reason.MALFORMED, f"{path.name}: {line + 1}") from error


def _row(row: dict[str, str | None], where: str) -> Confirmation:
    value = {name: (row.get(name) or "").strip()[:_FIELD] for name in COLUMNS}
    if not value["document_id"] or not (value["number"] or value["refused"]):
        raise RefusedError(Reason.MALFORMED, where)
    if value["refused"]:
        return Confirmation(value["document_id"], HandoverState.RETURNED, words=value["refused"])
    try:
        day = date.fromisoformat(value["date"]) if value["date"] else None
    except ValueError:
        raise RefusedError(Reason.MALFORMED, where) from None
    number = value["number"]
    return Confirmation(value["document_id"], HandoverState.CONFIRMED, number=number, day=day)
