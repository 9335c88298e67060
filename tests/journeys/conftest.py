"""The real mail host, once for all journeys; a test takes a mailbox of its own on it."""

from collections.abc import Iterator

import pytest

from tests.journeys.servers.mailhost import MailHost


@pytest.fixture(scope="session")
def mailhost() -> Iterator[MailHost]:
    """Postfix in front of Dovecot, with all that Dovecot 2.3 can do."""
    with MailHost() as host:
        yield host


@pytest.fixture(scope="session")
def plain_mailhost() -> Iterator[MailHost]:
    """The same, but it offers neither MOVE, UIDPLUS, IDLE, CONDSTORE nor ENABLE."""
    lacking = ("MOVE", "UIDPLUS", "IDLE", "CONDSTORE", "QRESYNC", "ENABLE")
    with MailHost(without=lacking) as host:
        yield host


@pytest.fixture
def mailbox(mailhost: MailHost) -> str:
    """The address of an empty mailbox that no other test uses."""
    return mailhost.new_mailbox()


@pytest.fixture
def register(engine: str, request: pytest.FixtureRequest) -> str | None:
    """The URL of a register on PostgreSQL, or None for the embedded one: a journey on each."""
    if engine == "sqlite":
        return None
    fresh: str = request.getfixturevalue("cluster").empty()
    return fresh
