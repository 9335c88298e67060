"""Phiếu kết quả kiểm tra văn bản điện tử (Điều 10.1): the stored evidence of one mail, on paper."""

from collections.abc import Iterator
from datetime import datetime

from reportlab.lib import colors
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer, Table, TableStyle

from mailbridge.clock import in_vietnam
from mailbridge.model.directory import CertificateRole
from mailbridge.model.evidence import Evidence, Finding, Integrity, Level, Seal, Trust, Verdict
from mailbridge.model.parcel import SealForm
from mailbridge.model.reading import FieldName
from mailbridge.model.sheet import EvidenceSheet
from mailbridge.prints.letterhead import letterhead
from mailbridge.prints.pages import WIDTH, digest, document, grid, heading, words

TITLE = "PHIẾU KẾT QUẢ KIỂM TRA VĂN BẢN ĐIỆN TỬ"
VERDICTS = {
    Verdict.LEGAL: "CÓ GIÁ TRỊ PHÁP LÝ TƯƠNG ĐƯƠNG VĂN BẢN GIẤY",
    Verdict.REFERENCE: "CHỈ CÓ GIÁ TRỊ THAM KHẢO",
    Verdict.UNDETERMINED: "CHƯA KIỂM TRA ĐƯỢC",
    Verdict.FAILED: "KHÔNG BẢO ĐẢM",
}
LEVELS = {
    Level.OK: "Đạt",
    Level.NOTE: "Ghi nhận",
    Level.WARN: "Lưu ý",
    Level.FAIL: "Không đạt",
    Level.UNCHECKED: "Chưa kiểm tra",
}
_ROLES = {
    CertificateRole.SEAL: "cơ quan",
    CertificateRole.PERSON: "cá nhân",
    CertificateRole.MAILBOX: "hộp thư",
}
_FORMS = {
    SealForm.SMIME: "Thư (S/MIME)",
    SealForm.CMS: "Tệp (CMS)",
    SealForm.OPENPGP: "OpenPGP",
    SealForm.PADES: "PDF (PAdES)",
    SealForm.TIMESTAMP: "Dấu thời gian",
    SealForm.XMLDSIG: "XML",
    SealForm.DKIM: "Máy chủ (DKIM)",
    SealForm.ARC: "Máy chủ (ARC)",
}
_INTEGRITY = {
    Integrity.INTACT: "nguyên vẹn",
    Integrity.BROKEN: "đã bị thay đổi",
    Integrity.UNVERIFIABLE: "không kiểm tra được",
}
_TRUST = {
    Trust.TRUSTED: "tin cậy",
    Trust.UNTRUSTED: "không tin cậy",
    Trust.UNKNOWN: "chưa rõ",
}
_WHY = (Level.FAIL, Level.UNCHECKED, Level.WARN, Level.OK)


def evidence_sheet(sheet: EvidenceSheet) -> bytes:
    """Print one stored record as PDF; nothing is judged anew."""
    footer = f"Lập từ hồ sơ kiểm tra {sheet.record.sequence} của thư {sheet.row.id} trong sổ thư"
    return document(TITLE.capitalize(), footer, lambda: list(_flow(sheet)))


def _flow(sheet: EvidenceSheet) -> Iterator[Flowable]:
    evidence = sheet.record.examination.opened.evidence
    yield letterhead(sheet.own, sheet.above, sheet.printed_at)
    yield Spacer(0, 7 * mm)
    yield words(TITLE, 14, bold=True, centred=True)
    yield words("(Điều 4, Điều 6 và Điều 10 của Quy định)", 10.5, centred=True)
    yield Spacer(0, 4 * mm)
    yield _verdict(evidence)
    yield heading("1. Văn bản")
    yield grid((), [(words(a, 9.5, bold=True), b) for a, b in _subject(sheet)], (3, 9))
    yield heading("2. Nội dung kiểm tra")
    yield _checks(evidence.findings)
    if evidence.seals:
        yield heading("3. Chữ ký số")
        yield _seals(evidence.seals)
    files = sheet.record.examination.opened.files
    if files:
        yield heading("4. Tệp và mã băm SHA-256")
        rows = [
            (file.name, f"{file.size:,}".replace(",", "."), digest(file.sha256)) for file in files
        ]
        yield grid(("Tên tệp", "Byte", "Mã băm SHA-256"), rows, (4, 2, 6))
    yield heading("5. Căn cứ kiểm tra")
    yield grid((), [(words(a, 9.5, bold=True), b) for a, b in _grounds(sheet)], (3, 9))
    if len(sheet.history) > 1:
        yield heading("6. Các lần kiểm tra")
        yield _history(sheet)
    yield Spacer(0, 6 * mm)
    yield KeepTogether(_signature())


