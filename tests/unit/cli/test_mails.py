"""The ledger as a clerk and as a program read it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from mailbridge import wiring
from mailbridge.actions.receive import begin, receive
from mailbridge.cli.app import app
from mailbridge.demo.server import MailServer
from mailbridge.demo.stage import set_up
from mailbridge.model.slot import Arrival, Slot
from mailbridge.settings.load import load
from tests.unit.cli.conftest import Run
from tests.unit.provenance.samples import NOW, keys, mail_with, sealed


def test_every_mail_is_listed_newest_first(ask: Callable[..., Any]) -> None:
    rows = ask("ledger")
    assert [(row["id"], row["outcome"]) for row in rows] == [
        (3, "duplicate"),
        (2, "held"),
        (1, "registered"),
    ]


def test_people_read_vietnamese(run: Run) -> None:
    shown = run("ledger").stdout
    assert "Sổ thư" in shown


def test_one_mail_is_shown_with_its_findings(ask: Callable[..., Any]) -> None:
    shown = ask("ledger", "1")
    assert shown["verdict"] == "legal"
    assert {finding["code"] for finding in shown["findings"]} >= {"seal-good", "bound"}


def test_only_what_is_held_is_listed_as_held(ask: Callable[..., Any]) -> None:
    assert [row["id"] for row in ask("held")] == [2]
    assert ask("quarantine") == []


def test_a_mail_that_is_not_there_is_a_no(run: Run) -> None:
    done = run("held", "show", "99")
    assert done.exit_code == 1
    assert "99" in done.output


def test_a_proposed_refusal_is_shown_in_the_senders_words(tmp_path: Path) -> None:
    config = set_up(tmp_path, keys(), MailServer((), "x"))
    house = wiring.house(wiring.prepared(load(config)))
    octets = mail_with(sealed(keys().revoked))
    with house.blobs.writer() as blob:
        blob.write(octets)
        fingerprint = blob.commit()
    (mail,) = begin(house, [(Arrival(Slot("vanthu", 1, 1), 1, NOW), fingerprint)], NOW)
    receive(house, mail, NOW)
    house.rooms.opener.close()
    house.rooms.reader.close()
    house.database.close()
    shown = CliRunner().invoke(app, ["held", "show", "1", "--config", str(config)]).stdout
    words = " ".join(shown.split())
    assert "chữ ký số của văn bản không hợp lệ" in words
    assert "mailbridge refuse 1 --reason signature-failed" in words
