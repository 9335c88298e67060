import logging
import traceback
from dataclasses import replace
from typing import Literal

import pytest

from mailbridge.mailbox.account import Account
from mailbridge.mailbox.errors import AuthenticationFailedError
from mailbridge.mailbox.imap import Mailbox
from mailbridge.mailbox.session import server_name
from mailbridge.model.errors import TryLaterError
from tests.simulators.imap import ImapServer


def test_a_refused_login_is_told_apart_and_never_tells_the_secret(
    server: ImapServer, account: Account, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.faults.login = "NO [AUTHENTICATIONFAILED] mat-khau is wrong"
    with pytest.raises(AuthenticationFailedError) as failed:
        Mailbox(account).connect()
    assert "mat-khau" not in "".join(traceback.format_exception(failed.value))
    assert "mat-khau" not in caplog.text


def test_a_server_that_is_busy_says_nothing_about_the_secret(
    server: ImapServer, account: Account
) -> None:
    server.faults.login = "NO [UNAVAILABLE] later"
    with pytest.raises(TryLaterError) as later:
        Mailbox(account).connect()
    assert not isinstance(later.value, AuthenticationFailedError)


def test_a_line_cut_at_login_says_nothing_about_the_secret(
    server: ImapServer, account: Account
) -> None:
    server.faults.mute = "LOGIN"
    with pytest.raises(TryLaterError) as later:
        Mailbox(account).connect()
    assert not isinstance(later.value, AuthenticationFailedError)


def test_nobody_listens_means_try_later(account: Account) -> None:
    with pytest.raises(TryLaterError):
        Mailbox(replace(account, port=1)).connect()


@pytest.mark.parametrize("secret", ["a\r\nA1 LOGOUT", "a\x01b", "a\0b"])
def test_a_secret_cannot_carry_a_command(server: ImapServer, account: Account, secret: str) -> None:
    with pytest.raises(AuthenticationFailedError):
        Mailbox(replace(account, secret=lambda: secret)).connect()
    assert not any("LOGIN" in line for line in server.log)


def test_a_vietnamese_password_goes_as_utf8(server: ImapServer, account: Account) -> None:
    with Mailbox(replace(account, secret=lambda: "mật khẩu")) as mailbox:
        assert mailbox.connected
    assert any("AUTHENTICATE PLAIN" in line for line in server.log)


@pytest.mark.parametrize("auth", ["xoauth2", "oauthbearer"])
def test_tokens_are_taken(
    server: ImapServer, account: Account, auth: Literal["xoauth2", "oauthbearer"]
) -> None:
    with Mailbox(replace(account, auth=auth)) as mailbox:
        assert mailbox.uidvalidity
    assert any(f"AUTHENTICATE {auth.upper()}" in line for line in server.log)


def test_starttls_that_is_not_offered_sends_no_password(
    server: ImapServer, account: Account
) -> None:
    with pytest.raises(TryLaterError):
        Mailbox(replace(account, security="starttls")).connect()
    assert not any("LOGIN" in line for line in server.log)


def test_a_folder_that_is_not_there_means_try_later(server: ImapServer, account: Account) -> None:
    with pytest.raises(TryLaterError):
        Mailbox(replace(account, folder="Khong co")).connect()


@pytest.mark.parametrize(
    ("folder", "prefix", "delimiter", "name"),
    [
        ("inbox", "INBOX.", ".", "INBOX"),
        ("Văn bản/Đã vào sổ", "INBOX.", ".", "INBOX.Văn bản.Đã vào sổ"),
        ("INBOX/Đã vào sổ", "INBOX.", ".", "INBOX.Đã vào sổ"),
        ("Đến 3.2", "", ".", "Đến 3_2"),
        ("/a//b/", "", "/", "a/b"),
    ],
)
def test_levels_are_written_in_the_servers_way(
    folder: str, prefix: str, delimiter: str, name: str
) -> None:
    assert server_name(folder, prefix, delimiter) == name
