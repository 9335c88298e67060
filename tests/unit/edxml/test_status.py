from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from mailbridge.edxml import header, status
from mailbridge.model.letter import Party, ReceiptFacts, Stage
from mailbridge.model.outcome import Number

AT = datetime(2026, 11, 20, 20, 42, 8, tzinfo=UTC)
FACTS = ReceiptFacts(
    receipt_id="r1",
    stage=Stage.REGISTERED,
    seq=1,
    document_key="DEMO.01,2026/11/20,123-CV/VPTU",
    symbol="123-CV/VPTU",
    issued=date(2026, 11, 20),
    summary="về việc thử nghiệm",
    files=(),
    by=Party("DEMO.02.07", "Đảng ủy phường Ví Dụ", "vanthu.du-vidu@hungyen.gov.vn"),
    to=Party("DEMO.01", "Văn phòng Tỉnh ủy", "vanthu.vptu@hungyen.gov.vn"),
    verdict=None,
    message_id=None,
    subject="",
    mic="",
    received_at=AT,
    made_at=AT,
    number=Number("den", 2026, 215),
)


def test_a_status_is_read_back_as_written() -> None:
    read = header.read(status.write(FACTS))
    assert (read.message, read.sender, read.to) == ("status", "DEMO.02.07", ("DEMO.01",))
    assert (read.status_code, read.document_id) == ("03", FACTS.document_key)
    assert (read.notation, read.issued) == ("123-CV/VPTU", date(2026, 11, 20))
    assert read.subject == "Đã tiếp nhận, vào sổ văn bản đến số 215/2026"


def test_times_are_vietnamese() -> None:
    assert "<edXML:Timestamp>2026/11/21 03:42:08</edXML:Timestamp>" in status.write(FACTS).decode()


def test_the_same_facts_give_the_same_octets() -> None:
    assert status.write(FACTS) == status.write(FACTS)


@pytest.mark.parametrize("words", ["sai <nơi> nhận & số", "\x00\x1b[31m\ufffe\ud800"])
def test_words_of_a_clerk_cannot_break_the_message(words: str) -> None:
    written = status.write(replace(FACTS, stage=Stage.REFUSED, words=words))
    assert header.read(written).status_code == "02"


@pytest.mark.parametrize("stage", [Stage.ASSIGNED, Stage.PROCESSING, Stage.DONE])
def test_what_follows_the_entry_says_what_it_is_and_names_nobody(stage: Stage) -> None:
    written = status.write(replace(FACTS, stage=stage))
    read = header.read(written)
    assert read.status_code == stage
    assert "xử lý" in (read.subject or "")
    assert b"StaffInfo" not in written
