"""Rows as a person sees them, whatever wrote their words in what order."""

import time

from mailbridge.reading.rows import Word, rows_of, split
from tests.unit.reading.placed import page, words


def test_fragments_that_touch_are_one_word() -> None:
    pieces = [
        Word("Hư", 10, 22, 700, 11),
        Word("ng", 22.4, 34, 700, 11),
        Word("Yên", 38, 54, 700, 11),
    ]
    assert rows_of(pieces[::-1])[0].text == "Hưng Yên"


def test_a_line_that_leans_is_one_row_and_its_neighbour_another() -> None:
    leaning = [Word(f"a{n}", 40 * n, 40 * n + 20, 700 + n, 11) for n in range(12)]
    below = [Word(f"b{n}", 40 * n, 40 * n + 20, 685 + n, 11) for n in range(12)]
    assert [row.text[:2] for row in rows_of([*below, *leaning])] == ["a0", "b0"]


def test_a_line_struck_twice_is_read_once() -> None:
    twice = [*words(100, 700, "BÁO CÁO"), *words(100.5, 700, "BÁO CÁO")]
    assert rows_of(twice)[0].text == "BÁO CÁO"


def test_the_blank_between_columns_splits_a_row_and_blanks_between_words_do_not() -> None:
    row = rows_of([*words(90, 700, "TỈNH ỦY"), *words(330, 700, "ĐẢNG CỘNG SẢN")])[0]
    left, right = split(row, 262, 595)
    assert left
    assert right
    assert (left.text, right.text) == ("TỈNH ỦY", "ĐẢNG CỘNG SẢN")
    whole = rows_of(words(90, 700, "Kính gửi các cơ quan của tỉnh"))[0]
    assert split(whole, 262, 595) == (whole, None)


def test_a_blank_inside_the_right_column_does_not_split_it() -> None:
    row = rows_of([*words(305, 700, "Hà Nội, ngày"), *words(402, 700, "tháng 11")])[0]
    assert split(row, 290, 595) == (None, row)


def test_the_columns_of_a_head_are_told_apart() -> None:
    found = page((90, 780, "TỈNH ỦY"), (330, 780, "ĐẢNG CỘNG SẢN"), (90, 100, "foot"))
    assert (found.left, found.right) == (("TỈNH ỦY",), ("ĐẢNG CỘNG SẢN",))


def test_a_page_of_thousands_of_rows_is_gathered_in_a_moment() -> None:
    letters = [Word("a", 50 + at % 7, 56 + at % 7, at * 5.0, 4) for at in range(12_000)]
    started = time.process_time()
    assert len(rows_of(letters)) == len(letters)
    assert time.process_time() - started < 3
