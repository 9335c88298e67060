"""What a printed sheet shows: a stored record of evidence with what it speaks of."""

from dataclasses import dataclass
from datetime import datetime

from mailbridge.model.directory import Agency
from mailbridge.model.document import Document
from mailbridge.model.evidence import Verdict
from mailbridge.model.records import EvidenceRecord, LedgerRow


@dataclass(frozen=True, slots=True)
class EvidenceSheet:
    """Phiếu kết quả kiểm tra văn bản điện tử: one examination of one mail, as it was recorded."""

    # Our own agency, and the one above it.
    own: Agency
    above: str
    row: LedgerRow
    document: Document | None
    record: EvidenceRecord
    # (sequence, when, verdict) of all records of the mail, the oldest first.
    history: tuple[tuple[int, datetime, Verdict | None], ...]
    printed_at: datetime
