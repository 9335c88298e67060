"""A copy of what we sent lies in its folder once, whatever died in between."""

import pytest

from mailbridge.mailbox.account import Account
from mailbridge.mailbox.copies import append_once
from mailbridge.model.errors import TryLaterError
from tests.simulators.imap import ImapServer

MAIL = b"Message-ID: <mb.a@hungyen.gov.vn>\r\nSubject: x\r\n\r\nbody\r\n"
NAME = "<mb.a@hungyen.gov.vn>"


def _append(account: Account, folder: str = "Sent") -> list[str]:
    return list(append_once(account, folder, [(NAME, MAIL)]))


def test_the_folder_is_made_and_the_copy_is_exact(server: ImapServer, account: Account) -> None:
    assert _append(account) == [NAME]
    (copy,) = server.folders["Sent"].mails.values()
    assert copy.octets == MAIL
    assert copy.flags == {"\\Seen"}
    assert "Sent" in server.subscribed


def test_a_copy_that_is_there_is_not_doubled(server: ImapServer, account: Account) -> None:
    _append(account)
    assert _append(account) == [NAME]
    assert len(server.folders["Sent"].mails) == 1


def test_a_refusal_waits(server: ImapServer, account: Account) -> None:
    server.faults.refuse = {"APPEND"}
    with pytest.raises(TryLaterError):
        _append(account)


def test_the_inbox_is_left_alone(server: ImapServer, account: Account) -> None:
    server.deliver(MAIL)
    _append(account)
    assert len(server.folders["INBOX"].mails) == 1
