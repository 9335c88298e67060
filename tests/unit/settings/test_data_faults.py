"""A fault in a file of data is told in Vietnamese, with its place and its cure."""

from pathlib import Path

import pytest

from mailbridge.settings import calendar_file, rules_file


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[paper]]\ncode = '1'", "paper[0].ground: còn thiếu"),
        ("answer = 'now'", "answer: phải là một trong 'same-day', 'next-morning', 'next-day'"),
        ("[[papers]]\n", "papers: khóa không có"),
        ("[[paper]]\ncode = ''\nground = 'x'", "paper[0].code: không được để trống"),
        ("[[handling]]\ndays = 0", "handling[0].days: phải từ 1 trở lên"),
        ("[[handling]]\ndays = 'x'", "handling[0].days: phải là số nguyên"),
    ],
)
def test_a_fault_of_the_rules_says_what_is_wanted(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "r.toml").write_text(text)
    with pytest.raises(rules_file.RulesFileError) as fault:
        rules_file.read(tmp_path / "r.toml")
    assert str(fault.value) == f"{tmp_path / 'r.toml'}: {told}; xem config/rules.toml."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[day]]\ndate = 'x'\nkind = 'off'\nsource = 'x'", "day[0].date: phải là ngày"),
        ("[[day]]\ndate = 2026-01-02\nkind = 'free'\nsource = 'x'", "phải là một trong 'off'"),
        ("[[season]]\nsince = '01-01'\nmorning = ['x', 'y']", "season[0].morning[0]: phải là giờ"),
    ],
)
def test_a_fault_of_the_calendar_says_what_is_wanted(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "c.toml").write_text(text)
    with pytest.raises(calendar_file.CalendarFileError) as fault:
        calendar_file.read(tmp_path / "c.toml")
    assert told in str(fault.value)
