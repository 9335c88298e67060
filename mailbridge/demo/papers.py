"""Invented official documents as PDFs, in the layout of the Party's or the State's offices."""

import hashlib
import io
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reportlab.lib.units import mm
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFStream
from reportlab.pdfgen.canvas import Canvas

from mailbridge.demo.pages import FOOT, LEFT, RIGHT, WIDTH, Pen

_MID_LEFT = LEFT + 32 * mm
_MID_RIGHT = RIGHT - 46 * mm


class Family(StrEnum):
    """Whose rules of layout a paper follows: Hướng dẫn 05-HD/VPTW, or Nghị định 30/2020/NĐ-CP."""

    PARTY = "party"
    STATE = "state"


@dataclass(frozen=True, slots=True)
class Paper:
    """An official document (văn bản) before it is printed; empty fields are left out."""

    number: str
    # Without its number: "CV/VPTU" of the Party, "VPUB-TH" of the State.
    notation: str
    day: date
    summary: str
    family: Family = Family.PARTY
    superior: str = "TỈNH ỦY HƯNG YÊN"
    issuer: str = "VĂN PHÒNG"
    place: str = "Hưng Yên"
    # Printed name of the kind, such as "QUYẾT ĐỊNH"; a công văn prints none.
    type_name: str = ""
    addressees: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    prefix: str = ""
    position: str = "CHÁNH VĂN PHÒNG"
    signer: str = "Trần Thị Ví Dụ"
    recipients: tuple[str, ...] = ("Như trên,",)
    archive: str = "Lưu Văn phòng."
    # "KHẨN", "THƯỢNG KHẨN", "HOẢ TỐC"; "MẬT", "TỐI MẬT", "TUYỆT MẬT".
    urgency: str = ""
    secrecy: str = ""
    pages: int = 1

    @property
    def symbol(self) -> str:
        """Number and notation as printed: "123-CV/VPTU" or "123/VPUB-TH"."""
        return self.number + ("-" if self.family is Family.PARTY else "/") + self.notation

    @property
    def file_name(self) -> str:
        """A name such as clerks give: the symbol without what file systems refuse."""
        return self.symbol.replace("/", "-") + ".pdf"


def pdf(paper: Paper, size: int = 0) -> bytes:
    """Print the paper; noise that does not compress is attached until it has about `size` octets.

    The same paper gives the same octets.
    """
    plain = _printed(paper, 0)
    return plain if len(plain) >= size else _printed(paper, size - len(plain))


def _printed(paper: Paper, noise: int) -> bytes:
    spool = io.BytesIO()
    canvas = Canvas(spool, pageCompression=1, invariant=1)
    canvas.setTitle(paper.summary)
    pen = Pen(canvas)
    _head(pen, paper)
    _title(pen, paper)
    _body(pen, paper)
    _foot(pen, paper)
    for number in range(2, paper.pages + 1):
        pen.turn()
        pen.paragraph(f"Phụ lục kèm theo, trang {number}. " + paper.summary)
    if noise:
        # An entry of the catalogue that viewers skip: inside the file, and on no page.
        canvas.setCatalogEntry("SpiderInfo", _noise(noise))
    canvas.save()
    return spool.getvalue()


def _head(pen: Pen, paper: Paper) -> None:
    """Boxes 1 to 4: whose paper it is, its number, place and day."""
    party = paper.family is Family.PARTY
    pen.y -= 12
    pen.centred(_MID_LEFT, paper.superior, 14 if party else 12)
    if party:
        pen.centred(_MID_RIGHT, "ĐẢNG CỘNG SẢN VIỆT NAM", 14, bold=True, rule=True)
    else:
        pen.centred(_MID_RIGHT, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 11, bold=True)
    pen.y -= 16
    pen.centred(_MID_LEFT, paper.issuer, 14 if party else 12, bold=True, rule=not party)
    if party:
        pen.y -= 14
        pen.centred(_MID_LEFT, "*", 14)
    else:
        pen.centred(_MID_RIGHT, "Độc lập - Tự do - Hạnh phúc", 12, bold=True, rule=True)
        pen.y -= 6
    pen.y -= 18
    pen.centred(_MID_LEFT, f"Số{'' if party else ':'} {paper.symbol}", 14 if party else 13)
    day = f"ngày {paper.day:%d} tháng {paper.day:%m} năm {paper.day:%Y}"
    pen.centred(_MID_RIGHT, f"{paper.place}, {day}", 13, slanted=True)
    _stamps(pen, paper)


def _stamps(pen: Pen, paper: Paper) -> None:
    """Boxes 5b and 10: the summary of a công văn, then frames of secrecy and urgency."""
    if not paper.type_name:
        for line in pen.split(f"V/v {paper.summary}", 12, 66 * mm):
            pen.y -= 14
            pen.centred(_MID_LEFT, line, 12, slanted=paper.family is Family.PARTY)
    for stamp in (paper.secrecy, paper.urgency):
        if stamp:
            pen.y -= 30
            pen.stamp(_MID_LEFT, stamp)


def _title(pen: Pen, paper: Paper) -> None:
    """Boxes 5a and 9a: name of the kind and summary, or to whom it goes."""
    pen.y -= 34
    if paper.type_name:
        pen.centred(WIDTH / 2, paper.type_name, 15, bold=True)
        for line in pen.split(paper.summary, 14, 130 * mm):
            pen.y -= 18
            pen.centred(WIDTH / 2, line, 14, bold=True)
        pen.y -= 12
        pen.centred(WIDTH / 2, "-----", 12)
        pen.y -= 24
    if len(paper.addressees) == 1:
        pen.text(LEFT + 20 * mm, f"Kính gửi: {paper.addressees[0]}", 14, slanted=True)
        pen.y -= 26
    elif paper.addressees:
        pen.text(LEFT + 20 * mm, "Kính gửi:", 14, slanted=True)
        for addressee in paper.addressees:
            pen.text(LEFT + 42 * mm, f"- {addressee}", 14)
            pen.y -= 18
        pen.y -= 8


def _body(pen: Pen, paper: Paper) -> None:
    for words in paper.body or (f"Văn bản mẫu {paper.summary}.",):
        pen.paragraph(words)


def _foot(pen: Pen, paper: Paper) -> None:
    """Boxes 7 and 9b: who signs, and who gets it."""
    if pen.y < FOOT + 150:
        pen.turn()
    pen.y -= 16
    top = pen.y
    party = paper.family is Family.PARTY
    pen.text(LEFT, "Nơi nhận:", 13 if party else 12, slanted=not party, rule=party)
    for line in (*paper.recipients, paper.archive):
        pen.y -= 15
        pen.text(LEFT, f"- {line}", 12 if party else 11)
    pen.y = top
    for line, bold in ((paper.prefix, party), (paper.position, True)):
        if line:
            pen.centred(_MID_RIGHT, line, 14, bold=bold)
            pen.y -= 17
    pen.y -= 62
    pen.centred(_MID_RIGHT, paper.signer, 14, bold=True)


def _noise(size: int) -> PDFStream:
    """Make a stream that does not compress."""
    block = hashlib.shake_256(b"noise").digest(min(size, 1 << 20))
    octets = (block * (size // len(block) + 1))[:size]
    return PDFStream(PDFDictionary({}), octets, filters=[])
