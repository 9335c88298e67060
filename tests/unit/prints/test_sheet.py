"""Sheets for other programs hold every row, and no cell of a mail is ever a formula."""

import csv
import io
import json
import zipfile

import pytest

from mailbridge.prints.sheet import HEADINGS, as_csv, as_json_lines, as_xlsx, disarmed
from tests.unit.prints.volumes import NOW, row

FORMULAS = ("=1+1", "+84", "-5", "@SUM(A1)", "\t=1", "\r\n=1", "＝1", " =1", "\u200b=cmd|' /c'!A0")


def _parts(octets: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(octets)) as opened:
        return {name: opened.read(name).decode() for name in opened.namelist()}


def test_no_cell_of_a_workbook_is_a_formula_a_link_or_a_number() -> None:
    hostile = [row(at, summary=text) for at, text in enumerate((*FORMULAS, "http://x.vn", "007"))]
    parts = _parts(as_xlsx(hostile, "Sổ", NOW))
    page = parts["xl/worksheets/sheet1.xml"]
    assert "<f>" not in page
    assert "hyperlink" not in page
    assert not any("externalLink" in name for name in parts)
    strings = parts["xl/sharedStrings.xml"]
    assert "=1+1" in strings
    assert ">007<" in strings
    assert all(heading in strings for heading in HEADINGS.values())


def test_days_of_a_workbook_are_days_and_the_same_rows_make_the_same_octets() -> None:
    made = as_xlsx([row(1, issued="2026-11-23"), row(2, issued="0001-01-01")], "Sổ", NOW)
    # 23/11/2026 as Excel counts days.
    assert "<v>46349</v>" in _parts(made)["xl/worksheets/sheet1.xml"]
    assert made == as_xlsx([row(1, issued="2026-11-23"), row(2, issued="0001-01-01")], "Sổ", NOW)


@pytest.mark.parametrize("text", FORMULAS)
def test_a_cell_of_csv_never_begins_like_a_formula(text: str) -> None:
    assert disarmed(text).startswith("'")
    written = as_csv([row(1, summary=text)]).decode("utf-8-sig")
    for line in csv.reader(io.StringIO(written)):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝")) for cell in line)


def test_csv_says_utf_8_to_excel_and_keeps_every_row_whole() -> None:
    rows = [row(at, summary='a, "b"; c\nd') for at in range(1, 4)]
    octets = as_csv(rows, delimiter=";")
    assert octets.startswith(b"\xef\xbb\xbf")
    head, *lines = csv.reader(io.StringIO(octets.decode("utf-8-sig")), delimiter=";")
    assert head == list(HEADINGS.values())
    assert [line[0] for line in lines] == ["1", "2", "3"]
    assert lines[0][6] == 'a, "b"; c d'
    assert not as_csv(rows, mark=False).startswith(b"\xef\xbb\xbf")


def test_json_lines_are_one_object_a_row_with_moments_of_vietnam() -> None:
    lines = as_json_lines([row(1), row(2, summary="a\nb", is_void=True)]).decode().splitlines()
    first, second = map(json.loads, lines)
    assert first["arrived"] == "2026-11-24T09:00:00+07:00"
    assert (second["summary"], second["void"]) == ("a\nb", True)
