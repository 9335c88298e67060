"""Scans read by a machine: first and last page, one at a time, as words with their places.

Pictures are made by pypdfium2 and read by tesseract with its Vietnamese model, in a child process
of the reader. What it reads is said to be machine-read, and is believed less than printed text.
"""

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from mailbridge.isolation import tesseract
from mailbridge.model.ocr import Ocr
from mailbridge.reading import ocr_words
from mailbridge.reading.rows import Page

DPI = 300
# A page as large as a house: rendering it would take gigabytes. A3 at 300 dpi has 17 million.
PIXELS = 20_000_000
POINTS = 72.0
# Page segmentation of tesseract(1): columns as they are; and words wherever they stand.
_COLUMNS, SPARSE = 3, 11
PICTURES = {"image/jpeg", "image/png", "image/tiff"}
# The sum of the pages of one mail ends before the reader's own time does.
_SHARE = 0.6


@dataclass(slots=True)
class Machine:
    """Reads pictures for one mail, until its pages or its time are used up."""

    ocr: Ocr
    wall: float
    pages: int = 0
    ends: float = 0.0
    # Pictures that it did not read: damaged, or too slow.
    failed: int = 0

    @property
    def is_spent(self) -> bool:
        """Tell whether this mail may have no more of it."""
        return self.pages >= self.ocr.pages or (self.ends > 0 and time.monotonic() >= self.ends)

    def read(self, picture: Path, size: tuple[float, float], scale: float, number: int) -> Page:
        """Read one picture; a page without words where it could not."""
        if self.is_spent or not tesseract.reads_vietnamese(self.ocr.program):
            return Page((), *size, number)
        self.pages += 1
        return self.words(picture, size, scale, _COLUMNS, number)

    def words(
        self,
        picture: Path,
        size: tuple[float, float],
        scale: float,
        layout: int,
        number: int = 0,
    ) -> Page:
        """Read a picture that is no page of its own, within the time of the mail."""
        now = time.monotonic()
        self.ends = self.ends or now + self.wall * _SHARE
        if now >= self.ends or not tesseract.reads_vietnamese(self.ocr.program):
            return Page((), *size, number)
        tsv = tesseract.words_in(
            self.ocr.program,
            picture,
            picture.with_name("words"),
            min(float(self.ocr.seconds), max(1.0, self.ends - now)),
            dpi=round(scale * POINTS),
            layout=layout,
        )
        self.failed += not tsv
        return ocr_words.page_of(tsv, size, scale, number)

    @staticmethod
    def write(drawn: pypdfium2.PdfBitmap, path: Path) -> None:
        """Write a grey picture as a Netpbm file."""
        octets, stride = bytes(drawn.buffer), drawn.stride
        rows = (octets[at * stride : at * stride + drawn.width] for at in range(drawn.height))
        path.write_bytes(b"P5 %d %d 255\n" % (drawn.width, drawn.height) + b"".join(rows))


class Scan:
    """The pages of a PDF as a machine reads them; each is read once, and only the ends are."""

    def __init__(self, path: Path, machine: Machine, count: int) -> None:
        self._path = path
        self._machine = machine
        self._read: dict[int, Page | None] = {}
        self.count = count

    def page(self, number: int) -> Page | None:
        """Read a page; None in the middle of the file."""
        if number not in {0, self.count - 1}:
            return None
        if number not in self._read:
            self._read[number] = _page(self._path, self._machine, number)
        return self._read[number]


def _page(path: Path, machine: Machine, number: int) -> Page | None:
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        return None
    with tempfile.TemporaryDirectory() as folder:
        try:
            page = document[number]
            size = page.get_size()
            drawn, scale = picture(page, Path(folder))
            page.close()
        except (pypdfium2.PdfiumError, IndexError, ValueError, OSError):
            return None
        finally:
            document.close()
        return machine.read(drawn, size, scale, number)


def picture(page: pypdfium2.PdfPage, folder: Path) -> tuple[Path, float]:
    """Draw a page in grey as a Netpbm file; gives it with the pixels of a point."""
    width, height = page.get_size()
    scale = min(DPI / POINTS, (PIXELS / max(width * height, 1.0)) ** 0.5)
    drawn = page.render(scale=scale, grayscale=True)
    try:
        path = folder / "page.pgm"
        Machine.write(drawn, path)
    finally:
        drawn.close()
    return path, scale


def of_picture(path: Path, machine: Machine) -> Page | None:
    """Read a file that is a picture itself; tesseract opens it, within the same walls."""
    with tempfile.TemporaryDirectory() as folder:
        linked = Path(folder) / "page"
        linked.symlink_to(path)
        # Its size on paper is unknown: a page of A4 is as good as any.
        return machine.read(linked, (595.0, 842.0), DPI / POINTS, 0)
