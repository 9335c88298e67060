import os
import threading
from datetime import UTC, datetime

import pytest

from mailbridge.mailbox.account import Account
from mailbridge.mailbox.imap import Mailbox
from mailbridge.model.errors import Reason, RefusedError, TryLaterError
from tests.simulators.imap import ImapServer

MAIL = b"Subject: =?utf-8?q?C=C3=B4ng?=\r\n v=C4=83n\r\nX-Priority: 1\r\n\r\nnoi dung\r\n"


def test_arrivals_tell_size_time_and_fields_before_a_body_is_fetched(
    server: ImapServer, account: Account
) -> None:
    uid = server.deliver(MAIL)
    with Mailbox(account) as mailbox:
        (arrival,) = mailbox.arrivals(0)
    assert (arrival.slot.mailbox, arrival.slot.uid) == ("van-thu", uid)
    assert arrival.slot.uidvalidity == 1700000000
    assert arrival.size == len(MAIL)
    assert arrival.internal_date == datetime(2026, 11, 1, 1, 30, tzinfo=UTC)
    assert arrival.subject == "=?utf-8?q?C=C3=B4ng?= v=C4=83n"
    assert arrival.priority == "1"
    assert not any("PEEK[]" in line for line in server.log)


def test_the_last_mail_is_no_arrival_again(server: ImapServer, account: Account) -> None:
    uid = server.deliver(MAIL)
    with Mailbox(account) as mailbox:
        assert list(mailbox.arrivals(uid)) == []
        later = server.deliver(MAIL)
        assert [each.slot.uid for each in mailbox.arrivals(uid)] == [later]
        assert mailbox.uidnext == later + 1


def test_arrivals_come_in_batches_and_in_order(server: ImapServer, account: Account) -> None:
    uids = [server.deliver(MAIL) for _ in range(450)]
    with Mailbox(account) as mailbox:
        assert [each.slot.uid for each in mailbox.arrivals(0)] == uids
    assert sum("UID FETCH" in line for line in server.log) == 3


def test_a_mail_removed_under_our_feet_is_no_arrival(server: ImapServer, account: Account) -> None:
    for _ in range(201):
        server.deliver(MAIL)
    with Mailbox(account) as mailbox:
        arrivals = mailbox.arrivals(0)
        first = next(arrivals)
        server.remove(201)
        assert first.slot.uid == 1
        assert len(list(arrivals)) == 199


def test_another_uidvalidity_is_seen_after_connecting_anew(
    server: ImapServer, account: Account
) -> None:
    server.deliver(MAIL)
    mailbox = Mailbox(account)
    with mailbox:
        (before,) = mailbox.arrivals(0)
    server.reset_uidvalidity()
    with mailbox:
        assert mailbox.uidvalidity == before.slot.uidvalidity + 1
        with pytest.raises(RefusedError) as refused:
            mailbox.fetch(before.slot, before.size, bytearray().extend, limit=1000)
    assert refused.value.reason is Reason.VANISHED


def test_a_mailbox_that_is_not_connected_says_try_later(account: Account) -> None:
    mailbox = Mailbox(account)
    with pytest.raises(TryLaterError):
        mailbox.wait(0.1)
    assert not mailbox.connected
    mailbox.close()


def test_a_read_only_folder_is_still_read(server: ImapServer, account: Account) -> None:
    uid = server.deliver(MAIL)
    server.read_only = True
    with Mailbox(account) as mailbox:
        assert not mailbox.writable
        assert [each.slot.uid for each in mailbox.arrivals(0)] == [uid]
        assert mailbox.file((uid,), "Da vao so").method == "none"


def test_exists_tells_which_mails_are_left(server: ImapServer, account: Account) -> None:
    first, second = server.deliver(MAIL), server.deliver(MAIL)
    server.remove(first)
    with Mailbox(account) as mailbox:
        assert mailbox.exists((first, second, 99)) == {second}
        assert mailbox.exists(()) == set()
        assert mailbox.count == 1


def test_news_told_between_commands_ends_the_next_wait_at_once(
    server: ImapServer, account: Account
) -> None:
    with Mailbox(account) as mailbox:
        uid = server.deliver(MAIL)
        mailbox.file((uid,), "Da vao so", "keywords")
        assert mailbox.wait(5)
        assert [each.slot.uid for each in mailbox.arrivals(0)] == [uid]
        assert not mailbox.wait(0.05)


def test_a_wake_from_another_thread_ends_the_wait(server: ImapServer, account: Account) -> None:
    read, write = os.pipe()
    timer = threading.Timer(0.1, os.write, (write, b"x"))
    with Mailbox(account) as mailbox:
        timer.start()
        assert not mailbox.wait(10, wake=read)
        assert list(mailbox.arrivals(0)) == []
    timer.join()
    os.close(read)
    os.close(write)


def test_a_silent_server_is_given_up_and_the_connection_is_cut(
    server: ImapServer, account: Account
) -> None:
    with Mailbox(account) as mailbox:
        server.faults.mute = "UID SEARCH"
        with pytest.raises(TryLaterError):
            list(mailbox.arrivals(0))
        assert not mailbox.connected
        mailbox.connect()
        assert list(mailbox.arrivals(0)) == []
