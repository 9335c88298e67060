"""mailbridge digest shows what would be said, and owes what is due."""

import json
from pathlib import Path

from typer.testing import CliRunner, Result

from mailbridge.cli.app import app


def _run(filled: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["digest", *arguments, "--config", str(filled)])


def test_a_preview_shows_what_waits_and_owes_nothing(filled: Path) -> None:
    shown = _run(filled, "preview", "--slot", "evening")
    assert shown.exit_code == 0, shown.output
    assert "THƯ CHỜ VĂN THƯ XỬ LÝ (1)" in shown.output
    outbox = CliRunner().invoke(app, ["outbox", "--json", "--config", str(filled)])
    assert all(one["kind"] != "digest" for one in json.loads(outbox.stdout))


def test_a_preview_is_facts_or_a_page(filled: Path, tmp_path: Path) -> None:
    made = json.loads(_run(filled, "preview", "--json").stdout)
    assert {"headline", "sections", "since"} <= set(made)
    page = tmp_path / "digest.html"
    assert _run(filled, "preview", "--html", str(page)).exit_code == 0
    assert page.read_text().startswith("<!DOCTYPE html>")


def test_what_is_asked_wrongly_is_a_sentence(filled: Path) -> None:
    slot = _run(filled, "preview", "--slot", "noon")
    assert slot.exit_code == 2
    assert "morning" in slot.output
    who = _run(filled, "preview", "--person", "la@hungyen.gov.vn")
    assert who.exit_code == 2
    assert "không nhận bản tổng hợp" in who.output


def test_what_is_due_is_owed_once(filled: Path) -> None:
    told = [_run(filled, "send").output.strip() for _ in range(2)]
    assert told == ["Đã ghi gửi 1 bản tổng hợp.", "Đã ghi gửi 0 bản tổng hợp."]
