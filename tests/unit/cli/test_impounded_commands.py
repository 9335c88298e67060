"""Nobody but the officer sees or touches what is impounded."""

import json
import os
import pwd
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from mailbridge import wiring
from mailbridge.actions.receive import begin, receive
from mailbridge.cli.app import app
from mailbridge.demo.papers import Paper, pdf
from mailbridge.model.slot import Arrival, Slot
from mailbridge.settings.load import load
from tests.unit.cli.conftest import Run
from tests.unit.provenance.samples import NOW, keys, mail_with


def test_who_proves_nothing_is_told_so(run: Run) -> None:
    for command in (("list",), ("erase", "1"), ("export", "1", "--to", "x.p7m")):
        done = run("impounded", *command)
        assert done.exit_code == 1
        assert "Chỉ cán bộ cơ yếu" in done.output


def test_a_passphrase_file_that_is_none_is_a_wrong_use(run: Run) -> None:
    done = run("impounded", "list", "--key", "/nowhere", "--passphrase-file", "/nowhere")
    assert done.exit_code == 2


@pytest.fixture
def config(filled: Path) -> Path:
    """Give the office an officer, and a mail with a mark."""
    config = filled
    (config.parent / "officer.pem").write_bytes(keys().person.pem())
    secrecy = f'\n[secrecy]\ncertificate = "officer.pem"\nofficer_account = "{_user()}"\n'
    config.write_text(config.read_text() + secrecy)
    house = wiring.house(load(config))
    secret = Paper("9", "CV/VPTU", date(2026, 11, 20), "phuong an", secrecy="MẬT")
    with house.blobs.writer() as blob:
        blob.write(mail_with(pdf(secret)))
        fingerprint = blob.commit()
    (mail,) = begin(house, [(Arrival(Slot("vanthu", 1, 9), 1, NOW), fingerprint)], NOW)
    receive(house, mail, NOW)
    house.rooms.opener.close()
    house.rooms.reader.close()
    house.database.close()
    return config


def _user() -> str:
    return pwd.getpwuid(os.getuid()).pw_name


def _run(config: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["impounded", *words, "--config", str(config)])


def test_the_officers_account_lists_exports_and_erases(config: Path, tmp_path: Path) -> None:
    (one,) = json.loads(_run(config, "list", "--json").stdout)
    assert (one["level"], one["state"]) == ("MẬT", "kept")
    assert "phuong an" not in _run(config, "list").stdout
    to = tmp_path / "out.p7m"
    assert _run(config, "export", str(one["id"]), "--to", str(to)).exit_code == 0
    assert to.stat().st_size > 1000
    assert _run(config, "export", str(one["id"]), "--to", str(to)).exit_code == 2
    assert "không ghi đè" in _run(config, "erase", str(one["id"])).stdout
    assert _run(config, "erase", str(one["id"])).exit_code == 1
    assert not list((config.parent / "state" / "impounded").iterdir())


def test_the_officers_key_is_proof_and_another_is_none(config: Path, tmp_path: Path) -> None:
    for identity, code in ((keys().person, 0), (keys().seal, 1)):
        key = tmp_path / "key.pem"
        key.write_bytes(identity.key_pem())
        assert _run(config, "list", "--key", str(key)).exit_code == code


def test_a_certificate_that_is_none_is_told_with_its_key(config: Path) -> None:
    (config.parent / "officer.pem").write_bytes(b"nothing")
    done = _run(config, "list")
    assert done.exit_code == 2
    assert "secrecy.certificate" in done.output
