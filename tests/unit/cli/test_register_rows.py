"""A list of what we sent says where it stands with its recipients, and cuts no date."""

from dataclasses import replace
from pathlib import Path

import pytest

from mailbridge.cli.output import Narrow, table
from mailbridge.cli.register_rows import HEADINGS, sent
from mailbridge.model.exchange import ExchangeState
from tests.unit.cli.conftest import Run
from tests.unit.cli.test_exchanges_command import ONE


def test_what_we_sent_stands_as_its_exchanges_say() -> None:
    gone = replace(ONE, state=ExchangeState.SUBMITTED)
    back = replace(ONE, state=ExchangeState.BOUNCED)
    assert sent([gone, gone]) == "Đã gửi, chưa phản hồi"
    assert sent([gone, back]) == "Đã gửi, chưa phản hồi: 1; Bị máy chủ thư trả về: 1"
    assert sent([replace(gone, recall_asked=True)]) == "Đã yêu cầu thu hồi"
    done = replace(gone, recall_asked=True, state=ExchangeState.RECALLED)
    assert sent([done]) == "Đã hủy bỏ theo yêu cầu thu hồi"
    assert sent([replace(gone, is_return=True, state=ExchangeState.REFUSED)]) == "Trả lại"


def test_the_book_of_what_leaves_never_says_that_it_has_come(run: Run, office: Path) -> None:
    assert office.exists()
    said = run("register", "list", "--out").output
    assert "1-CV/ĐU" in said
    assert "Chờ" in said
    assert "Đã đến" not in said


def test_dates_and_codes_are_whole_in_eighty_columns(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    words = "Công văn về việc thử nghiệm gửi, nhận văn bản điện tử giữa các cơ quan"
    heads = (Narrow("Ngày đến"), Narrow("Số đến"), *HEADINGS)
    row = (
        "25/11/2026",
        "215",
        words,
        "215-CV/VPTU",
        "23/11/2026",
        words,
        "Pháp lý",
        "Đã tiếp nhận",
    )
    table("Sổ", heads, [row])
    said = capsys.readouterr().out
    assert "┓" in said
    for whole in ("25/11/2026", "215-CV/VPTU", "23/11/2026"):
        assert whole in said
    assert max(map(len, said.splitlines())) <= 80
