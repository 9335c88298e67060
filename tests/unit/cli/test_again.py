"""A stored mail is examined anew: evidence adds up, and what is proven now is registered."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from mailbridge import wiring
from mailbridge.actions.receive import begin, receive
from mailbridge.cli.app import app
from mailbridge.demo.server import MailServer
from mailbridge.demo.stage import set_up
from mailbridge.model.slot import Arrival, Slot
from mailbridge.registry import evidence, journal
from mailbridge.settings.load import load
from tests.unit.provenance.samples import NOW, keys, mail_with, sealed

WORD = "bi-mat-cua-ho-so"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with a legal mail, and one under a certificate that the directory lacks."""
    config = set_up(tmp_path_factory.mktemp("again"), keys(), MailServer((), "x"))
    house = wiring.house(wiring.prepared(load(config)))
    mails = (mail_with(sealed()), mail_with(sealed(keys().ec_seal)).replace(b"<1@", b"<2@"))
    for uid, octets in enumerate(mails, 1):
        with house.blobs.writer() as blob:
            blob.write(octets)
            fingerprint = blob.commit()
        (mail,) = begin(house, [(Arrival(Slot("vanthu", 1, uid), 1, NOW), fingerprint)], NOW)
        receive(house, mail, NOW)
    house.rooms.opener.close()
    house.rooms.reader.close()
    house.database.close()
    return config


def run(office: Path, *arguments: str, typed: str = "") -> Any:
    done = CliRunner().invoke(
        app, [*arguments, "--json", "--config", str(office)], input=typed or None
    )
    assert done.exit_code in {0, 1}, done.output
    return json.loads(done.stdout[done.stdout.index("[") :])


def test_an_entered_document_only_gets_another_record(office: Path) -> None:
    (done,) = run(office, "check-again", "1/2026")
    assert (done["mail"], done["sequence"], done["outcome"]) == (1, 2, None)
    assert (done["before"], done["after"]) == ("legal", "legal")


def test_a_password_is_kept_nowhere(office: Path, tmp_path: Path) -> None:
    word = tmp_path / "word"
    word.write_text(WORD + "\n", encoding="utf-8")
    run(office, "open", "2", "--password-file", str(word))
    run(office, "open", "2", typed=WORD + "\n")
    house = wiring.house(load(office))
    with house.database.reading() as tx:
        assert [line.event for line in journal.lines(tx, limit=2)] == ["checked-again"] * 2
        assert journal.lines(tx, limit=1)[0].data["with_password"] == "yes"
        assert len(evidence.records(tx, 2)) == 3
    house.database.close()
    kept = [path for path in office.parent.rglob("*") if path.is_file()]
    assert not [path for path in kept if WORD.encode() in path.read_bytes()]


@pytest.mark.parametrize("name", ["99", "9/1999"])
def test_what_is_not_there_is_a_no(office: Path, name: str) -> None:
    done = CliRunner().invoke(app, ["check-again", name, "--config", str(office)])
    assert done.exit_code == 1


def test_a_password_file_that_is_none_is_a_usage_error(office: Path, tmp_path: Path) -> None:
    named = ["--password-file", str(tmp_path / "none")]
    done = CliRunner().invoke(app, ["open", "2", *named, "--config", str(office)])
    assert done.exit_code == 2
