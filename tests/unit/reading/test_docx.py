"""Word documents: paragraphs, tables, tabs, and what is hostile in them."""

import zipfile
from pathlib import Path

from mailbridge.model.limits import Limits
from mailbridge.model.parcel import File
from mailbridge.model.reading import FieldName
from mailbridge.model.slot import Fingerprint
from mailbridge.reading import docx
from mailbridge.reading.read import Source, read

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def paragraph(text: str, *, bold: bool = False, centred: bool = False) -> str:
    weight = "<w:rPr><w:b/></w:rPr>" if bold else ""
    place = '<w:pPr><w:jc w:val="center"/></w:pPr>' if centred else ""
    runs = "<w:r><w:tab/></w:r>".join(
        f"<w:r>{weight}<w:t>{part}</w:t></w:r>" for part in text.split("\t")
    )
    return f"<w:p>{place}{runs}</w:p>"


def table(*cells: str) -> str:
    return f"<w:tbl><w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr></w:tbl>"


def written(path: Path, body: str, head: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "word/document.xml",
            f'{head}<w:document xmlns:w="{SPACE}"><w:body>{body}</w:body></w:document>',
        )
    return path


def centred(*lines: str) -> str:
    return "".join(paragraph(line, centred=True) for line in lines)


BODY = (
    table(
        centred("TỈNH ỦY HƯNG YÊN")
        + paragraph("VĂN PHÒNG", bold=True, centred=True)
        + centred("*", "Số 15-KH/VPTU"),
        centred("ĐẢNG CỘNG SẢN VIỆT NAM", "", "Hưng Yên, ngày 05 tháng 01 năm 2026"),
    )
    + paragraph("KẾ HOẠCH", bold=True, centred=True)
    + paragraph("về triển khai văn bản điện tử", bold=True, centred=True)
    + paragraph("Thực hiện Quy định số 217-QĐ/TW, Văn phòng đề nghị gửi trước ngày 15/3/2026.")
    + table(
        paragraph("Nơi nhận:") + paragraph("- Như trên;") + paragraph("- Lưu VP."),
        centred("CHÁNH VĂN PHÒNG", "", "", "Lê Thị An"),
    )
)


def values(folder: Path) -> dict[FieldName, str]:
    file = File("1", "a", "a", 1, Fingerprint("00"), docx.TYPE, docx.TYPE, stored="a.docx")
    found = read(Source((file,), str(folder), (), "", None, Limits()))
    return {name: field.value for name, field in found.fields.items()}


def test_a_head_in_a_table_and_a_foot_in_another_are_read(tmp_path: Path) -> None:
    written(tmp_path / "a.docx", BODY)
    found = values(tmp_path)
    assert found[FieldName.SYMBOL] == "15-KH/VPTU"
    assert found[FieldName.DATE] == "2026-01-05"
    assert found[FieldName.ISSUER] == "VĂN PHÒNG"
    assert found[FieldName.SUPERIOR] == "TỈNH ỦY HƯNG YÊN"
    assert found[FieldName.SUMMARY] == "về triển khai văn bản điện tử"
    assert found[FieldName.SIGNER] == "Lê Thị An"
    assert found[FieldName.POSITION] == "CHÁNH VĂN PHÒNG"
    assert found[FieldName.RECIPIENTS] == "Như trên"
    assert found[FieldName.DEADLINE] == "2026-03-15"
    assert FieldName.PAGES not in found


def test_a_head_of_tabs_has_two_columns(tmp_path: Path) -> None:
    head = paragraph("UBND TỈNH\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    head += paragraph("Số: 5/UBND-VP\tHà Nội, ngày 05 tháng 01 năm 2026")
    written(tmp_path / "a.docx", head + paragraph("Kính gửi: Các cơ quan"))
    found = values(tmp_path)
    assert found[FieldName.SYMBOL] == "5/UBND-VP"
    assert found[FieldName.PLACE] == "Hà Nội"


def test_hostile_packages_are_none(tmp_path: Path) -> None:
    entity = '<!DOCTYPE w [<!ENTITY a "b">]>'
    assert docx.page_of(written(tmp_path / "a", BODY, head=entity)) is None
    assert docx.page_of(written(tmp_path / "b", " " * (9 * 1024 * 1024))) is None
    (tmp_path / "c").write_bytes(b"PK\x03\x04 junk")
    assert docx.page_of(tmp_path / "c") is None
    with zipfile.ZipFile(tmp_path / "d", "w") as package:
        package.writestr("word/other.xml", "")
    assert docx.page_of(tmp_path / "d") is None


def test_tables_in_tables_have_an_end(tmp_path: Path) -> None:
    nested = "<w:tbl><w:tr><w:tc>" * 200 + paragraph("x") + "</w:tc></w:tr></w:tbl>" * 200
    page = docx.page_of(written(tmp_path / "a", nested))
    assert page
    assert [row.text for row in page.rows] == ["x"]
