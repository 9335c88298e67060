"""`register show` tells where a document stands and how it came there."""

import re

from tests.unit.cli.conftest import Run


def test_the_history_is_shown_in_words(run: Run) -> None:
    shown = run("register", "show", "1").stdout
    assert "Lịch sử xử lý" in shown
    assert re.search(r"Trạng thái\s+Đã tiếp nhận", shown)
