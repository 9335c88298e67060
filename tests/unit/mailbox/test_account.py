from functools import partial
from typing import Literal

import pytest

from mailbridge.mailbox.account import Account


def _account(host: str, security: Literal["tls", "starttls", "none"]) -> Account:
    return Account("van-thu", host, 143, security, "u", "password", partial(str, "bi-mat"))


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.0.1", "::1"])
def test_this_machine_may_be_asked_without_tls(host: str) -> None:
    assert _account(host, "none").host == host


@pytest.mark.parametrize("host", ["mail.example.vn", "localhost.example.vn", "10.0.0.1", ""])
def test_nobody_else_may_be_asked_without_tls(host: str) -> None:
    with pytest.raises(ValueError, match="TLS"):
        _account(host, "none")
    assert _account(host, "starttls").host == host


def test_the_secret_is_in_no_representation() -> None:
    assert "bi-mat" not in repr(_account("localhost", "tls"))
