"""One invented mail as the reader meets it: subject, texts, files, header."""

import io
import zipfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from mailbridge.model.edxml import EdxmlHeader
from mailbridge.model.errors import Reason
from mailbridge.model.parcel import File, Text
from mailbridge.model.slot import Fingerprint
from mailbridge.reading import lines as lines_of
from mailbridge.reading import secrecy_search

WIDTH, HEIGHT = A4
_PDF = "application/pdf"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Attached:
    """A file as sent; without octets its content could not be opened."""

    name: str
    octets: bytes = b""
    type: str = _PDF


@dataclass(frozen=True)
class Case:
    """What one mail says, and the mark that it bears, if any."""

    what: str
    mark: str | None = None
    subject: str = ""
    texts: tuple[tuple[str, str], ...] = ()
    attached: tuple[Attached, ...] = ()
    edxml: str = ""
    others: tuple[str, ...] = field(default=())


def found(case: Case, scratch: Path) -> str | None:
    """Search a case as the reader does."""
    stored = []
    for number, each in enumerate(case.attached):
        (scratch / str(number)).write_bytes(each.octets)
        refused = None if each.octets else Reason.ENCRYPTED
        stored.append(
            File(
                path=str(number),
                name=each.name,
                name_sent=each.name,
                size=len(each.octets),
                sha256=Fingerprint(""),
                type=each.type,
                declared=each.type,
                refused=refused,
                stored=str(number) if each.octets else "",
            )
        )
    texts = tuple(Text(str(at), kind, text) for at, (kind, text) in enumerate(case.texts))
    header = EdxmlHeader("document", subject=case.edxml) if case.edxml else None
    with ExitStack() as stack:
        pages = {}
        for file in stored:
            if file.type == _PDF and file.stored:
                opened = stack.enter_context(lines_of.opened_pdf(scratch / file.stored))
                if opened is not None:
                    pages[file.path] = opened
        return secrecy_search.find(case.subject, texts, tuple(stored), scratch, header, pages)


@dataclass(frozen=True)
class Put:
    """Words at a place of a page: `x` is their middle where they are centred."""

    x: float
    y: float
    words: str
    size: float = 13
    centred: bool = False
    bold: bool = False
    turned: float = 0
    framed: bool = False


def sheet(*pages: list[Put], field_value: str = "") -> bytes:
    """Print pages; the same puts give the same octets."""
    _ready()
    spool = io.BytesIO()
    canvas = Canvas(spool, pagesize=A4, invariant=1)
    for number, page in enumerate(pages):
        for put in page:
            _print(canvas, put)
        if field_value and number == 0:
            canvas.acroForm.textfield(name="field", value=field_value, x=60, y=90, width=120)
        canvas.showPage()
    canvas.save()
    return spool.getvalue()


def _ready() -> None:
    folder = files("font_source_serif_pro") / "files"
    for face, style in (("CaseSerif", "Regular"), ("CaseSerif-Bold", "Bold")):
        if face not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(face, str(folder / f"SourceSerifPro-{style}.ttf")))


def _print(canvas: Canvas, put: Put) -> None:
    face = "CaseSerif-Bold" if put.bold else "CaseSerif"
    canvas.saveState()
    canvas.setFont(face, put.size)
    canvas.translate(put.x, put.y)
    canvas.rotate(put.turned)
    width = pdfmetrics.stringWidth(put.words, face, put.size)
    start = -width / 2 if put.centred else 0
    canvas.drawString(start, 0, put.words)
    if put.framed:
        canvas.rect(start - 6, -put.size * 0.35, width + 12, put.size * 1.4)
    canvas.restoreState()


def head(number: str, stamp: list[Put] | None = None) -> list[Put]:
    """Print the head of a Party's office, and a stamp if any."""
    return [
        Put(150, 780, "TỈNH ỦY HƯNG YÊN", 13, centred=True),
        Put(430, 780, "ĐẢNG CỘNG SẢN VIỆT NAM", 13, centred=True, bold=True),
        Put(150, 762, "VĂN PHÒNG", 13, centred=True, bold=True),
        Put(150, 748, "*", 13, centred=True),
        Put(150, 732, f"Số {number}-CV/VPTU", 13, centred=True),
        Put(430, 732, "Hưng Yên, ngày 20 tháng 11 năm 2026", 13, centred=True),
        *(stamp or []),
    ]


def lines(text: str, width: float, *, top: float, centre: bool, size: float = 14) -> list[Put]:
    """Break a text at a width, as a title or as a paragraph."""
    _ready()
    puts: list[Put] = []
    row = ""
    for word in [*text.split(), ""]:
        longer = f"{row} {word}".strip()
        if word and pdfmetrics.stringWidth(longer, "CaseSerif", size) <= width:
            row = longer
            continue
        x = WIDTH / 2 if centre else 80
        puts.append(Put(x, top - 18 * len(puts), row, size, centred=centre, bold=centre))
        row = word
    return puts


def docx(*paragraphs: str, header: str = "", box: str = "", cells: tuple[str, ...] = ()) -> bytes:
    """Write a Word file with what stamps and lists are made of there."""

    def para(text: str) -> str:
        half = len(text) // 2
        runs = (text[:half], text[half:])
        inner = "".join(
            f'<w:r><w:t xml:space="preserve">{each}</w:t></w:r>' for each in runs if each
        )
        return f"<w:p>{inner}</w:p>"

    table = "".join(f"<w:tc>{para(cell)}</w:tc>" for cell in cells)
    boxed = f"<w:p><w:r><w:pict><v:textbox><w:txbxContent>{para(box)}</w:txbxContent></v:textbox>"
    boxed += "</w:pict></w:r></w:p>"
    body = "".join(map(para, paragraphs)) + (
        f"<w:tbl><w:tr>{table}</w:tr></w:tbl>" if cells else ""
    )
    spool = io.BytesIO()
    with zipfile.ZipFile(spool, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml", f"<w:document>{boxed if box else ''}{body}</w:document>"
        )
        if header:
            archive.writestr("word/header1.xml", f"<w:hdr>{para(header)}</w:hdr>")
    return spool.getvalue()


def word_file(name: str, octets: bytes) -> Attached:
    """Attach a Word file."""
    return Attached(name, octets, _DOCX)
