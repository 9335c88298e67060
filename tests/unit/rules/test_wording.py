"""Words compare without accents, case and places of tone marks."""

from mailbridge.rules.wording import folded, has_words


def test_old_and_new_tone_marks_are_one() -> None:
    assert folded("Hoả  tốc") == folded("hỏa tốc") == folded("HOA TOC")
    assert folded("Đảng uỷ") == "dang uy"


def test_words_are_whole() -> None:
    assert has_words("về ngân sách", "Ngân sách")
    assert not has_words("về ngân sáchh", "ngân sách")
