"""Scans: seconds a page, against tesseract alone, and what is right of what was read."""

import statistics
import subprocess
import time
from pathlib import Path

import pypdfium2

from benchmarks.report import Line, Report
from benchmarks.world import World
from mailbridge.isolation import tesseract
from mailbridge.model.ocr import Ocr
from mailbridge.model.reading import FieldName
from mailbridge.reading import fields, ocr, secrecy_search
from mailbridge.reading.lines import Pages
from tests.papers.papers import Known, paper
from tests.papers.scanning import scanned

# Papers that were not used while building, each printed and scanned a little worse than the last.
_PAPERS = 12
_LEVELS = (0.0, 0.3, 0.6, 1.0)
# What a clerk types first.
_KEY = (FieldName.NUMBER, FieldName.SYMBOL, FieldName.DATE, FieldName.TYPE, FieldName.SIGNER)


def measure(world: World, report: Report, papers: int = _PAPERS) -> None:
    """Read scanned papers at their ends, and the same pictures by tesseract alone."""
    program = tesseract.found()
    if program is None or not tesseract.reads_vietnamese(program):
        report.say("ocr: tesseract with its model 'vie' is not installed")
        return
    report.say(f"ocr: {papers} papers of the held-out set are printed, scanned and read")
    machine = ocr.Machine(Ocr(program, pages=10_000, seconds=120), wall=1e6)
    took: list[float] = []
    right, asked, key_right, key_asked = 0, 0, 0, 0
    place = world.folder / "scan.pdf"
    for index in range(papers):
        known = paper("held-out", index, for_scanner=True)
        place.write_bytes(scanned(known.pdf, index, level=_LEVELS[index % len(_LEVELS)]))
        before, begun = machine.pages, time.monotonic()
        found = _read(place, machine)
        took += [(time.monotonic() - begun) / (machine.pages - before)] * (machine.pages - before)
        good, of = _compared(known, found, tuple(known.truth))
        right, asked = right + good, asked + of
        good, of = _compared(known, found, _KEY)
        key_right, key_asked = key_right + good, key_asked + of
    alone = _alone(program, place, world.folder)
    mean = statistics.mean(took)
    how = f"{mean:.2f} / {alone:.2f} s a page at 300 dpi, one thread, niced; {len(took)} pages"
    report.add(Line("reading a scanned page / tesseract alone", mean / alone, 1.5, None, how))
    share = f"{right} of {asked} values; scans from clean to bad (levels {_LEVELS})"
    report.add(Line("% of values right after OCR", 100 * right / asked, None, None, share))
    share = f"{key_right} of {key_asked}: number, symbol, date, type, signer"
    report.add(Line("% of key values right after OCR", 100 * key_right / key_asked, how=share))


def _read(place: Path, machine: ocr.Machine) -> dict[FieldName, str]:
    document = pypdfium2.PdfDocument(place)
    count = len(document)
    document.close()
    pages = Pages(ocr.Scan(place, machine, count))
    for page in (pages.first, pages.last):
        secrecy_search.on_scan(page)
    return {name: each.value for name, each in fields.read_paper(pages, "ocr").found.items()}


def _compared(
    known: Known, found: dict[FieldName, str], names: tuple[FieldName, ...]
) -> tuple[int, int]:
    wanted = [name for name in names if known.truth.get(name)]
    return sum(found.get(name) == known.truth[name] for name in wanted), len(wanted)


def _alone(program: str, place: Path, folder: Path) -> float:
    """Time tesseract on the first page of the last paper, as somebody would call it by hand."""
    document = pypdfium2.PdfDocument(place)
    picture, _ = ocr.picture(document[0], folder)
    document.close()
    command = (program, str(picture), str(folder / "alone"), "-l", tesseract.LANGUAGE, "tsv")
    took = []
    for _ in range(3):
        begun = time.monotonic()
        environment = {"OMP_THREAD_LIMIT": "1", "PATH": "/usr/bin:/bin"}
        subprocess.run(command, check=True, capture_output=True, env=environment)
        took.append(time.monotonic() - begun)
    return statistics.median(took)
