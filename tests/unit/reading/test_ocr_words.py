"""Words that a machine found become rows, and a page that leans is turned back."""

import pytest

from mailbridge.reading.ocr_words import page_of

A4 = (595.0, 842.0)
SCALE = 300 / 72


def _tsv(*words: tuple[str, int, int, int]) -> str:
    head = "level\tpage\tblock\tpar\tline\tword\tleft\ttop\twidth\theight\tconf\ttext"
    rows = [
        f"5\t1\t{line}\t1\t1\t{at}\t{left}\t{top}\t{40 * len(text)}\t50\t90.0\t{text}"
        for at, (text, line, left, top) in enumerate(words)
    ]
    return "\n".join([head, *rows])


def test_words_of_one_line_are_one_row() -> None:
    page = page_of(_tsv(("TỈNH", 1, 300, 200), ("ỦY", 1, 500, 200)), A4, SCALE)
    assert page.lines == ("TỈNH ỦY",)
    assert page.rows[0].y == pytest.approx(842 - 250 / SCALE, abs=3)


def test_columns_of_one_level_are_one_row_with_a_wide_blank() -> None:
    page = page_of(
        _tsv(("MẬT", 1, 300, 200), ("Hưng", 2, 1500, 203), ("Yên", 2, 1700, 203)), A4, SCALE
    )
    (row,) = page.rows
    assert len(row.gaps(3.0)) == 1


def test_a_page_that_leans_is_turned_back() -> None:
    words = [
        ("mot", line, 200 + 300 * at, 300 + 200 * line + 6 * at)
        for line in (1, 2, 3)
        for at in range(7)
    ]
    assert page_of(_tsv(*words), A4, SCALE).lines == ("mot mot mot mot mot mot mot",) * 3


@pytest.mark.parametrize(
    "row", ["", "5\tx", "5" + "\tx" * 11, "5\t1\t1\t1\t1\t1\t1\t1\t1\t1\t3\tbẩn"]
)
def test_what_is_no_sure_word_is_left_out(row: str) -> None:
    assert page_of("head\n" + row, A4, SCALE).lines == ()


def test_the_word_of_heads_that_is_mistaken_most_is_mended() -> None:
    words = [
        ("TÌNH", 1, 300, 200),
        ("ỦY", 1, 520, 200),
        ("TÌNH", 2, 300, 400),
        ("HÌNH", 2, 520, 400),
    ]
    page = page_of(_tsv(*words, ("QC/ÐÐU", 3, 300, 600)), A4, SCALE)
    assert page.lines == ("TỈNH ỦY", "TÌNH HÌNH", "QC/ĐU")
