"""Reading a paper of two and of two hundred pages, against taking the text of two pages alone."""

from dataclasses import replace
from pathlib import Path

import pypdfium2

from benchmarks.checks import median
from benchmarks.report import Line, Report
from benchmarks.world import World
from mailbridge.model.limits import Limits
from mailbridge.model.parcel import File
from mailbridge.model.reading import FieldName
from mailbridge.model.slot import Fingerprint
from mailbridge.reading.read import Source, read
from tests.papers.drafts import draft
from tests.papers.layout import laid_out
from tests.papers.looks import look
from tests.papers.printing import printed

# Milliseconds in which a paper is read.
_AIM, _EXCELLENT = 50.0, 25.0
_PAGES = (2, 200)
_TYPE = "application/pdf"


def measure(world: World, report: Report) -> None:
    """Measure the whole reading in this process, warm: marks of secrecy and all fields."""
    report.say("reading: papers of two and of two hundred pages")
    for pages in _PAGES:
        name = f"paper{pages}"
        path = world.folder / name
        path.write_bytes(_paper(pages))
        file = File("1", "a.pdf", "a.pdf", 1, Fingerprint("00"), _TYPE, _TYPE, stored=name)
        source = Source((file,), str(world.folder), (), "", None, Limits())
        if read(source).value(FieldName.SIGNER) is None:
            raise RuntimeError(f"the paper of {pages} pages was not read")
        ours = median(lambda s=source: read(s)) * 1000
        plain = median(lambda p=path: _two_pages(p)) * 1000
        how = f"text of two pages by pypdfium2 alone {plain:.1f} ms"
        report.add(Line(f"ms to read a PDF of {pages} pages", ours, _AIM, _EXCELLENT, how))
        report.add(Line(f"reading {pages} pages / text of two pages", ours / plain, how=how))


def _paper(pages: int) -> bytes:
    """Print an ordinary paper of so many pages."""
    made, chance = draft("build", 7)
    plain = replace(made, pages=pages, appendices=(), odd=frozenset())
    chosen = replace(look(chance, "build"), emission="lines", order="rows", turned=0)
    return printed(laid_out(plain, chosen, chance), chance)


def _two_pages(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return "".join(
            document[at].get_textpage().get_text_range() for at in (0, len(document) - 1)
        )
    finally:
        document.close()
