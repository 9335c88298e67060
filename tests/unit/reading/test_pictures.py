"""Where pictures lie on a page, whatever else is drawn there."""

import io
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from mailbridge.reading.lines import opened_pdf
from mailbridge.reading.pictures import Pictures


def seen(tmp_path: Path, *boxes: tuple[float, float, float, float]) -> Pictures:
    spool = io.BytesIO()
    canvas = Canvas(spool, pagesize=(600, 800))
    canvas.drawString(50, 700, "Kinh gui")
    for left, bottom, width, height in boxes:
        image = ImageReader(Image.new("L", (8, 8)))
        canvas.drawImage(image, left, bottom, width, height)
    canvas.save()
    (tmp_path / "a.pdf").write_bytes(spool.getvalue())
    with opened_pdf(tmp_path / "a.pdf") as pages:
        assert pages is not None
        return pages.pictures


def test_a_picture_over_half_the_page_is_a_scan(tmp_path: Path) -> None:
    assert seen(tmp_path, (0, 0, 600, 500)) == Pictures(is_scan=True)
    assert not seen(tmp_path, (0, 0, 600, 300)).is_scan


def test_what_may_be_a_stamp_is_placed_once(tmp_path: Path) -> None:
    (box,) = seen(tmp_path, (80, 690, 130, 30), (80, 690, 130, 30)).stamps
    assert box == pytest.approx((80, 690, 210, 720), abs=0.1)


def test_what_is_too_small_for_a_word_is_no_stamp(tmp_path: Path) -> None:
    assert seen(tmp_path, (80, 690, 10, 30), (80, 600, 100, 5)) == Pictures()
