"""Facts of what we send, as letters have them; everybody in it is invented."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from mailbridge.model.letter import (
    AnswerFacts,
    DigestFacts,
    DocumentFacts,
    FileFact,
    Letter,
    LetterFacts,
    LetterKind,
    Party,
    RecallFacts,
    ReminderFacts,
    Section,
    SentFile,
)
from mailbridge.model.reading import Urgency

NOW = datetime(2026, 3, 2, 1, 14, 7, tzinfo=UTC)
BY = Party("H28.02", "Văn phòng Huyện ủy Mẫu", "van.thu@hungyen.gov.vn")
TO = Party("H28.01", "Tỉnh ủy Ví Dụ", "vanthu@vidu.gov.vn")
OTHER = Party("H28.03", "Đảng ủy xã Thí Dụ", "xa@hungyen.gov.vn")

DOCUMENT = DocumentFacts(
    exchange=1,
    document_key="H28.02,2026/03/02,12-CV/HU",
    business="0",
    symbol="12-CV/HU",
    issued=date(2026, 3, 2),
    type="Công văn",
    summary="báo cáo công tác quý I",
    urgency=Urgency.NORMAL,
    files=(SentFile("Công văn 12.pdf", 5, "ab" * 32, "application/pdf"),),
    by=BY,
    to=TO,
    recipients=(TO, OTHER),
    made_at=NOW,
    number="12",
    notation="CV/HU",
    place="Mẫu",
    signer="Trần Thị Mẫu",
    position="Bí thư",
    ground="bên gửi không có kết nối mạng thông tin diện rộng của Đảng",
    due=date(2026, 3, 16),
    answer_by=NOW + timedelta(days=1),
)
RECALL = RecallFacts(
    exchange=1,
    recall_id="r1",
    document_key=DOCUMENT.document_key,
    symbol=DOCUMENT.symbol,
    issued=DOCUMENT.issued,
    summary=DOCUMENT.summary,
    files=(FileFact("Công văn 12.pdf", 5, "ab" * 32),),
    by=BY,
    to=TO,
    reason="ban hành nhầm thể thức",
    message_id="mb.x@hungyen.gov.vn",
    made_at=NOW,
    number="431/2026",
)
REMINDER = ReminderFacts(
    document_key=DOCUMENT.document_key,
    symbol=DOCUMENT.symbol,
    issued=DOCUMENT.issued,
    summary=DOCUMENT.summary,
    by=BY,
    to=TO,
    sent_at=NOW,
    due=NOW + timedelta(days=1),
    message_id="mb.x@hungyen.gov.vn",
)
DIGEST = DigestFacts(
    title="Tình hình văn bản điện tử buổi sáng",
    agency=BY.name,
    at=NOW,
    since=NOW - timedelta(hours=12),
    headline="Sáng 02/03: 1 văn bản đi chờ phản hồi",
    sections=(Section("Văn bản đi", ("Số", "Nơi nhận"), (("12-CV/HU", TO.name),)),),
)
ANSWER = AnswerFacts(
    title="Đã gửi văn bản 12-CV/HU",
    lines=("Nơi nhận: Tỉnh ủy Ví Dụ",),
    accepted=True,
    message_id="clerk@hungyen.gov.vn",
    subject="Công văn quý I",
)
FACTS: dict[LetterKind, LetterFacts] = {
    LetterKind.DOCUMENT: DOCUMENT,
    LetterKind.RECALL: RECALL,
    LetterKind.REMINDER: REMINDER,
    LetterKind.DIGEST: DIGEST,
    LetterKind.ANSWER: ANSWER,
}


def letter(kind: LetterKind, **more: Any) -> Letter:
    """Owe one of them."""
    given: dict[str, Any] = {"facts": FACTS[kind], "urgent": False, **more}
    return Letter(
        id="mb." + "a" * 52,
        kind=kind,
        mailbox="vanthu",
        to=TO.address,
        owed_at=NOW,
        not_before=NOW,
        **given,
    )
