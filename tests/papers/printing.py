"""Sheets printed as PDF, in the ways in which programs write letters into one."""

import ctypes
import functools
import io
import math
import random
import re
import unicodedata
from importlib.resources import files

import pypdfium2
import pypdfium2.raw as pdfium
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from mailbridge.demo.pages import BOLD, REGULAR
from mailbridge.mime import legacy_fonts
from tests.papers.looks import Look
from tests.papers.sheets import HEIGHT, WIDTH, Rule, Run, Sheet

_LEAN = 0.2
_LOUD, _LOUD_BOLD = "OldCapitals", "OldCapitals-Bold"
_IDENTIFIER = re.compile(rb"(/ID\[<)([0-9A-F]+)><[0-9A-F]+")
_AFTER_BLANK = re.compile(r"(?<=[ \u00a0])")
_TURNS = {90: (0, 1, -1, 0, HEIGHT, 0), 270: (0, -1, 1, 0, 0, WIDTH)}


def printed(sheet: Sheet, chance: random.Random) -> bytes:
    """Print a sheet; the same sheet and chance give the same octets."""
    spool, look = io.BytesIO(), sheet.look
    if look.old_font:
        _ready_old_fonts()
    canvas = Canvas(spool, pageCompression=0, invariant=1)
    for runs, rules in zip(sheet.pages, sheet.rules, strict=True):
        canvas.setPageSize((WIDTH, HEIGHT))
        if look.turned:
            canvas.setPageRotation(look.turned)
            canvas.transform(*_TURNS[look.turned])
        _rules(canvas, rules)
        if runs is sheet.pages[0]:
            _across(canvas, sheet.watermarks)
        for run in _ordered(runs, look, chance):
            _write(canvas, run, look, chance)
        canvas.showPage()
    canvas.save()
    octets = _renamed(spool.getvalue()) if look.old_font else spool.getvalue()
    return _finished(octets, sheet)


def _rules(canvas: Canvas, rules: list[Rule]) -> None:
    for rule in rules:
        if rule.height:
            canvas.rect(rule.x, rule.y, rule.width, rule.height)
        else:
            canvas.line(rule.x, rule.y, rule.x + rule.width, rule.y)


def _across(canvas: Canvas, words: list[str]) -> None:
    for text in words:
        canvas.saveState()
        canvas.translate(WIDTH / 2, HEIGHT / 2)
        canvas.rotate(50)
        canvas.setFillGray(0.85)
        canvas.setFont(BOLD, 90)
        canvas.drawCentredString(0, 0, text)
        canvas.restoreState()


def _ordered(runs: list[Run], look: Look, chance: random.Random) -> list[Run]:
    """Put runs in the order in which the program writes them."""
    if look.order == "columns":
        return sorted(runs, key=lambda run: run.block in {"right", "signature"})
    if look.order == "backwards":
        return runs[::-1]
    if look.order == "shuffled":
        mixed = list(runs)
        chance.shuffle(mixed)
        return mixed
    # By rows, as people read, whatever the columns: the worst for whoever trusts the order.
    return sorted(runs, key=lambda run: (-round(run.y), run.x))


def _write(canvas: Canvas, run: Run, look: Look, chance: random.Random) -> None:
    text = unicodedata.normalize("NFD" if look.decomposed else "NFC", run.text)
    # A scanner's layer of text knows no weights.
    face = BOLD if run.bold and look.emission != "layer" else REGULAR
    if look.old_font:
        text, face = _old(run)
    if look.hard_spaces:
        text = "".join("\u00a0" if c == " " and chance.random() < 0.4 else c for c in text)
    at = run.x
    pieces = _pieces(text, look.emission, chance, decomposed=look.decomposed)
    if run.stretch:
        # A stretched blank ends its piece: fonts of many octets have no word spacing.
        pieces = [one for piece in pieces for one in _AFTER_BLANK.split(piece)]
    for piece in pieces:
        _piece(canvas, run, look, face, (at, piece), chance)
        at += _long(piece, face, run.size, look) + run.stretch * sum(c in " \u00a0" for c in piece)


@functools.cache
def _old_letters() -> dict[str, str]:
    """Letters as TCVN3 fonts have them; the capitals of these fonts are a font of their own."""
    pairs = {octet: legacy_fonts.tcvn(bytes([octet])) for octet in range(0xA1, 0xFF)}
    return {letter: chr(octet) for octet, letter in pairs.items() if letter.isalpha()}


def _old(run: Run) -> tuple[str, str]:
    loud = run.text.isupper()
    text = unicodedata.normalize("NFC", run.text.lower() if loud else run.text)
    known = _old_letters()
    text = "".join(known.get(letter, known.get(letter.lower(), letter)) for letter in text)
    if loud:
        return text, _LOUD_BOLD if run.bold else _LOUD
    return text, BOLD if run.bold else REGULAR


@functools.cache
def _ready_old_fonts() -> None:
    folder = files("font_source_serif_pro") / "files"
    for face, style in ((_LOUD, "Light"), (_LOUD_BOLD, "Semibold")):
        pdfmetrics.registerFont(TTFont(face, str(folder / f"SourceSerifPro-{style}.ttf")))


