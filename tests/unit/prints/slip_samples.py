"""Slips about an invented document."""

from datetime import UTC, datetime

from mailbridge.model.directory import Agency
from mailbridge.model.document import Document, DocumentKey, DocumentState
from mailbridge.model.evidence import Verdict
from mailbridge.model.outcome import Number
from mailbridge.model.parcel import File
from mailbridge.model.reading import Field, FieldName, Reading, Urgency
from mailbridge.model.slip import Slip
from mailbridge.model.slot import Fingerprint
from mailbridge.model.status import StatusChange

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
DIGEST = "ab12" * 16


def slip(summary: str = "về việc thử nghiệm gửi, nhận văn bản điện tử", opinion: str = "") -> Slip:
    fields = {
        FieldName.TYPE: Field("Công văn", "main", 0.9),
        FieldName.SUMMARY: Field(summary, "main", 0.9),
        FieldName.ISSUER: Field("Văn phòng Tỉnh ủy Ví Dụ", "main", 0.9),
        FieldName.ADDRESSEES: Field("Các đảng ủy trực thuộc", "main", 0.9),
    }
    file = File("2", "cv.pdf", "cv.pdf", 9, Fingerprint(DIGEST), "application/pdf", "")
    document = Document(
        id=1, ledger=1, mailbox="vanthu", key=DocumentKey("DEMO.01", "12-CV/VPTU", "2026-11-23"),
        agency_name="Văn phòng Tỉnh ủy Ví Dụ", sender="a@b.vn", verdict=Verdict.LEGAL,
        state=DocumentState.REGISTERED, urgency=Urgency.URGENT, reading=Reading(fields, main="2"),
        files=(file,), received_at=NOW, number=Number("den", 2026, 431), entered_at=NOW,
    )  # fmt: skip
    change = StatusChange(
        1, "04", NOW, "Chánh văn phòng", unit="Ban Xây dựng Đảng", opinion=opinion
    )
    own = Agency("DEMO.02.07", "Đảng ủy phường Ví Dụ")
    key = "DEMO.01,2026/11/23,12-CV/VPTU"
    return Slip(own, "Tỉnh ủy Ví Dụ", document, key, NOW, (change,) if opinion else ())
