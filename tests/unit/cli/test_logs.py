"""The log is one JSON line an event where nobody looks at a terminal."""

import json

import pytest
import structlog

from mailbridge.cli.logs import log_to_stderr
from tests import logs


def test_an_event_is_one_json_line(capsys: pytest.CaptureFixture[str]) -> None:
    log_to_stderr()
    structlog.get_logger("x").info("settled", ledger=7)
    logs.plain()
    (line,) = capsys.readouterr().err.splitlines()
    assert json.loads(line)["ledger"] == 7
