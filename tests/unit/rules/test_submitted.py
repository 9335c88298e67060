"""Wishes are read at the beginning of a mail, and nothing is guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.model.reading import FieldName, Urgency
from mailbridge.model.sending import NumberWish
from mailbridge.rules.submitted import Wishes, wishes


def test_wishes_stand_at_the_beginning() -> None:
    text = "Hạn: 30/11/2026\nLý do: máy chủ bảo trì\nĐộ khẩn: hoả tốc\nSố: đã có\nMã hóa: có\n"
    assert wishes(text) == Wishes(
        ground="máy chủ bảo trì",
        due=date(2026, 11, 30),
        urgency=Urgency.EXPRESS,
        number=NumberWish.PRINTED,
        encrypt=True,
    )


@pytest.mark.parametrize(
    "text",
    ["", "Kính gửi các đồng chí,\nHạn: 30/11/2026", "> Hạn: 30/11/2026", "Hạn 30/11/2026"],
)
def test_what_is_no_wish_says_nothing(text: str) -> None:
    assert wishes(text) == Wishes()


@pytest.mark.parametrize("line", ["Hạn: mai", "Hạn: 31/02/2026", "Độ khẩn: gấp lắm", "Số: 12"])
def test_what_is_not_understood_is_told(line: str) -> None:
    assert wishes(f"{line}\nVẫn gửi: đồng ý").odd == (line,)
    assert wishes(f"{line}\nVẫn gửi: đồng ý").overrule == "đồng ý"


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    assert isinstance(wishes(text), Wishes)


def test_what_the_document_lacks_can_be_written_in_lines() -> None:
    said = wishes("Ngày: 24/11/2026\nTrích yếu: về việc họp\nSố ký hiệu: 12-CV/ĐU\nHạn: 2026-11-30")
    assert dict(said.fields) == {
        FieldName.DATE: "2026-11-24",
        FieldName.SUMMARY: "về việc họp",
        FieldName.SYMBOL: "12-CV/ĐU",
    }
    assert said.due == date(2026, 11, 30)
    assert wishes("Ngày: hôm nay").odd == ("Ngày: hôm nay",)
