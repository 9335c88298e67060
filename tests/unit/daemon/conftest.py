"""A house with real children, and a simulated server in front of it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mailbridge import wiring
from mailbridge.actions.house import House
from mailbridge.demo.server import MailServer
from mailbridge.demo.stage import set_up
from mailbridge.mailbox.account import Account
from mailbridge.mailbox.imap import Mailbox
from mailbridge.settings.load import load
from mailbridge.settings.schema import Settings
from tests.house import Builder
from tests.simulators.imap import ImapServer
from tests.unit.provenance.samples import keys


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load(set_up(tmp_path, keys(), MailServer((), "x")))


@pytest.fixture
def house(settings: Settings, builder: Builder) -> Iterator[House]:
    """A house with children of its own: what is tested here starts and ends them."""
    built = wiring.house(builder.lay(settings))
    yield built
    built.rooms.opener.close()
    built.rooms.reader.close()
    built.database.close()


@pytest.fixture
def server() -> Iterator[ImapServer]:
    with ImapServer() as running:
        yield running
        assert not running.sins, "a mail was marked as seen"


Open = Callable[[], Mailbox]


@pytest.fixture
def mailbox_of(server: ImapServer) -> Open:
    account = Account(
        "vanthu", "127.0.0.1", server.port, "none", "u", "password", lambda: "p", timeout=2.0
    )
    return lambda: Mailbox(replace(account))
