"""Letters of every kind, owed and claimed, for the tests of the outbox."""

from datetime import datetime

from mailbridge.model.evidence import Verdict
from mailbridge.model.letter import (
    AlertFacts,
    Letter,
    LetterFacts,
    LetterKind,
    NoticeFacts,
    Party,
    ReceiptFacts,
    Stage,
    WarningFacts,
)
from mailbridge.model.reading import Urgency
from mailbridge.registry import claiming, outbox
from mailbridge.registry.database import Database
from tests.unit.letters import sent
from tests.unit.registry.conftest import NOW

NOTICE = NoticeFacts(
    document=1,
    number=None,
    symbol="12-CV/VPTU",
    issued=NOW.date(),
    type="Công văn",
    summary="V/v thử",
    issuer="Văn phòng Tỉnh ủy Ví Dụ",
    verdict=Verdict.LEGAL,
    verdict_why="Chữ ký hợp lệ",
    urgency=Urgency.NORMAL,
    received_at=NOW,
    route_why="mặc định",
    files=(("a.pdf", "a" * 64),),
)
RECEIPT = ReceiptFacts(
    receipt_id="r1",
    stage=Stage.REGISTERED,
    seq=1,
    document_key="DEMO.01,2026/11/23,12-CV/VPTU",
    symbol="12-CV/VPTU",
    issued=NOW.date(),
    summary="V/v thử",
    files=(),
    by=Party("DEMO.02", "Đảng ủy phường Ví Dụ", "vanthu@hungyen.gov.vn"),
    to=Party("DEMO.01", "Văn phòng Tỉnh ủy Ví Dụ", "vptu@hungyen.gov.vn"),
    verdict=Verdict.LEGAL,
    message_id="<1@hungyen.gov.vn>",
    subject="Công văn",
    mic="",
    received_at=NOW,
    made_at=NOW,
)
FACTS: dict[LetterKind, LetterFacts] = {
    LetterKind.RECEIPT: RECEIPT,
    LetterKind.NOTICE: NOTICE,
    LetterKind.ALERT: AlertFacts("Thư số 1 chờ xem xét", ("Lý do: …",), "mailbridge held show 1"),
    LetterKind.WARNING: WarningFacts(
        Party("DEMO.02", "Cơ quan nhận", "a@x"), Party("DEMO.01", "Cơ quan gửi", "b@x"), NOW
    ),
    **sent.FACTS,
}
DESKS = ("vanthu", "khac")


def letter(
    name: str,
    kind: LetterKind = LetterKind.ALERT,
    *,
    to: str = "an@hungyen.gov.vn",
    mailbox: str = "vanthu",
    urgent: bool = False,
    document: int | None = None,
    not_before: datetime = NOW,
) -> Letter:
    return Letter(
        id=name,
        kind=kind,
        mailbox=mailbox,
        to=to,
        facts=FACTS[kind],
        owed_at=NOW,
        not_before=not_before,
        urgent=urgent,
        document=document,
    )


def owe(database: Database, *letters: Letter) -> None:
    with database.transaction() as tx:
        for one in letters:
            outbox.owe(tx, one)


def claim(database: Database, now: datetime = NOW) -> list[str]:
    with database.transaction() as tx:
        return [one.id for one in claiming.take(tx, now, DESKS).letters]


def get(database: Database, name: str) -> Letter:
    with database.reading() as tx:
        return next(one for one in outbox.letters(tx) if one.id == name)
