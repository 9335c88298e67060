"""An office without servers: settings, trust and directory, and a register with three mails."""

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from mailbridge import wiring
from mailbridge.actions.receive import begin, receive
from mailbridge.cli.app import app
from mailbridge.demo.server import MailServer
from mailbridge.demo.stage import set_up
from mailbridge.model.slot import Arrival, Slot
from mailbridge.settings.load import load
from tests import logs
from tests.unit.actions.drafts import NEIGHBOUR, printed, signed
from tests.unit.provenance.samples import NOW, keys, mail_with, sealed
from tests.unit.provenance.samples import paper as plain

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def _no_log_of_a_closed_stream() -> Iterator[None]:
    """Take back the log's set-up: it writes to the stream of the test that made it."""
    yield
    logs.plain()


@pytest.fixture(scope="session")
def ready_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A settings file whose register holds a legal, a held and a duplicate mail."""
    folder = tmp_path_factory.mktemp("office")
    config = set_up(folder, keys(), MailServer((), "x"))
    settings = load(config)
    house = wiring.house(wiring.prepared(settings))
    legal = mail_with(sealed())
    for uid, octets in enumerate((legal, mail_with(plain()).replace(b"123", b"124"), legal), 1):
        with house.blobs.writer() as blob:
            blob.write(octets)
            fingerprint = blob.commit()
        arrival = Arrival(Slot("vanthu", 1, uid), len(octets), NOW)
        (mail,) = begin(house, [(arrival, fingerprint)], NOW + timedelta(seconds=uid))
        receive(house, mail, NOW + timedelta(seconds=uid))
    house.rooms.opener.close()
    house.rooms.reader.close()
    house.database.close()
    return config


@pytest.fixture
def filled(ready_office: Path, tmp_path: Path) -> Path:
    """Copy the office for each test, so that none sees what another did; gives the settings."""
    shutil.copytree(ready_office.parent, tmp_path / "office")
    return tmp_path / "office" / ready_office.name


@pytest.fixture
def run(filled: Path) -> Run:
    """Run a command in this process against the filled register."""

    def call(*arguments: str) -> Result:
        return CliRunner().invoke(app, [*arguments, "--config", str(filled)])

    return call


@pytest.fixture
def ask(run: Run) -> Callable[..., Any]:
    """Run a command with --json and read its answer."""

    def call(*arguments: str) -> Any:
        done = run(*arguments, "--json")
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)

    return call


@pytest.fixture
def office(run: Run, filled: Path, tmp_path: Path) -> Path:
    """Let the office send a document to its neighbour; gives the settings."""
    paper = tmp_path / "vb.pdf"
    paper.write_bytes(signed(printed()))
    done = run("send", str(paper), "--to", NEIGHBOUR.code, "--overrule", "thử")
    assert done.exit_code == 0, done.output
    return filled
