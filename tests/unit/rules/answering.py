"""Answers about one exchange, and those who write them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from mailbridge.model.exchange import ExchangeState, Fact, FactKind, Weight
from mailbridge.model.letter import Party
from mailbridge.model.parcel import SealForm
from mailbridge.model.report import Cover
from mailbridge.model.sending import Exchange
from mailbridge.model.statement import Match, Sender, Sent, Source, Statement, Way

NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
SENT_AT = NOW - timedelta(days=1)
TOKEN = "mb." + "a" * 52
PDF = "ab" * 32
OTHER_PDF = "cd" * 32
US = Party("DEMO.02.07", "Đảng ủy phường", "vanthu.du-vidu@hungyen.gov.vn")
THEM = Party("DEMO.01.01", "Văn phòng Tỉnh ủy", "vanphong.tu-vidu@hungyen.gov.vn")
EXCHANGE = Exchange(7, US.agency, 3, THEM, SENT_AT, state=ExchangeState.SUBMITTED)
SENT = Sent(EXCHANGE, frozenset({US.address}), frozenset({PDF}), signs=True)
THEIRS = Cover(SealForm.SMIME, "11" * 32, THEM.agency, stands=True)
RECEIPT = Statement(
    source=Source.MACHINE,
    kind=FactKind.REGISTERED,
    at=NOW - timedelta(minutes=5),
    key="r" * 26,
    by=(THEM.agency, THEM.address),
    to=(US.agency, US.address),
    names=(f"<{TOKEN}@hungyen.gov.vn>",),
    symbol="12-CV/ĐU",
    files=frozenset({PDF}),
    seq=2,
    number="431/2026",
    is_dated=True,
    covers=(THEIRS,),
)
REPORT = Statement(
    source=Source.DELIVERY,
    kind=FactKind.BOUNCED,
    at=NOW,
    key="delivery:failed",
    by=("", THEM.address),
    envelope=TOKEN,
    reason="5.1.1 smtp; 550 no such user",
)
SIGNED = Sender(
    address=THEM.address,
    agency=THEM.agency,
    is_good=True,
    is_proven=True,
    is_failed=False,
    is_broken=False,
    contradicts=False,
    is_server=False,
)
# The same without any proof.
PLAIN = replace(SIGNED, is_good=False, is_proven=False)
SERVER = replace(PLAIN, address="mailer-daemon@vidu.vn", agency="", is_server=True)
BY_TOKEN = Match(Way.MESSAGE_ID, (EXCHANGE,))
BY_FILES = Match(Way.FILES, (EXCHANGE,))
ASKED = Fact(FactKind.RECALL_ASKED, SENT_AT, Weight.OWN)


def unsigned(statement: Statement = RECEIPT, **changes: Any) -> Statement:
    """Take the seals off."""
    return replace(statement, covers=(), key=f"weak:{statement.key}", **changes)
