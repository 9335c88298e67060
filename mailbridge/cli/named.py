"""What a person names: entries and documents, each as one or as a clear sentence."""

import sys
from typing import TYPE_CHECKING

from mailbridge.cli.exits import AnswerIsNoError, UsageError
from mailbridge.model.entry import Entry, EntryState
from mailbridge.model.outcome import Direction

if TYPE_CHECKING:
    from mailbridge.model.document import Document
    from mailbridge.registry.database import Database

_HELD = "mail:"
_SENT = "sent:"


def entry(
    database: "Database", name: str, office: str | None, prefer: Direction | None = None
) -> Entry:
    """Find the one entry of that name; raises AnswerIsNoError or UsageError."""
    from mailbridge.registry import entries

    with database.reading() as tx:
        found = entries.named(tx, name, office, prefer)
    if not found:
        raise AnswerIsNoError(f"Không có số {name} trong sổ.")
    if len(found) > 1:
        names = ", ".join(f"{one.name} ({one.office})" for one in found)
        raise UsageError(f"{name}: có nhiều số: {names}.")
    return found[0]


def document(database: "Database", name: str, office: str | None = None) -> "Document":
    """Find the one document of that name, `mail:ID` if held, `sent:ID` if sent; raises as above."""
    from mailbridge.registry import documents

    if name.startswith(_HELD) and name.removeprefix(_HELD).isdecimal():
        with database.reading() as tx:
            held = documents.by_ledger(tx, int(name.removeprefix(_HELD)))
        if held is None:
            raise AnswerIsNoError(f"Thư số {name.removeprefix(_HELD)} không có văn bản.")
        return held
    if name.startswith(_SENT):
        return sent(database, name, office)
    return _entered(database, name, office, Direction.IN)


def outgoing(database: "Database", name: str, office: str | None = None) -> "Document":
    """Find the one document of ours of that name, sent by mail or on paper alone; raises as above.

    A bare number is one of the book of what leaves, also where the other book has it.
    """
    if name.startswith(_SENT):
        return sent(database, name, office)
    found = _entered(database, name, office, Direction.OUT)
    if found.direction is not Direction.OUT:
        raise AnswerIsNoError(f"Không có văn bản đi nào là {name}; {name} là văn bản đến.")
    return found


def _entered(database: "Database", name: str, office: str | None, prefer: Direction) -> "Document":
    from mailbridge.registry import documents

    named = entry(database, name, office, prefer)
    with database.reading() as tx:
        known = documents.get(tx, named.document) if named.document else None
    if known is None:
        raise AnswerIsNoError(f"Số {named.name} chưa có văn bản: {words(named)}.")
    return known


def sent(database: "Database", name: str, office: str | None = None) -> "Document":
    """Find the one document that we sent: `sent:ID`, its number (số đi), or number and notation."""
    from mailbridge.registry import sent_documents

    with database.reading() as tx:
        if name.startswith(_SENT) and name.removeprefix(_SENT).isdecimal():
            found = sent_documents.by_id(tx, int(name.removeprefix(_SENT)), office)
        else:
            found = sent_documents.named(tx, name, office)
    if not found:
        raise AnswerIsNoError(f"Không có văn bản đi nào là {name}.")
    if len(found) > 1:
        names = ", ".join(f"{_SENT}{one.id} ({one.key.symbol})" for one in found)
        raise UsageError(f"{name}: có nhiều văn bản đi: {names}.")
    return found[0]


def said(document: "Document") -> str:
    """Say which document it is, so that nobody acts on another one by a mistaken number."""
    from mailbridge.model.reading import FieldName

    key = document.key
    day = "/".join(reversed(key.date.split("-"))) if key.date else ""
    summary = document.reading.value(FieldName.SUMMARY) or document.subject
    about = f" “{summary}”" if summary else ""
    return f"{key.symbol or 'không số'}{f' ngày {day}' if day else ''}{about}"


def agreed(what: str) -> None:
    """Ask a person at a terminal whether that is what was meant; raises AnswerIsNoError.

    Scripts are not asked: they have no terminal.
    """
    if not sys.stdin.isatty():
        return
    if input(f"{what}\nĐúng văn bản này? [c/K] ").strip().lower() not in {"c", "có", "co"}:
        raise AnswerIsNoError("Không thực hiện.")


def words(one: Entry) -> str:
    """Say what a number stands for, as the column Ghi chú of the book does."""
    if one.state is EntryState.VOID:
        return f"hủy số: {one.void_why}"
    if one.state is EntryState.RESERVED:
        return f"đã giữ cho: {one.purpose}" if one.purpose else "đã giữ"
    return ""
