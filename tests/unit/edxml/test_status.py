"""Status messages say what the receipt says, in the national form."""

from datetime import UTC, date, datetime

import pytest
from lxml import etree

from mailbridge.edxml.header import read
from mailbridge.edxml.status import write
from mailbridge.model.letter import Party, ReceiptFacts, Stage
from mailbridge.model.outcome import Number


def facts(stage: Stage) -> ReceiptFacts:
    moment = datetime(2026, 11, 24, 20, 30, tzinfo=UTC)
    return ReceiptFacts(
        receipt_id="r", stage=stage, seq=1, document_key="DEMO.01,2026/11/20,123-CV/VPTU",
        symbol="123-CV/VPTU", issued=date(2026, 11, 20), summary=None, files=(),
        by=Party("DEMO.02", "Đảng ủy", "b@x.vn"), to=Party("DEMO.01", "Văn phòng", "a@x.vn"),
        verdict=None, message_id=None, subject="\x01", mic="", received_at=moment, made_at=moment,
        number=Number("den", 2026, 7), words="Gửi nhầm\x02",
    )  # fmt: skip


@pytest.mark.parametrize("stage", list(Stage))
def test_a_status_is_read_back(stage: Stage) -> None:
    header = read(write(facts(stage)))
    assert (header.message, header.status_code) == ("status", stage.value)
    assert header.document_id == "DEMO.01,2026/11/20,123-CV/VPTU"


def test_times_are_local_and_the_number_is_told() -> None:
    text = write(facts(Stage.REGISTERED)).decode()
    assert "2026/11/25 03:30:00" in text
    assert "số 7" in "".join(map(str, etree.fromstring(text.encode()).itertext()))
