"""Correct: what was read or typed wrongly is put right, with a reason; the old value stays."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from mailbridge.actions.house import House
from mailbridge.model.directory import Directory
from mailbridge.model.document import Document, DocumentState
from mailbridge.model.outcome import Direction
from mailbridge.model.reading import Field, FieldName, Urgency
from mailbridge.registry import agencies, corrections, documents, journal, similar
from mailbridge.registry.database import Transaction
from mailbridge.registry.revisions import Cause

SOURCE = "clerk"
# What makes another document of it: looked for again in the register.
_KEY = {FieldName.SYMBOL, FieldName.DATE, FieldName.AGENCY}


class CannotCorrectError(Exception):
    """The value, or the document, is none that can be corrected; says in Vietnamese why."""


class AlreadyThereError(Exception):
    """Another document has the corrected number, date and agency; names it."""

    def __init__(self, document: Document) -> None:
        super().__init__(document.id)
        self.document = document


@dataclass(frozen=True, slots=True)
class Correction:
    """New values by field (an empty one removes it), why, and whether a like document matters."""

    values: dict[FieldName, str]
    why: str
    anyway: bool = False


def correct(
    house: House, document_id: int, correction: Correction, who: str, now: datetime
) -> Document:
    """Write the corrected values as confirmed by a person; no machine changes them any more.

    Raises CannotCorrectError, and AlreadyThereError unless the correction says `anyway`.
    """
    with house.database.transaction() as tx:
        before = _correctable(tx, document_id)
        after = _corrected(before, correction.values, agencies.directory(tx), who)
        changes = corrections.between(before, after)
        if not changes:
            raise CannotCorrectError("không có giá trị nào thay đổi")
        others = _alike(tx, after) if _KEY & correction.values.keys() else ()
        if others and not correction.anyway:
            raise AlreadyThereError(others[-1])
        data = {"by": who, "why": correction.why, "fields": " ".join(c.field for c in changes)}
        data |= {"alike": " ".join(str(one.id) for one in others)} if others else {}
        subject = f"document:{before.id}"
        line = journal.append(tx, before.office, "corrected", subject, data, now)
        corrections.write(tx, before, after, changes, Cause(correction.why, who, line, now))
    return after


def _correctable(tx: Transaction, document_id: int) -> Document:
    document = documents.get(tx, document_id)
    if document is None:
        raise CannotCorrectError("không có văn bản này")
    if document.state is not DocumentState.HELD and document.number is None:
        # Điều 5.1: of what is impounded nothing is written any more.
        raise CannotCorrectError("văn bản không có trong sổ")
    if document.state is DocumentState.VOID:
        raise CannotCorrectError("số của văn bản đã hủy")
    return document


def _corrected(
    document: Document, values: dict[FieldName, str], directory: Directory, who: str
) -> Document:
    fields = dict(document.reading.fields)
    for name, typed in values.items():
        value = _checked(document, name, typed.strip())
        old = fields.pop(name, None)
        if value:
            others = (*old.others, old.value) if old and old.value != value else ()
            others = others or (old.others if old else ())
            fields[name] = Field(value, SOURCE, 1.0, tuple(dict.fromkeys(others)), who)
    urgency = document.urgency
    if FieldName.URGENCY in values:
        urgency = Urgency(values[FieldName.URGENCY].strip() or Urgency.NORMAL)
    reading = replace(document.reading, fields=fields, urgency=urgency)
    key = replace(
        document.key, symbol=reading.value(FieldName.SYMBOL), date=reading.value(FieldName.DATE)
    )
    corrected = replace(document, reading=reading, key=key, urgency=urgency)
    return _of_agency(corrected, values, directory)


def _checked(document: Document, name: FieldName, value: str) -> str:
    if name is FieldName.DATE and value:
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError as error:
            raise CannotCorrectError(f"{value}: không phải ngày dạng 2026-11-24") from error
    if name is FieldName.URGENCY and value and value not in set(Urgency):
        levels = ", ".join(Urgency)
        raise CannotCorrectError(f"{value}: mức độ khẩn là một trong: {levels}")
    if name is FieldName.SYMBOL and document.direction is Direction.OUT:
        raise CannotCorrectError("số và ký hiệu văn bản đi theo số trong sổ; hủy số và lấy số khác")
    return value


def _of_agency(document: Document, values: dict[FieldName, str], directory: Directory) -> Document:
    if FieldName.AGENCY not in values:
        return document
    code = values[FieldName.AGENCY].strip()
    agency = directory.by_code(code)
    if agency is None:
        raise CannotCorrectError(f"{code}: không có mã định danh này trong danh bạ")
    key = replace(document.key, agency=agency.code)
    return replace(document, key=key, agency_name=agency.name)


def _alike(tx: Transaction, document: Document) -> tuple[Document, ...]:
    """List the other documents that are the same one by agency, number and date."""
    if not document.key.is_complete:
        return ()
    prints = frozenset(file.sha256 for file in document.files)
    known = similar.similar(tx, document.office, document.key, prints, document.agency_name)
    ours = document.number
    found = (documents.get(tx, one.document) for one in known if one.document != document.id)
    # Bản tham khảo and its original share one number, and are no two documents.
    return tuple(one for one in found if one is not None and one.number != ours)
