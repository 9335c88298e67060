"""The sheet says what the record says, in the four words, whatever the mail wrote."""

import io
from dataclasses import replace

import pypdfium2
import pytest

from mailbridge.model.evidence import Coverage, Integrity, Seal, Signer, Trust, Verdict
from mailbridge.model.parcel import SealForm
from mailbridge.prints.evidence_sheet import VERDICTS, evidence_sheet
from tests.unit.prints.conftest import LONG, Sheets


def _text(octets: bytes) -> str:
    with pypdfium2.PdfDocument(io.BytesIO(octets)) as opened:
        return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in opened)


@pytest.mark.parametrize("verdict", Verdict)
def test_the_verdict_is_one_of_the_four_words(sheets: Sheets, verdict: Verdict) -> None:
    shown = _text(evidence_sheet(sheets(verdict)))
    assert VERDICTS[verdict] in shown
    assert "PHIẾU KẾT QUẢ KIỂM TRA VĂN BẢN ĐIỆN TỬ" in shown


def test_what_was_never_judged_is_not_shown_as_good(sheets: Sheets) -> None:
    shown = _text(evidence_sheet(sheets(None)))
    assert VERDICTS[Verdict.UNDETERMINED] in shown
    assert VERDICTS[Verdict.LEGAL] not in shown


def test_letterhead_checks_digests_and_history_are_there(sheets: Sheets) -> None:
    shown = _text(evidence_sheet(sheets()))
    for words in ("ĐẢNG CỘNG SẢN VIỆT NAM", "ĐẢNG ỦY PHƯỜNG VÍ DỤ", "Điều 6.2", "Trang 1/"):
        assert words in shown
    assert " ".join(LONG[at : at + 4] for at in range(0, 32, 4)) in shown
    assert "Các lần kiểm tra" in shown


def test_hostile_names_are_printed_and_obeyed_never(sheets: Sheets) -> None:
    hostile = "<para><font size=99>x</font>&amp;\u202e" + "A" * 5000
    shown = _text(evidence_sheet(sheets(name=hostile, summary=hostile)))
    assert "<font size=99>" in shown


def test_a_mail_of_many_findings_takes_more_pages(sheets: Sheets) -> None:
    assert "Trang 4/" in _text(evidence_sheet(sheets(findings=200)))


def test_a_servers_signature_is_shown_by_its_key_and_not_as_a_certificate(sheets: Sheets) -> None:
    sheet = sheets()
    examination = sheet.record.examination
    seal = Seal(
        SealForm.DKIM, "1", Integrity.INTACT, Coverage.WHOLE, Trust.TRUSTED,
        signer=Signer("hungyen.gov.vn", fingerprint=LONG, serial="k._domainkey.hungyen.gov.vn"),
    )  # fmt: skip
    unanswered = replace(seal, signer=Signer("b.vn", serial="k._domainkey.b.vn"))
    evidence = replace(examination.opened.evidence, seals=(seal, unanswered))
    examination = replace(examination, opened=replace(examination.opened, evidence=evidence))
    record = replace(sheet.record, examination=examination)
    shown = _text(evidence_sheet(replace(sheet, record=record)))
    assert "Máy chủ (DKIM)" in shown
    assert shown.count("Vân tay khóa") == 1
    assert "Nơi cấp" not in shown
