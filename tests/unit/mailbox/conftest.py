"""A simulated server, and an account on it."""

from collections.abc import Callable, Iterator

import pytest

from mailbridge.mailbox.account import Account
from tests.simulators.imap import ImapServer


@pytest.fixture
def server() -> Iterator[ImapServer]:
    with ImapServer() as running:
        yield running
        assert not running.sins


AccountOf = Callable[[ImapServer], Account]


@pytest.fixture
def account_of() -> AccountOf:
    def account(server: ImapServer) -> Account:
        return Account(
            "van-thu", "127.0.0.1", server.port, "none", "u", "password", lambda: "mat-khau",
            timeout=1.0,
        )  # fmt: skip

    return account


@pytest.fixture
def account(server: ImapServer, account_of: AccountOf) -> Account:
    return account_of(server)
