import threading
import time

import pytest

from mailbridge.mailbox.account import Account
from mailbridge.mailbox.imap import Mailbox
from mailbridge.mailbox.watch import interval
from mailbridge.model.errors import TryLaterError
from tests.simulators.imap import ImapServer
from tests.unit.mailbox.conftest import AccountOf

MAIL = b"Subject: a\r\n\r\nb\r\n"


def _later(server: ImapServer) -> threading.Timer:
    timer = threading.Timer(0.15, server.deliver, (MAIL,))
    timer.start()
    return timer


@pytest.mark.parametrize("split", [False, True])
def test_idle_wakes_on_new_mail_even_when_its_line_is_split(
    server: ImapServer, account: Account, split: bool
) -> None:
    server.faults.split_lines = split
    with Mailbox(account) as mailbox:
        timer = _later(server)
        assert mailbox.wait(5)
        assert len(list(mailbox.arrivals(0))) == 1
        assert not mailbox.wait(0.1)
        timer.join()
    assert any(line.endswith("IDLE") for line in server.log)


def test_news_in_the_segment_of_the_plus_is_seen(server: ImapServer, account: Account) -> None:
    server.faults.exists_before_plus = True
    with Mailbox(account) as mailbox:
        began = time.monotonic()
        assert mailbox.wait(5)
        assert time.monotonic() - began < 2


def test_an_expunge_is_no_news(server: ImapServer, account: Account) -> None:
    uid = server.deliver(MAIL)
    with Mailbox(account) as mailbox:
        timer = threading.Timer(0.1, server.remove, (uid,))
        timer.start()
        assert not mailbox.wait(0.4)
        timer.join()


def test_a_server_that_hangs_up_in_idle_is_left(server: ImapServer, account: Account) -> None:
    server.faults.drop_in_idle = True
    with Mailbox(account) as mailbox:
        with pytest.raises(TryLaterError):
            mailbox.wait(5)
        mailbox.connect()
        timer = _later(server)
        assert mailbox.wait(5)
        timer.join()


def test_a_line_cut_in_idle_is_noticed_at_once(server: ImapServer, account: Account) -> None:
    with Mailbox(account) as mailbox:
        timer = threading.Timer(0.1, server.drop_all)
        timer.start()
        with pytest.raises(TryLaterError):
            mailbox.wait(20)
        timer.join()


def test_without_idle_noop_stands_in(account_of: AccountOf) -> None:
    with ImapServer(lacks={"IDLE"}) as server:
        with Mailbox(account_of(server), noop_every=0.02) as mailbox:
            timer = _later(server)
            assert mailbox.wait(5)
            assert len(list(mailbox.arrivals(0))) == 1
            timer.join()
        assert not any(line.endswith("IDLE") for line in server.log)


def test_noop_is_asked_where_it_is_wanted(server: ImapServer, account: Account) -> None:
    with Mailbox(account, watch="noop", noop_every=0.02) as mailbox:
        timer = _later(server)
        assert mailbox.wait(5)
        list(mailbox.arrivals(0))
        assert not mailbox.wait(0.1)
        timer.join()
    assert not any(line.endswith("IDLE") for line in server.log)


def test_a_strangers_server_is_asked_seldom() -> None:
    assert interval(None, stands_in=True) > 10 * interval(None, stands_in=False)
    assert interval(2.0, stands_in=True) == 2.0
