"""A mail is erased by its octets: no other goes, and nobody's mark is used."""

import hashlib

import pytest

from mailbridge.mailbox.account import Account
from mailbridge.mailbox.imap import Mailbox
from mailbridge.mailbox.wire import RejectedError
from tests.simulators.imap import ImapServer
from tests.simulators.imap_folder import Mail
from tests.unit.mailbox.conftest import AccountOf

MAIL = b"Subject: a\r\n\r\nb\r\n"
TWIN = b"Subject: a\r\n\r\nc\r\n"
DIGEST = hashlib.sha256(MAIL).hexdigest()


def test_the_mail_with_these_octets_goes_and_its_neighbours_stay(
    server: ImapServer, account: Account
) -> None:
    server.deliver(TWIN)
    server.deliver(MAIL)
    marked = server.deliver(TWIN)
    server.folders["INBOX"].mails[marked] = Mail(TWIN, frozenset({"\\Deleted"}))
    with Mailbox(account) as mailbox:
        assert mailbox.erase(len(MAIL), DIGEST) == 1
        assert mailbox.erase(len(MAIL), DIGEST) == 0
    assert [mail.octets for mail in server.folders["INBOX"].mails.values()] == [TWIN, TWIN]


def test_all_its_copies_in_the_folder_go(server: ImapServer, account: Account) -> None:
    for _ in range(3):
        server.deliver(MAIL)
    with Mailbox(account) as mailbox:
        assert mailbox.erase(len(MAIL), DIGEST) == 3
    assert server.folders["INBOX"].mails == {}


def test_a_server_that_announces_wrong_sizes_is_asked_by_its_own(account_of: AccountOf) -> None:
    with ImapServer() as server:
        server.faults.size_lie = 7
        server.deliver(MAIL)
        with Mailbox(account_of(server)) as mailbox:
            (arrived,) = mailbox.arrivals(0)
            assert mailbox.erase(arrived.size, DIGEST) == 1


def test_without_uidplus_nothing_is_removed_nor_marked(account_of: AccountOf) -> None:
    with ImapServer(lacks={"UIDPLUS"}) as server:
        uid = server.deliver(MAIL)
        with Mailbox(account_of(server)) as mailbox, pytest.raises(RejectedError):
            mailbox.erase(len(MAIL), DIGEST)
        assert server.folders["INBOX"].mails[uid].flags == frozenset()
        assert not server.sins


def test_a_folder_is_known_by_its_name(server: ImapServer, account: Account) -> None:
    uid = server.deliver(MAIL)
    with Mailbox(account) as mailbox:
        assert not mailbox.has_folder("Đã vào sổ")
        mailbox.file((uid,), "Đã vào sổ")
        assert mailbox.has_folder("Đã vào sổ")
        assert not mailbox.has_folder("INBOX")
