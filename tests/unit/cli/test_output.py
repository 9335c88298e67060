"""What comes from a mail cannot play tricks on a terminal."""

from datetime import UTC, datetime

import pytest

from mailbridge.cli.output import as_json, moment, safe, table


def test_control_codes_and_reordering_are_taken_out() -> None:
    assert safe("a\x1b[31mb\u202ec\r\n") == "a [31mbc  "


def test_markup_in_a_subject_stays_text(capsys: pytest.CaptureFixture[str]) -> None:
    table("t", ("a",), [("[red]x[/red]",)])
    assert "[red]x[/red]" in capsys.readouterr().out


def test_moments_are_shown_in_vietnam_time(capsys: pytest.CaptureFixture[str]) -> None:
    at = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
    assert moment(at) == "25/11/2026 03:00:00"
    as_json({"at": at})
    assert "2026-11-25T03:00:00+07:00" in capsys.readouterr().out
