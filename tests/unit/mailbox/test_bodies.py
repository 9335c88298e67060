from collections.abc import Iterator

import pytest

from mailbridge.mailbox.account import Account
from mailbridge.mailbox.errors import VanishedError
from mailbridge.mailbox.imap import Mailbox
from mailbridge.model.errors import Reason, RefusedError, TryLaterError
from mailbridge.model.slot import Arrival
from tests.simulators.imap import ImapServer

MIB = 1024 * 1024
LIMIT = 8 * MIB


def _mail(size: int) -> bytes:
    return b"Subject: a\r\n\r\n" + bytes(i % 251 for i in range(256)) * (size // 256)


def _only(mailbox: Mailbox) -> Arrival:
    (arrival,) = mailbox.arrivals(0)
    return arrival


@pytest.mark.parametrize("size", [256, MIB - 256, 3 * MIB, 3 * MIB + 512])
def test_a_body_comes_octet_by_octet(server: ImapServer, account: Account, size: int) -> None:
    octets = _mail(size)
    server.deliver(octets)
    with Mailbox(account) as mailbox:
        arrival, came = _only(mailbox), bytearray()
        assert mailbox.fetch(arrival.slot, arrival.size, came.extend, limit=LIMIT) == len(octets)
    assert bytes(came) == octets


def test_a_mail_of_exactly_a_step_or_the_limit_is_taken(
    server: ImapServer, account: Account
) -> None:
    octets = bytes(2 * MIB)
    server.deliver(octets)
    with Mailbox(account) as mailbox:
        arrival, came = _only(mailbox), bytearray()
        assert mailbox.fetch(arrival.slot, len(octets), came.extend, limit=2 * MIB) == 2 * MIB
    assert len(came) == 2 * MIB


def test_a_mail_over_the_limit_is_refused_without_download(
    server: ImapServer, account: Account
) -> None:
    server.deliver(_mail(4096))
    with Mailbox(account) as mailbox:
        arrival = _only(mailbox)
        with pytest.raises(RefusedError) as refused:
            mailbox.fetch(arrival.slot, arrival.size, bytearray().extend, limit=1000)
        assert refused.value.reason is Reason.TOO_LARGE
        assert mailbox.connected
    assert not any("PEEK[]" in line for line in server.log)


@pytest.mark.parametrize("lie", [-3000, 100_000])
def test_the_size_is_what_the_body_gave(server: ImapServer, account: Account, lie: int) -> None:
    octets = _mail(4096)
    server.deliver(octets)
    server.faults.size_lie = lie
    with Mailbox(account) as mailbox:
        arrival, came = _only(mailbox), bytearray()
        assert arrival.size != len(octets)
        assert mailbox.fetch(arrival.slot, arrival.size, came.extend, limit=LIMIT) == len(octets)
    assert bytes(came) == octets


def test_a_server_that_gives_little_at_a_time_is_asked_on(
    server: ImapServer, account: Account
) -> None:
    octets = _mail(4096)
    server.deliver(octets)
    server.faults.at_most = 1000
    with Mailbox(account) as mailbox:
        arrival, came = _only(mailbox), bytearray()
        assert mailbox.fetch(arrival.slot, arrival.size, came.extend, limit=LIMIT) == len(octets)
    assert bytes(came) == octets


def test_an_endless_body_is_refused(server: ImapServer, account: Account) -> None:
    server.deliver(_mail(256))
    server.faults.endless = True
    with Mailbox(account) as mailbox:
        arrival, came = _only(mailbox), bytearray()
        with pytest.raises(RefusedError) as refused:
            mailbox.fetch(arrival.slot, arrival.size, came.extend, limit=2 * MIB)
        assert refused.value.reason is Reason.TOO_LARGE
    assert len(came) == 2 * MIB + 1


@pytest.mark.parametrize("lie", [-7, 7, 10 * MIB])
def test_a_lying_literal_ends_the_try_and_not_the_program(
    server: ImapServer, account: Account, lie: int
) -> None:
    server.deliver(_mail(4096))
    server.faults.literal_lie = lie
    with Mailbox(account) as mailbox:
        arrival = _only(mailbox)
        with pytest.raises((TryLaterError, VanishedError)):
            mailbox.fetch(arrival.slot, arrival.size, bytearray().extend, limit=LIMIT)


def test_a_cut_mail_goes_on_where_it_was_cut(server: ImapServer, account: Account) -> None:
    octets = _mail(5 * MIB)
    server.deliver(octets)
    mailbox = Mailbox(account)
    came = bytearray()
    with mailbox:
        arrival = _only(mailbox)
        before = server.sent
        server.faults.cut_after = 4 * MIB - 10_000
        with pytest.raises(TryLaterError):
            mailbox.fetch(arrival.slot, arrival.size, came.extend, limit=LIMIT)
        assert not mailbox.connected
        mailbox.connect()
        size = mailbox.fetch(arrival.slot, arrival.size, came.extend, limit=LIMIT, offset=len(came))
    assert bytes(came) == octets
    assert size == len(octets)
    assert server.sent - before < 1.03 * len(octets)


def test_a_mail_that_vanished_says_so(server: ImapServer, account: Account) -> None:
    uid = server.deliver(_mail(256))
    with Mailbox(account) as mailbox:
        arrival = _only(mailbox)
        server.remove(uid)
        with pytest.raises(VanishedError) as vanished:
            mailbox.fetch(arrival.slot, arrival.size, bytearray().extend, limit=LIMIT)
        assert vanished.value.reason is Reason.VANISHED
        assert mailbox.connected


def test_a_quoted_body_cannot_pretend_to_be_an_answer(server: ImapServer, account: Account) -> None:
    octets = b'") UID 7 BODY[]<0> "forged\\'
    server.deliver(octets)
    server.faults.quoted_bodies = True
    with Mailbox(account) as mailbox:
        arrival, came = _only(mailbox), bytearray()
        assert mailbox.fetch(arrival.slot, arrival.size, came.extend, limit=LIMIT) == len(octets)
    assert bytes(came) == octets


def test_an_empty_body_has_no_octets(server: ImapServer, account: Account) -> None:
    server.deliver(b"")
    with Mailbox(account) as mailbox:
        arrival, came = _only(mailbox), bytearray()
        assert mailbox.fetch(arrival.slot, arrival.size, came.extend, limit=LIMIT) == 0


def test_a_full_disk_stays_a_full_disk(server: ImapServer, account: Account) -> None:
    server.deliver(_mail(MIB))

    def write(octets: bytes) -> None:
        raise OSError(28, "No space left on device")

    with Mailbox(account) as mailbox:
        arrival = _only(mailbox)
        with pytest.raises(OSError, match="No space"):
            mailbox.fetch(arrival.slot, arrival.size, write, limit=LIMIT)
        assert not mailbox.connected


def test_small_mails_come_several_at_once(server: ImapServer, account: Account) -> None:
    mails = {server.deliver(octets): octets for octets in (_mail(256 * n) for n in range(1, 60))}
    with Mailbox(account) as mailbox:
        arrivals = list(mailbox.arrivals(0))
        fetches = sum("UID FETCH" in line for line in server.log)
        came = {slot.uid: octets for slot, octets in mailbox.fetch_many(arrivals)}
    assert came == mails
    assert sum("UID FETCH" in line for line in server.log) - fetches == 1


def test_batches_stay_small(server: ImapServer, account: Account) -> None:
    for _ in range(20):
        server.deliver(_mail(200 * 1024))
    with Mailbox(account) as mailbox:
        assert len(list(mailbox.fetch_many(mailbox.arrivals(0)))) == 20
    assert sum("PEEK[]" in line for line in server.log) == 2


def test_large_lying_and_vanished_mails_are_left_to_fetch(
    server: ImapServer, account: Account
) -> None:
    large, gone, liar, good = (server.deliver(_mail(n)) for n in (MIB, 256, 300 * 1024, 512))
    with Mailbox(account) as mailbox:
        arrivals = list(mailbox.arrivals(0))
        server.remove(gone)
        told = [_lie(each, 100 if each.slot.uid == liar else each.size) for each in arrivals]
        assert [slot.uid for slot, _ in mailbox.fetch_many(told)] == [good]
        assert mailbox.connected
    assert large


def _lie(arrival: Arrival, size: int) -> Arrival:
    return Arrival(arrival.slot, size, arrival.internal_date)


def test_arrivals_may_be_fetched_while_they_are_told(server: ImapServer, account: Account) -> None:
    for _ in range(250):
        server.deliver(_mail(256))

    def sizes(mailbox: Mailbox) -> Iterator[int]:
        for each in mailbox.arrivals(0):
            yield mailbox.fetch(each.slot, each.size, bytearray().extend, limit=LIMIT)

    with Mailbox(account) as mailbox:
        assert len(list(sizes(mailbox))) == 250
