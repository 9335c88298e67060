"""A printed book has every row in order under repeated headings, and nothing outside its page."""

import io
import re
from dataclasses import replace

import pypdfium2

from mailbridge.model.book_row import BookField, BookPrint
from mailbridge.prints.book import book
from tests.unit.prints.volumes import TEN, row, volume


def _pages(printed: BookPrint) -> list[str]:
    with pypdfium2.PdfDocument(io.BytesIO(book(printed))) as opened:
        return [page.get_textpage().get_text_bounded() for page in opened]


def _flat(page: str) -> str:
    return " ".join(page.split())


def test_every_row_stands_once_and_in_order() -> None:
    _, *pages = _pages(volume(*(row(at) for at in range(1, 301))))
    found = [int(one) for one in re.findall(r"(\d+)-CV/VPTU", " ".join(pages))]
    assert found == list(range(1, 301))


def test_headings_and_numbers_of_pages_are_on_every_page() -> None:
    cover, *pages = _pages(volume(*(row(at) for at in range(1, 101))))
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        shown = _flat(page)
        assert f"Trang {number}/{len(pages)}" in shown
        assert all(f"({column})" in shown for column in range(1, 11))
        assert "Tên loại và trích yếu" in shown
    assert f"Gồm {len(pages)} trang" in cover
    assert "Từ số 1 đến số 100 (100 dòng)" in cover


def test_there_is_room_to_sign_below_the_last_row() -> None:
    for count in range(1, 25):
        last = _pages(volume(*(row(at) for at in range(1, count + 1))))[-1]
        assert "NGƯỜI LẬP SỔ" in last
        assert f"Sổ này có {count} dòng" in last


def test_each_day_ends_with_its_number_and_the_digest_of_its_closing() -> None:
    printed = volume(row(1), row(2), row(31))
    digest = "ab" * 32
    shown = " ".join(_pages(replace(printed, closings={printed.rows[0].day: digest})))
    assert "Ngày 24/11/2026 có 2 văn bản." in shown
    assert "Ngày 25/11/2026 có 1 văn bản." in shown
    assert f"SHA-256 {digest}" in shown


def test_hostile_cells_are_words_and_stay_on_the_page() -> None:
    hostile = "<b>=cmd|'/c calc'!A0</b>\x00\u202egnp " + "W" * 590
    made = book(volume(*(row(at, summary=hostile, author=hostile) for at in range(1, 9))))
    with pypdfium2.PdfDocument(io.BytesIO(made)) as opened:
        assert "<b>=cmd|" in opened[1].get_textpage().get_text_bounded()
        for page in opened:
            text, (width, height) = page.get_textpage(), page.get_size()
            for at in range(text.count_rects()):
                left, bottom, right, top = text.get_rect(at)
                assert 0 < left < right < width
                assert 0 < bottom < top < height


def test_a_row_taller_than_a_page_goes_on_on_the_next() -> None:
    columns = (("Trích yếu", 5.0, BookField.SUMMARY), ("Rộng", 500.0, BookField.EMPTY))
    _, *pages = _pages(volume(row(1, summary="chữ " * 150), columns=columns))
    assert len(pages) > 2
    assert " ".join(pages).count("ữ") == 150


def test_what_is_void_is_still_read() -> None:
    assert "7-CV/VPTU" in _pages(volume(row(7, is_void=True)))[1]


def test_the_columns_of_a_party_office_are_printed_as_it_wants_them() -> None:
    columns = (("TT", 10.0, BookField.NUMBER), ("Nội dung", 90.0, BookField.ORIGIN))
    shown = _flat(_pages(volume(row(1), columns=columns))[1])
    assert "Công văn số 1-CV/VPTU ngày 23/11/2026 của Văn phòng Tỉnh ủy Ví Dụ" in shown
    assert "(3)" not in shown


def test_a_book_without_rows_says_so_and_the_same_facts_make_the_same_octets() -> None:
    assert "Không có văn bản nào" in _pages(volume())[0]
    assert book(volume(row(1))) == book(volume(row(1)))
    assert len(TEN) == 10
