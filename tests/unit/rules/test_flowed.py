"""A flowed text is read in the lines that its writer ended."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.rules.flowed import NARROWEST, joined, may_go_on

LONG = "trả lại: văn bản không thuộc thẩm quyền giải quyết của cơ quan chúng "


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        (f"{LONG}\ntôi\nAn", f"{LONG}tôi\nAn"),
        (f"{LONG.strip()}\nAnh Bình", f"{LONG.strip()}\nAnh Bình"),
        (f"{LONG}\n\nAnh Bình", f"{LONG}\n\nAnh Bình"),
        (f"{LONG}\n{LONG}\ntôi", f"{LONG}{LONG}tôi"),
        # Too short for a program: the space is the writer's.
        ("gửi nhầm \nAnh Bình", "gửi nhầm \nAnh Bình"),
        (f"{LONG}\n-- \nAn", f"{LONG}\n-- \nAn"),
        (f"> {LONG}\n> tôi", f"> {LONG}tôi"),
        (f">{LONG}\n>tôi", f"> {LONG}tôi"),
        (f"> {LONG}\ntôi", f"> {LONG}\ntôi"),
        (f"{LONG}\n> tôi", f"{LONG}\n> tôi"),
        (" From An\n > x", "From An\n> x"),
    ],
)
def test_lines_are_joined_where_a_program_broke_them(text: str, whole: str) -> None:
    assert joined(text, del_sp=False) == whole


def test_the_space_goes_with_delsp() -> None:
    assert joined(f"{LONG}x \ny\n", del_sp=True) == f"{LONG}xy\n"


@given(st.text("a >-\n", max_size=200), st.booleans())
def test_no_word_is_lost(text: str, del_sp: bool) -> None:
    assert joined(text, del_sp=del_sp).count("a") == text.count("a")


def test_no_program_breaks_a_line_where_more_fitted() -> None:
    assert may_go_on("x" * (NARROWEST - 1), "y z")
    assert not may_go_on("x" * (NARROWEST - 2), "y z")
    assert not may_go_on("x" * 90, " ")
