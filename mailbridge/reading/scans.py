"""Which files of a mail a machine must read, and what it found: pages, a mark of secrecy, notes."""

from dataclasses import dataclass, field
from pathlib import Path

from mailbridge.model.parcel import File
from mailbridge.reading import ocr, secrecy_search
from mailbridge.reading.lines import Pages, of_pages
from mailbridge.reading.ocr import Machine
from mailbridge.reading.ocr_stamps import stamps_on
from mailbridge.reading.secrecy_words import highest

_PDF = "application/pdf"
# A smaller picture is a logo in somebody's signature.
_PICTURE = 40_000


@dataclass(slots=True)
class Scans:
    """Pages by path of file, where no text of its own is there; notes are Vietnamese."""

    pages: dict[str, Pages] = field(default_factory=dict)
    marks: list[str | None] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def mark(self) -> str | None:
        """The highest mark of secrecy on what was read."""
        return highest(self.marks)


def read_by_machine(
    files: tuple[File, ...], scratch: Path, known: dict[str, Pages], machine: Machine
) -> Scans:
    """Read the scans among the files, one page at a time, until the machine is spent.

    A page with a layer of text that lies over a picture is looked at for its stamps, too: whoever
    made the layer may have left them out.
    """
    scans = Scans()
    for file in files:
        if not file.stored or file.refused:
            continue
        path = scratch / (file.plain or file.stored)
        if file.type == _PDF and file.path in known:
            _pdf(file, path, known[file.path], machine, scans)
        elif file.type in ocr.PICTURES and file.size >= _PICTURE and not machine.is_spent:
            _picture(file, path, machine, scans)
    return scans


def _pdf(file: File, path: Path, printed: Pages, machine: Machine, scans: Scans) -> None:
    bare = not printed.first.rows
    seen = printed.pictures
    if not bare and not seen.is_scan:
        scans.marks += map(secrecy_search.on_scan, stamps_on(path, seen.stamps, machine))
        return
    if machine.is_spent:
        scans.notes.append(f"Tệp {file.name} là bản chụp, máy chưa đọc (quá số trang của một thư).")
        return
    failed = machine.failed
    read = Pages(ocr.Scan(path, machine, printed.count))
    scans.marks += [secrecy_search.on_scan(page) for page in (read.first, read.last)]
    if machine.failed > failed:
        scans.notes.append(f"Tệp {file.name} là bản chụp, máy không đọc được hết.")
    if bare and read.has_text:
        scans.pages[file.path] = read
        scans.notes.append(f"Tệp {file.name} là bản chụp do máy đọc; đề nghị đối chiếu bản gốc.")


def _picture(file: File, path: Path, machine: Machine, scans: Scans) -> None:
    page = ocr.of_picture(path, machine)
    if page is None or not page.rows:
        return
    scans.marks.append(secrecy_search.on_scan(page))
    scans.pages[file.path] = of_pages((page,))
    scans.notes.append(f"Tệp {file.name} là ảnh do máy đọc; đề nghị đối chiếu bản gốc.")
