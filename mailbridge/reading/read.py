"""Read: fields, urgency and marks of secrecy from everything that was opened.

Sources in order of trust: the edXML header, the text of the PDF, the subject, the file names.
"""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from mailbridge.model.edxml import EdxmlHeader
from mailbridge.model.limits import Limits
from mailbridge.model.parcel import File, Text
from mailbridge.model.reading import Field, FieldName, Reading, Urgency
from mailbridge.reading import fields, lines, secrecy_search
from mailbridge.reading.lines import Pages

_PRIORITIES = (Urgency.NORMAL, Urgency.URGENT, Urgency.VERY_URGENT, Urgency.EXPRESS)
# Where two sources disagree, the chosen value is less sure.
_DOUBT = 0.6


@dataclass(frozen=True, slots=True)
class Source:
    """What was opened: files in `scratch`, texts, subject and the edXML header."""

    files: tuple[File, ...]
    scratch: str
    texts: tuple[Text, ...]
    subject: str
    edxml: EdxmlHeader | None
    limits: Limits


def read(source: Source) -> Reading:
    """Read one mail's document; a mark of secrecy empties everything else (Điều 5.1)."""
    mark = secrecy_search.find(
        source.subject, source.texts, source.files, Path(source.scratch), source.edxml
    )
    if mark is not None:
        return Reading(secrecy=mark)
    pages = _pages(source)
    main = _main(pages)
    by_source = [_from_edxml(source.edxml)] if source.edxml else []
    if main is not None:
        by_source.append(fields.of_pages(pages[main], f"pdf:{main}"))
    by_source.append(fields.of_pages(_subject_pages(source), "subject"))
    return Reading(
        fields=_merged(by_source),
        urgency=_urgency(source, pages, main),
        main=main,
        notes=_notes(source, pages),
    )


def _pages(source: Source) -> dict[str, Pages]:
    found: dict[str, Pages] = {}
    for file in source.files:
        if file.type == "application/pdf" and file.stored:
            pages = lines.of_pdf(Path(source.scratch) / (file.plain or file.stored), source.limits)
            if pages is not None:
                found[file.path] = pages
    return found


def _main(pages: dict[str, Pages]) -> str | None:
    """Take the first file that has a number on its head; else the first with text."""
    for path, page in pages.items():
        if FieldName.SYMBOL in fields.of_pages(page, ""):
            return path
    return next((path for path, page in pages.items() if page.has_text), None)


def _subject_pages(source: Source) -> Pages:
    """Take subject and cover for a page: a number must stand at the beginning of a line."""
    page = lines.of_text(source.subject)
    return Pages(page, page, has_text=True)


def _from_edxml(header: EdxmlHeader) -> fields.Found:
    values = {
        FieldName.NUMBER: header.number,
        FieldName.NOTATION: header.notation,
        FieldName.SYMBOL: _symbol(header),
        FieldName.DATE: header.issued.isoformat() if isinstance(header.issued, date) else None,
        FieldName.TYPE: header.type,
        FieldName.SUMMARY: header.subject,
        FieldName.SIGNER: header.signer,
        FieldName.POSITION: header.position,
    }
    return {name: Field(value, "edxml", 0.9) for name, value in values.items() if value}


def _symbol(header: EdxmlHeader) -> str | None:
    if not header.number or not header.notation:
        return header.number
    # Party notations hold a slash ("CV/VPTU") and are joined by a hyphen.
    joint = "-" if "/" in header.notation else "/"
    return f"{header.number}{joint}{header.notation}"


def _merged(by_source: list[fields.Found]) -> fields.Found:
    """Keep the most trusted value; what others say stays visible and lowers the confidence."""
    merged: fields.Found = {}
    for found in by_source:
        for name, field in found.items():
            kept = merged.get(name)
            if kept is None:
                merged[name] = field
            elif _same(kept.value, field.value):
                continue
            else:
                others = (*kept.others, f"{field.value} ({field.source})")
                merged[name] = replace(kept, others=others, confidence=kept.confidence * _DOUBT)
    return merged


def _same(one: str, other: str) -> bool:
    return "".join(one.split()).lower() == "".join(other.split()).lower()


def _urgency(source: Source, pages: dict[str, Pages], main: str | None) -> Urgency:
    """Take the highest of stamp and edXML priority (Điều 11.5)."""
    found = [fields.urgency_of(pages[main])] if main is not None else []
    priority = source.edxml.priority if source.edxml else None
    if priority is not None:
        found.append(_PRIORITIES[min(priority, len(_PRIORITIES) - 1)])
    return max(found, key=lambda one: one.rank, default=Urgency.NORMAL)


def _notes(source: Source, pages: dict[str, Pages]) -> tuple[str, ...]:
    notes = []
    for file in source.files:
        if file.type != "application/pdf":
            continue
        if file.path not in pages:
            notes.append(f"Tệp {file.name} không đọc được.")
        elif not pages[file.path].has_text:
            notes.append(f"Tệp {file.name} không có lớp chữ (bản chụp).")
    return tuple(notes)
