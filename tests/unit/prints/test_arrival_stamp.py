"""A view copy is made of pictures, says what it is, and bears the stamp where it was told to."""

import io
from pathlib import Path

import pypdfium2
import pytest

from mailbridge.model.errors import RefusedError
from mailbridge.model.slip import Drawn, Picture
from mailbridge.prints.arrival_stamp import view_copy
from tests.unit.prints.slip_samples import DIGEST, slip

SIZE = (595.0, 842.0)


def _drawn(folder: Path, free: tuple[float, float] | None, pages: int = 1) -> Drawn:
    pictures = []
    for at in range(pages):
        (folder / f"page-{at}.rgb").write_bytes(b"\xff" * (119 * 168 * 3))
        pictures.append(Picture(f"page-{at}.rgb", 119, 168, SIZE))
    return Drawn(tuple(pictures), pages, free)


def _texts(octets: bytes) -> list[str]:
    with pypdfium2.PdfDocument(io.BytesIO(octets)) as opened:
        return [page.get_textpage().get_text_bounded() for page in opened]


def test_the_stamp_says_what_the_decree_asks_and_the_foot_what_the_copy_is(tmp_path: Path) -> None:
    first, second = _texts(view_copy(slip(), _drawn(tmp_path, (10.0, 60.0), 2), tmp_path))
    for words in ("ĐẢNG ỦY PHƯỜNG VÍ DỤ", "ĐẾN", "Số: 431", "Ngày: 24/11/2026", "Chuyển: …",
                  "Số và ký hiệu HS: …"):  # fmt: skip
        assert words in first
        assert words not in second
    for page in (first, second):
        assert "Bản sao để xem" in page
        assert f"SHA-256 {DIGEST}" in page


def test_the_stamp_is_35_by_50_millimetres_and_stands_where_it_is_told(tmp_path: Path) -> None:
    octets = view_copy(slip(), _drawn(tmp_path, (10.0, 60.0)), tmp_path)
    with pypdfium2.PdfDocument(io.BytesIO(octets)) as opened:
        picture = opened[0].render(scale=2)
        line = picture.width * picture.n_channels
        rgb = bytes(picture.buffer)
    red = [
        (x / 2 / 72 * 25.4, y / 2 / 72 * 25.4)
        for y in range(picture.height)
        for x in range(picture.width)
        if rgb[y * picture.stride + x * 3 + 2] > 150 and rgb[y * picture.stride + x * 3] < 80
    ]
    assert line <= picture.stride
    across, down = sorted(x for x, _ in red), sorted(y for _, y in red)
    assert (across[0], across[-1]) == pytest.approx((10, 60), abs=0.6)
    assert (down[0], down[-1]) == pytest.approx((60, 95), abs=0.6)


def test_without_a_free_place_the_page_moves_down_and_nothing_is_covered(tmp_path: Path) -> None:
    octets = view_copy(slip(), _drawn(tmp_path, None), tmp_path)
    with pypdfium2.PdfDocument(io.BytesIO(octets)) as opened:
        assert opened[0].get_size()[1] > SIZE[1] + 35 / 25.4 * 72


def test_a_picture_that_is_a_link_or_not_whole_is_never_read(tmp_path: Path) -> None:
    drawn = _drawn(tmp_path, None)
    file = tmp_path / "page-0.rgb"
    file.write_bytes(b"\xff")
    with pytest.raises(RefusedError):
        view_copy(slip(), drawn, tmp_path)
    file.unlink()
    file.symlink_to("/etc/passwd")
    with pytest.raises(RefusedError, match="plain"):
        view_copy(slip(), drawn, tmp_path)


def test_nothing_active_is_in_a_copy(tmp_path: Path) -> None:
    octets = view_copy(slip(), _drawn(tmp_path, None), tmp_path)
    assert not any(word in octets for word in (b"/JavaScript", b"/AcroForm", b"/URI", b"/Annots"))
