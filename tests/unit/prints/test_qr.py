"""A QR code on paper has the squares that segno made, and its quiet zone."""

import io

import pypdfium2
import segno

from mailbridge.prints.pages import document
from mailbridge.prints.qr import qr_code

TEXT = "mailbridge:1\nDEMO.01,2026/11/23,12-CV/ĐU\nsha256:" + "ab12" * 16


def test_every_square_is_dark_or_light_as_it_was_made() -> None:
    matrix = segno.make(TEXT, error="m", micro=False, encoding="utf-8").matrix
    octets = document("T", "", lambda: [qr_code(TEXT, 300.0)])
    with pypdfium2.PdfDocument(io.BytesIO(octets)) as opened:
        picture = opened[0].render(scale=2, grayscale=True)
        grey, stride = bytes(picture.buffer), picture.stride
    rows = [grey[at * stride : at * stride + picture.width] for at in range(picture.height)]
    foot = 1500
    dark = [(x, y) for y in range(foot) for x in range(picture.width) if rows[y][x] < 128]
    left, top = min(x for x, _ in dark), min(y for _, y in dark)
    module = 600 / (len(matrix) + 8)
    found = [
        [rows[int(top + (y + 0.5) * module)][int(left + (x + 0.5) * module)] < 128
         for x in range(len(matrix))]
        for y in range(len(matrix))
    ]  # fmt: skip
    assert found == [[bool(one) for one in line] for line in matrix]
