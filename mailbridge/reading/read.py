"""Read: fields, urgency and marks of secrecy from everything that was opened.

Sources in order of trust: the edXML header, the text of the main file, the subject, the cover, the
file names. A disagreement lowers the confidence and is told to the clerk.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from mailbridge.model.edxml import EdxmlHeader
from mailbridge.model.limits import Limits
from mailbridge.model.ocr import Ocr
from mailbridge.model.parcel import File, Text
from mailbridge.model.reading import Field, FieldName, Reading, Urgency
from mailbridge.reading import docx, fields, lines, packets, secrecy_search, subjects
from mailbridge.reading.fields import Paper
from mailbridge.reading.lines import Pages
from mailbridge.reading.merging import Found, merged
from mailbridge.reading.ocr import Machine
from mailbridge.reading.scans import Scans, read_by_machine

# Files of a mail that are looked into; more are an attack on the time of the reader.
_FILES = 100
_ENCLOSURES = 1000
# What a machine read from a picture is believed less than printed text, and never held for sure.
_MACHINE = 0.8


@dataclass(frozen=True, slots=True)
class Source:
    """What was opened: files in `scratch`, texts, subject and the edXML header."""

    files: tuple[File, ...]
    scratch: str
    texts: tuple[Text, ...]
    subject: str
    edxml: EdxmlHeader | None
    limits: Limits
    # None: nothing is read from pictures.
    ocr: Ocr | None = None


def read(source: Source) -> Reading:
    """Read one mail's document; a mark of secrecy empties everything else (Điều 5.1)."""
    with opened(source) as pages:
        return read_opened(source, pages)


@contextmanager
def opened(source: Source) -> Iterator[dict[str, Pages]]:
    """Open what has pages, by path of file, for everybody who looks into them."""
    with ExitStack() as stack:
        yield _pages(source, stack)


def read_opened(source: Source, pages: dict[str, Pages]) -> Reading:
    """Read the document whose files are open."""
    mark = secrecy_search.find(
        source.subject, source.texts, source.files, Path(source.scratch), source.edxml, pages
    )
    if mark is not None:
        return Reading(secrecy=mark)
    scans = _scans(source, pages)
    if scans.mark is not None:
        return Reading(secrecy=scans.mark)
    return _read(source, pages, scans)


def _scans(source: Source, pages: dict[str, Pages]) -> Scans:
    if source.ocr is None:
        return Scans()
    machine = Machine(source.ocr, source.limits.child_wall)
    return read_by_machine(source.files[:_FILES], Path(source.scratch), pages, machine)


def _read(source: Source, printed: dict[str, Pages], scans: Scans) -> Reading:
    pages = {**printed, **scans.pages}
    main = _main(pages)
    paper = _paper(main, pages, scans)
    header = packets.of_header(source.edxml) if source.edxml else {}
    found, disagreements = merged([header, paper.found])
    for weak in _weak(source, main):
        for name, each in weak.items():
            found.setdefault(name, each)
    _enclosures(source, main, found)
    return Reading(
        fields=found,
        urgency=_urgency(source, paper),
        main=main,
        notes=(*_notes(source, pages), *scans.notes, *paper.notes),
        conflicts=disagreements,
    )


def _paper(main: str | None, pages: dict[str, Pages], scans: Scans) -> Paper:
    """Read the main file; what a machine read first is less sure."""
    if main is None:
        return Paper("")
    if main not in scans.pages:
        return fields.read_paper(pages[main], f"{'pdf' if pages[main].counted else 'docx'}:{main}")
    paper = fields.read_paper(pages[main], f"ocr:{main}")
    for name, each in paper.found.items():
        paper.found[name] = replace(each, confidence=round(each.confidence * _MACHINE, 2))
    return paper


def _pages(source: Source, stack: ExitStack) -> dict[str, Pages]:
    found: dict[str, Pages] = {}
    for file in source.files[:_FILES]:
        if file.type == "application/pdf" and file.stored:
            path = Path(source.scratch) / (file.plain or file.stored)
            pages = stack.enter_context(lines.opened_pdf(path))
            if pages is not None:
                found[file.path] = pages
        elif file.type == docx.TYPE and file.stored:
            page = docx.page_of(Path(source.scratch) / (file.plain or file.stored))
            if page is not None:
                found[file.path] = lines.of_pages((page,))
    return found


def _main(pages: dict[str, Pages]) -> str | None:
    """Take the file whose head is most surely an official document's; of equals, the first."""
    # Of a PDF and the Word file that it was made of, the PDF is what was signed.
    weights = {path: (_weight(each), each.counted) for path, each in pages.items() if each.has_text}
    return max(weights, key=lambda path: weights[path], default=None)


def _weight(pages: Pages) -> int:
    return fields.weight_of(pages.head, pages.title)


def _weak(source: Source, main: str | None) -> Iterator[Found]:
    yield subjects.of_subject(source.subject)
    yield subjects.of_cover(text.text for text in source.texts)
    yield from (subjects.of_name(file.name) for file in source.files if file.path == main)


def _enclosures(source: Source, main: str | None, found: Found) -> None:
    """Name the files that travel with the main one, before the appendices that it prints."""
    sent = [
        file.name for file in source.files
        if file.path != main and file.type not in _CARRIERS and not _holds(file, source.files)
    ]  # fmt: skip
    printed = found.get(FieldName.ENCLOSURES)
    if not sent or main is None:
        return
    names = "; ".join([*sent, *([printed.value] if printed else [])])[:_ENCLOSURES]
    base = printed or Field("", "files", 0.95)
    found[FieldName.ENCLOSURES] = replace(base, value=names, source="files")


# Forms of the carriage: nobody sent them for their own sake.
_CARRIERS = {
    "application/edxml+xml", "application/pkcs7-signature", "application/pkcs7-mime",
    "application/pgp-signature", "application/pgp-encrypted", "application/pgp-keys",
}  # fmt: skip


def _holds(file: File, files: tuple[File, ...]) -> bool:
    """Tell whether other files came out of this one: an archive is not what was sent."""
    return any(other.path.startswith(f"{file.path}.") for other in files)


def _urgency(source: Source, paper: Paper) -> Urgency:
    """Take the highest of stamp and edXML priority (Điều 11.5)."""
    stated = packets.urgency_of(source.edxml) if source.edxml else None
    return max((paper.urgency, stated or Urgency.NORMAL), key=lambda one: one.rank)


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
