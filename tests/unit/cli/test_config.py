"""The settings from the command line."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mailbridge.cli.app import app
from tests.unit.cli.conftest import Run


def test_good_settings_are_valid(run: Run) -> None:
    assert run("config", "validate").exit_code == 0


def test_a_missing_secret_is_named(tmp_path: Path, filled: Path) -> None:
    text = filled.read_text(encoding="utf-8").replace('"password"', '"khong-co"')
    (tmp_path / "m.toml").write_text(text, encoding="utf-8")
    done = CliRunner().invoke(app, ["config", "validate", "--config", str(tmp_path / "m.toml")])
    assert done.exit_code == 2
    assert "khong-co" in done.output


def test_shown_settings_hold_no_secret(run: Run) -> None:
    shown = json.loads(run("config", "show", "--redact").stdout)
    assert shown["mailbox"][0]["imap"]["secret"] == "<secret from a file>"


def test_a_key_is_explained_and_an_unknown_one_refused() -> None:
    runner = CliRunner()
    assert runner.invoke(app, ["config", "explain", "mailbox.imap.port"]).exit_code == 0
    assert runner.invoke(app, ["config", "explain", "khong.co"]).exit_code == 2


def test_without_a_settings_file_the_exit_is_2(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["ledger", "--config", str(tmp_path / "none.toml")])
    assert done.exit_code == 2
    assert "none.toml" in done.output


def _changed(filled: Path, old: str, new: str) -> str:
    text = filled.read_text(encoding="utf-8")
    assert old in text
    filled.write_text(text.replace(old, new), encoding="utf-8")
    done = CliRunner().invoke(app, ["config", "validate", "--config", str(filled)])
    assert done.exit_code == 2
    return done.output


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('file = "mailbox.p12"', 'file = "khong-co.p12"', "mailbox[0].key.file: "),
        ('passphrase = { file = "passphrase" }', 'passphrase = { command = ["echo", "sai"] }',
         "mailbox[0].key.file: "),
        ('file = "agencies.toml"', 'file = "khong-co.toml"', "directory.file: "),
        ('agency = "DEMO.02.07"', 'agency = "DEMO.09.99"', "office.agency: "),
        ("[mailbox.imap]", '[mailbox.imap]\nca_file = "khong-co.pem"', "mailbox[0].imap.ca_file: "),
        ("[mailbox.imap]", '[mailbox.imap]\nca_file = "agencies.toml"', "imap.ca_file: "),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_told_by_its_key(filled: Path, old: str, new: str, key: str) -> None:
    told = _changed(filled, old, new)
    assert key in told
    assert len(told.strip().splitlines()) == 1


def test_a_byte_order_mark_is_no_fault(run: Run, filled: Path) -> None:
    filled.write_bytes(b"\xef\xbb\xbf" + filled.read_bytes())
    assert run("config", "validate").exit_code == 0