def _renamed(octets: bytes) -> bytes:
    """Name the fonts as those of TCVN3 are named, in as many letters."""
    for style, name in (("Light", ".VnTimeH,"), ("Semibold", ".VnTimeH,Bold,"),
                        ("Regular", ".VnTime,"), ("Bold", ".VnTime,Bold,")):  # fmt: skip
        old = f"SourceSerifPro-{style}".encode()
        octets = octets.replace(old, name.encode().ljust(len(old), b"M"))
    return octets


def _pieces(text: str, emission: str, chance: random.Random, *, decomposed: bool) -> list[str]:
    """Cut a line as the program does; marks stay with their letters."""
    if emission == "lines" and not decomposed:
        return [text]
    letters: list[str] = []
    for letter in text:
        if letters and unicodedata.combining(letter):
            letters[-1] += letter
        else:
            letters.append(letter)
    pieces: list[str] = []
    for letter in letters:
        blank = letter in {" ", "\u00a0"}
        if decomposed:
            # The typeface gives its marks a width: no letter may follow one in the same piece.
            pieces.append(letter)
            continue
        begins = {
            "words": blank or (pieces != [] and pieces[-1][-1] in " \u00a0"),
            "layer": blank or (pieces != [] and pieces[-1][-1] in " \u00a0"),
            "letters": True,
        }.get(emission, chance.random() < 0.15)
        if begins or not pieces:
            pieces.append(letter)
        else:
            pieces[-1] += letter
    return pieces


def _piece(
    canvas: Canvas,
    run: Run,
    look: Look,
    face: str,
    placed: tuple[float, str],
    chance: random.Random,
) -> None:
    x, text = placed
    if look.emission in {"words", "layer"} and not text.strip(" \u00a0"):
        # These programs write no blanks at all.
        return
    size, squeeze = run.size, look.squeeze
    y = run.y + math.tan(math.radians(look.lean)) * (x - WIDTH / 2)
    if look.emission == "layer":
        # What recognised the letters guesses their size and line word by word.
        size *= chance.uniform(0.93, 1.06)
        squeeze *= run.size / size
        y += chance.uniform(-0.7, 0.7)
    for shift in (0.0, 0.35) if look.struck else (0.0,):
        line = canvas.beginText()
        line.setFont(face, size)
        line.setHorizScale(squeeze)
        line.setTextTransform(1, 0, _LEAN if run.slanted else 0, 1, x + shift, y)
        line.setTextRenderMode(3 if look.emission == "layer" else 0)
        line.textOut(text)
        canvas.drawText(line)


def _long(text: str, face: str, size: float, look: Look) -> float:
    composed = unicodedata.normalize("NFC", text)
    return float(pdfmetrics.stringWidth(composed, face, size)) * look.squeeze / 100


def _finished(octets: bytes, sheet: Sheet) -> bytes:
    """Stamp what is stamped later, and move the box of the page."""
    if not sheet.stamped and sheet.look.offset == (0.0, 0.0):
        return octets
    document = pypdfium2.PdfDocument(octets)
    moved = (0.0, 0.0) if sheet.look.turned else sheet.look.offset
    try:
        page = document[0]
        for x, y, text, size in sheet.stamped:
            _stamp(document, page, (x + moved[0], y + moved[1], size), text)
        page.close()
        if moved != (0.0, 0.0):
            for page in document:
                dx, dy = moved
                matrix = pypdfium2.PdfMatrix().translate(dx, dy)
                for thing in page.get_objects(max_depth=1):
                    thing.transform(matrix)
                page.set_mediabox(dx, dy, dx + WIDTH, dy + HEIGHT)
                page.gen_content()
                page.close()
        spool = io.BytesIO()
        document.save(spool)
        # The library gives each saving an identifier of its own.
        return _IDENTIFIER.sub(rb"\1\2><\2", spool.getvalue())
    finally:
        document.close()


def _stamp(
    document: pypdfium2.PdfDocument,
    page: pypdfium2.PdfPage,
    where: tuple[float, float, float],
    text: str,
) -> None:
    x, y, size = where
    annotation = pdfium.FPDFPage_CreateAnnot(page, pdfium.FPDF_ANNOT_STAMP)
    box = pdfium.FS_RECTF(x - 1, y + size, x + size * len(text) * 0.6, y - 3)
    pdfium.FPDFAnnot_SetRect(annotation, box)
    thing = pdfium.FPDFPageObj_NewTextObj(document, b"Times-Roman", size)
    encoded = (text + "\0").encode("utf-16-le")
    pdfium.FPDFText_SetText(
        thing, ctypes.cast(ctypes.create_string_buffer(encoded), ctypes.POINTER(ctypes.c_ushort))
    )
    pdfium.FPDFPageObj_Transform(thing, 1, 0, 0, 1, x, y)
    pdfium.FPDFAnnot_AppendObject(annotation, thing)
    pdfium.FPDFPage_CloseAnnot(annotation)
