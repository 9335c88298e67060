"""Pages are drawn whole, and the stamp's place has no ink."""

from pathlib import Path

import pytest

from mailbridge.model.errors import RefusedError
from mailbridge.model.slip import DrawRequest, Picture
from mailbridge.reading.page_pictures import draw, free
from tests.unit.provenance.samples import sealed

# A4 at one sample a millimetre.
A4 = (595.3, 841.9)


def _page(folder: Path, dark: list[tuple[int, int, int, int]]) -> Picture:
    samples = bytearray(b"\xf0" * (210 * 297 * 3))
    for left, top, right, below in dark:
        for y in range(top, below):
            samples[(y * 210 + left) * 3 : (y * 210 + right) * 3] = bytes((right - left) * 3)
    (folder / "page-0.rgb").write_bytes(samples)
    return Picture("page-0.rgb", 210, 297, A4)


def test_the_first_pages_are_drawn_as_samples(tmp_path: Path) -> None:
    file = tmp_path / "x.pdf"
    file.write_bytes(sealed())
    drawn = draw(DrawRequest(str(file), str(tmp_path), 3))
    (page,) = drawn.pages
    assert (tmp_path / page.file).stat().st_size == page.width * page.height * 3
    assert drawn.total == 1
    assert drawn.free is not None


def test_what_is_no_pdf_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "x.pdf"
    file.write_bytes(b"%PDF-1.7 none")
    with pytest.raises(RefusedError):
        draw(DrawRequest(str(file), str(tmp_path), 1))


def test_the_place_below_the_number_is_taken_when_it_is_free(tmp_path: Path) -> None:
    # Head, and a text that begins at 110 mm.
    found = free(_page(tmp_path, [(30, 20, 195, 60), (30, 110, 195, 280)]), tmp_path)
    assert found is not None
    left, top = found
    assert left < 70
    assert 60 <= top <= 110 - 35


def test_a_place_never_covers_ink(tmp_path: Path) -> None:
    found = free(_page(tmp_path, [(0, 0, 120, 297), (120, 0, 210, 50)]), tmp_path)
    assert found is not None
    assert found[0] >= 120
    assert found[1] >= 50


def test_a_full_page_has_no_place(tmp_path: Path) -> None:
    assert free(_page(tmp_path, [(5, 5, 205, 290)]), tmp_path) is None
    lines = [(20, at, 200, at + 2) for at in range(10, 290, 10)]
    assert free(_page(tmp_path, lines), tmp_path) is None
