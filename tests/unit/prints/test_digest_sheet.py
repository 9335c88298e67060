"""The tables of a digest as a workbook: every row, and no cell is a formula."""

import io
import zipfile

from mailbridge.model.letter import DigestFacts, Section
from mailbridge.prints.digest_sheet import write
from tests.unit.prints.volumes import NOW


def _parts(*sections: Section) -> dict[str, str]:
    facts = DigestFacts("Tình hình", "Huyện ủy Mẫu", NOW, NOW, "Sáng", sections, sheet=True)
    with zipfile.ZipFile(io.BytesIO(write(facts))) as opened:
        return {name: opened.read(name).decode() for name in opened.namelist()}


def test_a_formula_in_a_subject_is_text() -> None:
    parts = _parts(Section("Văn bản [1]: đến/đi", ("Số", "Trích yếu"), (("1", "=1+1"),)))
    assert "<f>" not in parts["xl/worksheets/sheet1.xml"]
    assert "=1+1" in parts["xl/sharedStrings.xml"]


def test_each_table_with_rows_has_its_page_and_the_others_none() -> None:
    full, empty = Section("Đến", ("Số",), (("1",),)), Section("Đi", ("Số",))
    pages = [name for name in _parts(full, empty, full) if "worksheets/sheet" in name]
    assert len(pages) == 2


def test_a_day_without_anything_is_a_workbook_all_the_same() -> None:
    assert "Sáng" in _parts()["xl/sharedStrings.xml"]
