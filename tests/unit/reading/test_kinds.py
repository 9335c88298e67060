"""Kinds of documents by name and by abbreviation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.reading.kinds import kind_named, kind_of_notation, kind_of_title


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("BÁO CÁO", ("Báo cáo", True)),
        ("B Á O   C Á O", ("Báo cáo", True)),
        ("GIẤY UỶ QUYỀN", ("Giấy ủy quyền", True)),
        ("CHƯƠNG TRÌNH HÀNH ĐỘNG", ("Chương trình", False)),
        ("THÔNG BÁO KẾT LUẬN", ("Thông báo", False)),
        ("QUYẾT ĐỊNH:", None),
        ("Báo cáo", None),
        ("BÁO VÀ PHÁT THANH, TRUYỀN HÌNH", None),
        ("BAN TỔ CHỨC", None),
        ("KẾ HOẠCH" + " DÀI" * 30, None),
    ],
)
def test_a_title_names_its_kind(title: str, kind: tuple[str, bool] | None) -> None:
    assert kind_of_title(title) == kind


@pytest.mark.parametrize(
    ("notation", "kind"),
    [
        ("CV/VPTU", "Công văn"),
        ("QĐ-UBND", "Quyết định"),
        ("CTr/ĐU", "Chương trình"),
        ("2020/NĐ-CP", "Nghị định"),
        ("BNV-VP", None),
        ("", None),
    ],
)
def test_a_notation_may_bear_an_abbreviation(notation: str, kind: str | None) -> None:
    assert kind_of_notation(notation) == kind


def test_what_another_program_names_is_known_in_any_spelling() -> None:
    assert kind_named("CONG VAN") == "Công văn"
    assert kind_named("hướng  dẫn") == "Hướng dẫn"
    assert kind_named("khác") is None


@given(st.text(max_size=200))
def test_no_text_fails(text: str) -> None:
    kind_of_title(text)
    kind_of_title(text.upper())
    kind_of_notation(text)
    kind_named(text)
