import pytest
from imapclient.imap_utf7 import encode

from mailbridge.mailbox.account import Account
from mailbridge.mailbox.filing import MARK
from mailbridge.mailbox.imap import Mailbox
from mailbridge.model.errors import TryLaterError
from tests.simulators.imap import ImapServer
from tests.simulators.imap_folder import Mail
from tests.unit.mailbox.conftest import AccountOf

MAIL = b"Subject: a\r\n\r\nb\r\n"
TARGET = "Đã vào sổ"
ON_SERVER = encode(TARGET).decode("ascii")


def _inbox(server: ImapServer) -> list[int]:
    return list(server.folders["INBOX"].mails)


def _filed(server: ImapServer, name: str = ON_SERVER) -> int:
    return len(server.folders[name].mails) if name in server.folders else 0


def test_move_makes_and_subscribes_the_folder(server: ImapServer, account: Account) -> None:
    uids = tuple(server.deliver(MAIL) for _ in range(3))
    with Mailbox(account) as mailbox:
        filed = mailbox.file(uids[:2], TARGET)
        assert (filed.moved, filed.gone, filed.method) == (uids[:2], (), "move")
    assert _inbox(server) == [uids[2]]
    assert _filed(server) == 2
    assert ON_SERVER in server.subscribed


def test_filing_twice_changes_nothing(server: ImapServer, account: Account) -> None:
    uid = server.deliver(MAIL)
    with Mailbox(account) as mailbox:
        mailbox.file((uid,), TARGET)
        again = mailbox.file((uid, 99), TARGET)
    assert (again.moved, again.gone) == ((), (uid, 99))
    assert _filed(server) == 1


def test_without_move_a_mail_is_copied_and_expunged_alone(account_of: AccountOf) -> None:
    with ImapServer(lacks={"MOVE"}) as server:
        clerks, ours = server.deliver(MAIL), server.deliver(MAIL)
        with Mailbox(account_of(server)) as mailbox:
            server.folders["INBOX"].mails[clerks] = _deleted(server, clerks)
            assert mailbox.file((ours,), TARGET).method == "copy"
        assert _inbox(server) == [clerks]
        assert _filed(server) == 1
        assert not server.sins


def _deleted(server: ImapServer, uid: int) -> Mail:
    mail = server.folders["INBOX"].mails[uid]
    return Mail(mail.octets, mail.flags | {"\\Deleted"})


@pytest.mark.parametrize("keywords", [True, False])
def test_a_failed_expunge_makes_no_second_copy(account_of: AccountOf, keywords: bool) -> None:
    with ImapServer(lacks={"MOVE"}, keywords=keywords) as server:
        uid = server.deliver(MAIL)
        mailbox = Mailbox(account_of(server))
        server.faults.refuse_once = "UID EXPUNGE"
        with mailbox, pytest.raises(TryLaterError):
            mailbox.file((uid,), TARGET)
        assert _inbox(server) == [uid]
        # Where keywords are kept, a program that was started anew knows it, too.
        with Mailbox(account_of(server)) if keywords else mailbox as later:
            assert later.file((uid,), TARGET).moved == (uid,)
        assert _inbox(server) == []
        assert _filed(server) == 1


def test_what_a_clerk_has_deleted_is_left_to_the_clerk(account_of: AccountOf) -> None:
    with ImapServer(lacks={"MOVE"}) as server:
        uid = server.deliver(MAIL)
        server.folders["INBOX"].mails[uid] = _deleted(server, uid)
        with Mailbox(account_of(server)) as mailbox:
            mailbox.file((uid,), TARGET)
        assert _inbox(server) == [uid]
        assert _filed(server) == 0


def test_without_uidplus_nothing_is_expunged(account_of: AccountOf) -> None:
    with ImapServer(lacks={"MOVE", "UIDPLUS"}) as server:
        uid = server.deliver(MAIL)
        with Mailbox(account_of(server)) as mailbox:
            for method in ("auto", "move", "copy"):
                assert mailbox.file((uid,), TARGET, method).method == "keywords"
        assert MARK in server.folders["INBOX"].mails[uid].flags
        assert not any("EXPUNGE" in line or "COPY" in line for line in server.log)


def test_without_anything_a_mail_stays_as_it_is(account_of: AccountOf) -> None:
    with ImapServer(lacks={"MOVE", "UIDPLUS"}, keywords=False) as server:
        uid = server.deliver(MAIL)
        with Mailbox(account_of(server)) as mailbox:
            filed = mailbox.file((uid,), TARGET)
        assert (filed.moved, filed.gone, filed.method) == ((uid,), (), "none")
        assert _inbox(server) == [uid]


def test_no_mail_is_filed_under_another_uidvalidity(server: ImapServer, account: Account) -> None:
    uid = server.deliver(MAIL)
    with Mailbox(account) as mailbox:
        with pytest.raises(TryLaterError):
            mailbox.file((uid,), TARGET, uidvalidity=mailbox.uidvalidity - 1)
        server.reset_uidvalidity()
        with pytest.raises(TryLaterError):
            mailbox.file((uid,), TARGET)
    assert _inbox(server) == [uid]


def test_a_refused_move_loses_nothing(server: ImapServer, account: Account) -> None:
    uid = server.deliver(MAIL)
    with Mailbox(account) as mailbox:
        server.faults.refuse = {"UID MOVE"}
        with pytest.raises(TryLaterError):
            mailbox.file((uid,), TARGET)
        server.faults.refuse = ()
        assert mailbox.file((uid,), TARGET).moved == (uid,)


def test_the_servers_prefix_and_delimiter_are_kept(account_of: AccountOf) -> None:
    with ImapServer(prefix="INBOX.", delimiter=".") as server:
        uid = server.deliver(MAIL)
        with Mailbox(account_of(server)) as mailbox:
            mailbox.file((uid,), "Mailbridge/Xong")
        assert _filed(server, "INBOX.Mailbridge.Xong") == 1


def test_a_mail_is_not_filed_into_the_folder_it_came_from(
    server: ImapServer, account: Account
) -> None:
    uid = server.deliver(MAIL)
    with Mailbox(account) as mailbox:
        assert mailbox.file((uid,), "INBOX", "copy").method == "none"
    assert _inbox(server) == [uid]


def test_news_told_while_filing_is_not_lost(server: ImapServer, account: Account) -> None:
    uid = server.deliver(MAIL)
    with Mailbox(account) as mailbox:
        list(mailbox.arrivals(0))
        server.deliver(MAIL)
        mailbox.file((uid,), TARGET)
        assert mailbox.wait(3)
