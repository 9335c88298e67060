"""One document and its parties; everybody in it is invented."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from mailbridge.edxml import outgoing, status
from mailbridge.letters.bodies import Edxml
from mailbridge.letters.compose import Sender
from mailbridge.letters.notices import notice
from mailbridge.letters.receipts import receipt
from mailbridge.model.document import Document, DocumentKey, DocumentState
from mailbridge.model.evidence import Verdict
from mailbridge.model.letter import Letter, Party, Stage
from mailbridge.model.outcome import Number
from mailbridge.model.parcel import File
from mailbridge.model.reading import Field, FieldName, Reading, Urgency
from mailbridge.model.slot import Fingerprint

EDXML = Edxml(status=status.write, document=outgoing.document, recall=outgoing.recall)

NOW = datetime(2026, 3, 2, 1, 14, 7, tzinfo=UTC)
SECRET = b"32 octets that only we know, yes"
BY = Party("H28.02", "Văn phòng Huyện ủy Mẫu", "van.thu@hungyen.gov.vn")
TO = Party("H28.01", "Tỉnh ủy Ví Dụ", "vanthu@vidu.gov.vn")
SENDER = Sender(BY.address, "Văn thư Huyện ủy Mẫu", BY.name, "hungyen.gov.vn", None)
MIC = "A" * 43 + "="
FILE = File(
    "1.2",
    "Công văn 125.pdf",
    "Công văn 125.pdf",
    181_204,
    Fingerprint("ab" * 32),
    "application/pdf",
    "application/pdf",
)
READING = Reading(
    {
        FieldName.SUMMARY: Field("V/v báo cáo công tác quý I", "1.2", 0.9),
        FieldName.TYPE: Field("Công văn", "1.2", 0.9),
    }
)
DOCUMENT = Document(
    id=7,
    ledger=3,
    mailbox="vanthu",
    key=DocumentKey("H28.01", "125-CV/TU", "2026-03-01"),
    agency_name="Tỉnh ủy Ví Dụ",
    sender="vanthu@vidu.gov.vn",
    verdict=Verdict.LEGAL,
    state=DocumentState.REGISTERED,
    urgency=Urgency.NORMAL,
    reading=READING,
    files=(FILE,),
    received_at=NOW,
    number=Number("den", 2026, 431),
    entered_at=NOW + timedelta(seconds=2),
    message_id="abc@vidu.gov.vn",
    subject="Công văn 125",
    mic=MIC,
)


def owed(
    stage: Stage, earlier: tuple[Letter, ...] = (), document: Document = DOCUMENT, **more: Any
) -> Letter:
    """Owe a receipt between the two parties."""
    terms: dict[str, Any] = {"by": BY, "to": TO, "secret": SECRET, "now": NOW, **more}
    return receipt(document, stage, earlier=earlier, **terms)


def passed_on(document: Document = DOCUMENT, **more: Any) -> Letter:
    """Owe a notice."""
    terms: dict[str, Any] = {
        "to": "truongphong@hungyen.gov.vn",
        "route_why": "văn bản của Tỉnh ủy do Phòng Tổng hợp xử lý",
        "mailbox": "vanthu",
        "secret": SECRET,
        "now": NOW,
        "not_before": NOW,
        "urgent": False,
    }
    return notice(document, **{**terms, **more})


def saying(subject: str, summary: str | None = None) -> Document:
    """Vary the words that come from the mail."""
    fields = dict(READING.fields)
    if summary is not None:
        fields[FieldName.SUMMARY] = Field(summary, "1.2", 0.9)
    return replace(DOCUMENT, subject=subject, reading=Reading(fields))
