"""The calendar file: what is wrong in it is told in one sentence."""

from pathlib import Path

import pytest

from mailbridge.model.calendar import Season
from mailbridge.settings.calendar_file import CalendarFileError, read

SHIPPED = Path(__file__).parents[3] / "config" / "calendar.toml"


def test_the_shipped_file_is_read_whole() -> None:
    data = read(SHIPPED)
    assert [row for row in data.days if not row.confirmed]
    assert all(row.source for row in data.days)
    assert data.seasons == (Season((1, 1)),)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[day]]\ndate = 2026-01-02\nkind = 'free'\nsource = 'x'", "day[0].kind"),
        ("[[day]]\ndate = 2026-02-30\nkind = 'off'\nsource = 'x'", "TOML"),
        ("[[day]]\ndate = 2026-01-02\nkind = 'off'\nsource = ''", "day[0].source"),
        ("[[season]]\nsince = '13-01'", "season[0].since"),
        ("[[dya]]\n", "dya"),
        ("[[day]]\ndate=2026-01-02\nkind='off'\nsource='x'\n" * 2, "hai dòng"),
    ],
)
def test_a_fault_names_its_place(text: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "calendar.toml").write_text(text, encoding="utf-8")
    with pytest.raises(CalendarFileError) as fault:
        read(tmp_path / "calendar.toml")
    assert told in str(fault.value)
    assert "calendar.toml" in str(fault.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CalendarFileError, match="none"):
        read(tmp_path / "none.toml")
