"""An entered document with one file, as it is handed over."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from mailbridge.model.document import Document, DocumentKey, DocumentState
from mailbridge.model.evidence import Verdict
from mailbridge.model.handover import HandoverSet, Packet
from mailbridge.model.letter import Party
from mailbridge.model.outcome import Number
from mailbridge.model.parcel import File
from mailbridge.model.reading import Field, FieldName, Reading, Urgency
from mailbridge.model.slot import Fingerprint

AT = datetime(2026, 11, 20, 8, 42, 8, tzinfo=UTC)
# No multiple of three, and longer than one piece.
OCTETS = b"%PDF-1.7\n" + bytes(range(256)) * 1000
SET = HandoverSet("DEMO.02.07", 7, AT)


def packet_of(folder: Path) -> tuple[Packet, Callable[[str], Path]]:
    """Lay the file and give the packet, with the place of its octets."""
    digest = Fingerprint(hashlib.sha256(OCTETS).hexdigest())
    (folder / digest).write_bytes(OCTETS)
    values = {
        FieldName.NUMBER: "123",
        FieldName.NOTATION: "CV/VPTU",
        FieldName.TYPE: "Công văn",
        FieldName.SUMMARY: "về việc thử nghiệm",
        FieldName.SIGNER: "Nguyễn Văn A",
    }
    document = Document(
        id=1,
        ledger=1,
        mailbox="vanthu",
        office="DEMO.02.07",
        key=DocumentKey("DEMO.01", "123-CV/VPTU", "2026-11-20"),
        agency_name="Văn phòng Tỉnh ủy Ví Dụ",
        sender="vptu@hungyen.gov.vn",
        verdict=Verdict.LEGAL,
        state=DocumentState.REGISTERED,
        urgency=Urgency.URGENT,
        reading=Reading({name: Field(value, "pdf", 0.9) for name, value in values.items()}),
        files=(
            File(
                "1", "123.pdf", "123.pdf", len(OCTETS), digest, "application/pdf", "", stored="f1"
            ),
        ),
        received_at=AT,
        number=Number("den", 2026, 431),
        entered_at=AT,
    )
    own = Party("DEMO.02.07", "Đảng ủy phường Ví Dụ", "")
    return Packet(document, own, AT), lambda name: folder / name
