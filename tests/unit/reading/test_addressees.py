"""Kính gửi: one, many, over several lines."""

from mailbridge.reading.addressees import addressees_of, listed
from tests.unit.reading.placed import page

BODY = (113.0, 590.0, "Văn phòng đề nghị các cơ quan thực hiện những việc sau đây theo quy định")


def test_one_addressee_over_two_lines() -> None:
    found = page((150, 640, "Kính gửi: Các đảng ủy xã,"), (212, 624, "phường trong tỉnh"), BODY)
    assert addressees_of(found) == ("Các đảng ủy xã, phường trong tỉnh",)


def test_a_list_below_the_words_of_address() -> None:
    found = page(
        (150, 654, "Kính gửi:"), (212, 638, "- Ban Tổ chức;"), (212, 622, "- Ủy ban Kiểm tra"),
        (212, 606, "Tỉnh ủy."), BODY,
    )  # fmt: skip
    assert addressees_of(found) == ("Ban Tổ chức", "Ủy ban Kiểm tra Tỉnh ủy")


def test_a_text_that_sends_something_along_addresses_nobody() -> None:
    assert addressees_of(page((113, 600, "Nay kính gửi dự thảo"))) == ()


def test_items_without_marks_end_where_their_signs_say_so() -> None:
    assert listed(["Như trên;", "Ban Tổ chức Tỉnh ủy,", "Văn phòng;"]) == (
        "Như trên",
        "Ban Tổ chức Tỉnh ủy, Văn phòng",
    )
