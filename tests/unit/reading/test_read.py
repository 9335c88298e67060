"""Everything that was opened becomes one reading; a mark of secrecy empties it."""

from datetime import date
from pathlib import Path

from mailbridge.demo.papers import Family, Paper, pdf
from mailbridge.model.edxml import EdxmlHeader
from mailbridge.model.limits import Limits
from mailbridge.model.parcel import File
from mailbridge.model.reading import FieldName, Reading, Urgency
from mailbridge.model.slot import Fingerprint
from mailbridge.reading.read import Source, read
from tests.papers.scanning import scanned

PAPER = Paper("123", "CV/VPTU", date(2026, 11, 24), "triển khai văn bản điện tử", urgency="KHẨN")


def reading(
    folder: Path,
    *papers: bytes,
    subject: str = "",
    name: str = "a.pdf",
    edxml: EdxmlHeader | None = None,
) -> Reading:
    files = []
    for number, octets in enumerate(papers, 1):
        (folder / f"f{number}").write_bytes(octets)
        kind = "application/pdf"
        files.append(
            File(
                str(number),
                name,
                name,
                len(octets),
                Fingerprint("00"),
                kind,
                kind,
                stored=f"f{number}",
            )
        )
    return read(Source(tuple(files), str(folder), (), subject, edxml, Limits()))


def test_a_party_document_is_read(tmp_path: Path) -> None:
    found = reading(tmp_path, pdf(PAPER))
    assert found.value(FieldName.SYMBOL) == "123-CV/VPTU"
    assert found.value(FieldName.DATE) == "2026-11-24"
    assert found.value(FieldName.SUMMARY) == "triển khai văn bản điện tử"
    assert found.urgency is Urgency.URGENT
    assert found.fields[FieldName.SYMBOL].source == "pdf:1"


def test_a_state_document_is_read(tmp_path: Path) -> None:
    paper = Paper(
        "45",
        "QĐ-UBND",
        date(2026, 11, 4),
        "ban hành Quy chế",
        family=Family.STATE,
        type_name="QUYẾT ĐỊNH",
    )
    found = reading(tmp_path, pdf(paper))
    assert found.value(FieldName.SYMBOL) == "45/QĐ-UBND"
    assert found.value(FieldName.TYPE) == "Quyết định"


def test_an_enclosure_before_the_document_is_not_the_document(tmp_path: Path) -> None:
    enclosure = pdf(Paper("", "", date(2026, 11, 4), "", type_name="PHỤ LỤC"))
    assert reading(tmp_path, enclosure, pdf(PAPER)).main == "2"


def test_a_header_that_disagrees_stays_visible(tmp_path: Path) -> None:
    header = EdxmlHeader("document", number="124", notation="CV/VPTU", subject="khác")
    found = reading(tmp_path, pdf(PAPER), edxml=header)
    field = found.fields[FieldName.NUMBER]
    assert (field.value, field.others) == ("124", ("123 (pdf:1)",))
    assert field.confidence < 0.6


def test_a_mark_of_secrecy_empties_the_reading(tmp_path: Path) -> None:
    secret = pdf(Paper("1", "BC/VPTU", date(2026, 11, 4), "x", type_name="BÁO CÁO", secrecy="MẬT"))
    for found in (
        reading(tmp_path, secret),
        reading(tmp_path, pdf(PAPER), secret),
        reading(tmp_path, pdf(PAPER), subject="[MẬT] công văn"),
        reading(tmp_path, pdf(PAPER), name="5 (Mật).pdf"),
    ):
        assert found.secrecy == "MẬT"
        assert found.fields == {}


def test_a_file_that_cannot_be_read_is_a_note(tmp_path: Path) -> None:
    found = reading(tmp_path, b"%PDF-1.4 junk")
    assert found.notes == ("Tệp a.pdf không đọc được.",)


def test_among_thirty_attachments_the_document_is_found_and_the_others_are_named(
    tmp_path: Path,
) -> None:
    enclosure = pdf(Paper("", "", date(2026, 11, 4), "", type_name="PHỤ LỤC"))
    found = reading(tmp_path, *[enclosure] * 29, pdf(PAPER))
    assert found.main == "30"
    assert found.value(FieldName.SYMBOL) == "123-CV/VPTU"
    assert found.fields[FieldName.ENCLOSURES].value == "; ".join(["a.pdf"] * 29)


def test_where_no_file_can_be_read_the_subject_speaks_softly(tmp_path: Path) -> None:
    found = reading(tmp_path, b"%PDF-1.4 junk", subject="Công văn số 5-CV/TU về việc rà soát")
    assert found.value(FieldName.SYMBOL) == "5-CV/TU"
    assert found.fields[FieldName.SUMMARY].confidence < 0.5


def test_a_subject_about_another_document_contradicts_nothing(tmp_path: Path) -> None:
    found = reading(tmp_path, pdf(PAPER), subject="Trả lời Công văn số 5-CV/TU")
    field = found.fields[FieldName.SYMBOL]
    assert (field.value, field.others) == ("123-CV/VPTU", ())
    assert found.conflicts == ()


def test_an_image_without_text_gives_nothing_and_says_why(tmp_path: Path) -> None:
    found = reading(tmp_path, scanned(pdf(PAPER), 1, level=0))
    assert found.fields == {}
    assert any("không có lớp chữ" in note for note in found.notes)


def test_five_hundred_pages_are_not_all_opened(tmp_path: Path) -> None:
    long = pdf(Paper("5", "BC/TU", date(2026, 11, 4), "thử", type_name="BÁO CÁO", pages=500))
    found = reading(tmp_path, long)
    assert found.value(FieldName.PAGES) == "500"
    assert found.value(FieldName.SIGNER) == "Trần Thị Ví Dụ"
