"""Documents that left, with their exchanges and letters, as `send` writes them."""

from dataclasses import replace
from datetime import timedelta

from mailbridge.actions.house import House
from mailbridge.model.document import Document, DocumentKey, DocumentState
from mailbridge.model.evidence import Verdict
from mailbridge.model.letter import Letter, LetterKind, Party
from mailbridge.model.outcome import Direction
from mailbridge.model.parcel import File
from mailbridge.model.reading import Field, FieldName, Reading, Urgency
from mailbridge.model.sending import Exchange
from mailbridge.model.slot import Fingerprint
from mailbridge.registry import documents, exchanges, outbox
from tests.unit.letters import sent
from tests.unit.provenance.samples import NOW

OFFICE = "DEMO.02.07"
ONE = Party("DEMO.01.01", "Văn phòng Tỉnh ủy", "vanphong.tu-vidu@hungyen.gov.vn")
TWO = Party("DEMO.01.03", "Ban Nội chính Tỉnh ủy", "bannoichinh.tu-vidu@hungyen.gov.vn")
PRINT = Fingerprint("ab" * 32)


def outgoing() -> Document:
    fields = {FieldName.SUMMARY: Field("về việc thử", "test", 1.0)}
    return Document(
        id=0,
        ledger=0,
        mailbox="vanthu",
        office=OFFICE,
        key=DocumentKey(OFFICE, "12-CV/ĐU", "2026-11-23"),
        agency_name="Đảng ủy phường Ví Dụ",
        sender="vanthu.du-vidu@hungyen.gov.vn",
        verdict=Verdict.LEGAL,
        state=DocumentState.REGISTERED,
        urgency=Urgency.NORMAL,
        reading=Reading(fields),
        files=(File("1", "12.pdf", "12.pdf", 5, PRINT, "application/pdf", ""),),
        received_at=NOW,
        direction=Direction.OUT,
    )


def sent_to(house: House, *recipients: Party) -> tuple[int, tuple[Letter, ...]]:
    """Store a document with a letter to each recipient; gives its id and the letters."""
    letters = list[Letter]()
    with house.database.transaction() as tx:
        document = documents.add(tx, outgoing())
        for number, to in enumerate(recipients):
            owed = Exchange(0, OFFICE, document, to, NOW, NOW + timedelta(days=1))
            exchange = exchanges.add(tx, owed)
            letter = replace(
                sent.letter(LetterKind.DOCUMENT, document=document, exchange=exchange),
                id="mb." + "abcdefgh"[number] * 52,
                to=to.address,
                owed_at=NOW,
                not_before=NOW,
            )
            outbox.owe(tx, letter)
            letters.append(letter)
    return document, tuple(letters)