def _verdict(evidence: Evidence) -> Table:
    """Say one of the four words in a box: what was never judged is not checked, and never good."""
    found = evidence.verdict or Verdict.UNDETERMINED
    lines: list[Paragraph] = [
        words("Kết luận", 10.5, centred=True),
        words(VERDICTS[found], 14, bold=True, centred=True),
    ]
    for level in _WHY:
        texts = [one.text for one in evidence.findings if one.level is level]
        if texts:
            lines += [words(line, 10, centred=True) for line in dict.fromkeys(texts[:2])]
            break
    table = Table([[lines]], [WIDTH])
    thick = 1.8 if found is Verdict.FAILED else 1.2
    table.setStyle(
        TableStyle(
            [
                ("BOX", (0, 0), (-1, -1), thick, colors.black),
                ("TOPPADDING", (0, 0), (-1, -1), 6),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 9),
            ]
        )
    )
    return table


def _subject(sheet: EvidenceSheet) -> Iterator[tuple[str, str]]:
    row, entered = sheet.row, sheet.document
    reading = sheet.record.examination.reading
    yield "Cơ quan gửi", (entered.agency_name if entered else "") or "(không có trong danh bạ)"
    yield "Hộp thư gửi", row.sender
    yield "Số và ký hiệu", reading.value(FieldName.SYMBOL) or "(không đọc được)"
    yield "Ngày văn bản", _day(reading.value(FieldName.DATE))
    yield "Thể loại", reading.value(FieldName.TYPE) or "(không đọc được)"
    yield "Trích yếu", reading.value(FieldName.SUMMARY) or row.subject or "(không có)"
    yield "Người ký", reading.value(FieldName.SIGNER) or "(không đọc được)"
    number = str(entered.number) if entered and entered.number else "chưa vào sổ"
    yield "Số đến", number
    yield "Nhận lúc", _moment(row.first_seen)


def _checks(findings: tuple[Finding, ...]) -> Table:
    once = dict.fromkeys((one.text, LEVELS[one.level], one.cites) for one in findings)
    rows = [(str(at), *line) for at, line in enumerate(once, 1)]
    rows = [(at, what, words(level, 9.5, bold=True), cites) for at, what, level, cites in rows]
    return grid(("TT", "Nội dung", "Kết quả", "Căn cứ"), rows, (0.9, 6.6, 2.1, 2.4))


def _seals(seals: tuple[Seal, ...]) -> Table:
    rows = []
    for seal in seals:
        signer = seal.signer
        who = [words(signer.name if signer else "(không rõ)", 9.5, bold=True)]
        if signer is not None:
            facts = (("Nơi cấp", signer.issuer), ("Số hiệu", signer.serial))
            who += [words(f"{label}: {value}", 9) for label, value in facts if value]
        if signer is not None and signer.fingerprint:
            kind = "khóa" if seal.form is SealForm.DKIM else "chứng thư số"
            who += [words(f"Vân tay {kind} (SHA-256):", 9), digest(signer.fingerprint)]
        state = [f"Toàn vẹn: {_INTEGRITY[seal.integrity]}", f"Chứng thư số: {_TRUST[seal.trust]}"]
        state.append(f"Của: {_ROLES[seal.role]}" if seal.role else "Chưa gắn với cơ quan gửi")
        if seal.time is not None:
            source = "dấu thời gian" if seal.time_source == "timestamp" else "tự khai"
            state.append(f"Ký lúc {_moment(seal.time)} ({source})")
        rows.append((_FORMS[seal.form], who, [words(line, 9) for line in state]))
    return grid(("Dạng", "Người ký", "Kết quả"), rows, (1.9, 6.4, 3.7))


def _grounds(sheet: EvidenceSheet) -> Iterator[tuple[str, str | list[Paragraph]]]:
    evidence = sheet.record.examination.opened.evidence
    yield "Kiểm tra lúc", _moment(sheet.record.recorded_at)
    yield (
        "Thời điểm ký tính từ",
        f"dấu thời gian hợp lệ, hoặc lúc nhận: {_moment(sheet.row.first_seen)}",
    )
    yield "Thư (SHA-256)", [digest(sheet.row.fingerprint or "")]
    yield "Gốc tin cậy", [digest(one) for one in evidence.roots] or "(không có)"
    yield "Danh sách thu hồi", [digest(one) for one in evidence.crls] or "(không có)"
    yield "Công cụ", ", ".join(f"{name} {version}" for name, version in evidence.tools.items())
    yield "Hồ sơ này (SHA-256)", [digest(sheet.record.digest)]


def _history(sheet: EvidenceSheet) -> Table:
    rows = [
        (str(sequence), _moment(at), VERDICTS[verdict or Verdict.UNDETERMINED].capitalize())
        for sequence, at, verdict in sheet.history
    ]
    return grid(("Lần", "Lúc", "Kết luận"), rows, (1, 4, 7))


def _signature() -> list[Flowable]:
    table = Table(
        [["", [words("VĂN THƯ", 11, bold=True, centred=True),
               words("(Ký, ghi rõ họ tên)", 10, centred=True), Spacer(0, 18 * mm)]]],
        [WIDTH * 0.55, WIDTH * 0.45],
    )  # fmt: skip
    return [table]


def _day(iso: str | None) -> str:
    try:
        return datetime.fromisoformat(iso or "").strftime("%d/%m/%Y")
    except ValueError:
        return iso or "(không đọc được)"


def _moment(at: datetime) -> str:
    return in_vietnam(at).strftime("%d/%m/%Y %H:%M:%S (+07:00)")
