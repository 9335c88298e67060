"""What a scanner makes of a paper: pictures of its pages, turned a little, with noise."""

import io
import random

import pypdfium2
from PIL import Image, ImageChops, ImageFilter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

DPI = 200
_POINTS = 72


def scanned(pdf: bytes, seed: int, *, level: float) -> bytes:
    """Print and scan a PDF: pages of pictures without text, the same for the same seed.

    `level` goes from 0, a clean scan, to 1, a bad one: turned by more than a degree, grey, blurred.
    """
    chance = random.Random(seed)
    document = pypdfium2.PdfDocument(pdf)
    spool = io.BytesIO()
    canvas = Canvas(spool, pageCompression=0, invariant=1)
    try:
        for page in document:
            width, height = page.get_size()
            picture = _worn(page.render(scale=DPI / _POINTS).to_pil(), chance, level)
            canvas.setPageSize((width, height))
            canvas.drawImage(ImageReader(_jpeg(picture, level)), 0, 0, width, height)
            canvas.showPage()
    finally:
        document.close()
    canvas.save()
    return spool.getvalue()


def _worn(picture: Image.Image, chance: random.Random, level: float) -> Image.Image:
    """Turn, shift, blur and dirty a page; stamps stay red."""
    colour = picture.convert("RGB")
    white = (255, 255, 255)
    turned = colour.rotate(
        chance.uniform(-1.2, 1.2) * level, Image.Resampling.BILINEAR, fillcolor=white
    )
    shift = (chance.randint(-12, 12), chance.randint(-12, 12))
    moved = Image.new("RGB", turned.size, white)
    moved.paste(turned, (round(shift[0] * level), round(shift[1] * level)))
    if level > 0:
        moved = moved.filter(ImageFilter.BoxBlur(0.9 * level))
    return _noisy(moved, chance, level)


def _noisy(picture: Image.Image, chance: random.Random, level: float) -> Image.Image:
    """Add the grain of a sensor, and specks of dust."""
    if level <= 0:
        return picture
    # Noise of a quarter of the page, laid four times: making it is what takes the time.
    size = (picture.width // 2 + 1, picture.height // 2 + 1)
    octets = chance.randbytes(size[0] * size[1])
    grain = Image.frombytes("L", size, octets).point(
        [round(v * 40 * level / 255) for v in range(256)]
    )
    tiled = Image.new("L", picture.size)
    for x in (0, size[0]):
        for y in (0, size[1]):
            tiled.paste(grain, (x, y))
    dirty = ImageChops.subtract(picture, tiled.convert("RGB"))
    for _ in range(round(60 * level)):
        x, y = chance.randrange(picture.width), chance.randrange(picture.height)
        dirty.paste((90, 90, 90), (x, y, x + chance.randint(1, 3), y + chance.randint(1, 3)))
    return dirty


def _jpeg(picture: Image.Image, level: float) -> io.BytesIO:
    spool = io.BytesIO()
    picture.save(spool, "JPEG", quality=round(90 - 30 * level), dpi=(DPI, DPI))
    spool.seek(0)
    return spool
