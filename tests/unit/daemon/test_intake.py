"""What is taken in, from where on, and in which order."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from mailbridge.actions.house import House
from mailbridge.daemon.intake import Intake, Kept, first_uid, moment_of
from mailbridge.daemon.queue import Work
from mailbridge.mailbox.imap import Mailbox
from mailbridge.model.errors import Reason, TryLaterError
from mailbridge.registry import ledger, mailboxes, outbox
from tests.simulators.imap import Faults, ImapServer
from tests.unit.daemon.conftest import Open

NOW = datetime.now(UTC)
MAIL = b"From: a@x.vn\r\nSubject: %s\r\n\r\nbody\r\n"


@pytest.fixture
def mailbox(mailbox_of: Open) -> Iterator[Mailbox]:
    with mailbox_of() as opened:
        yield opened


def intake(house: House, mailbox: Mailbox, size: int = 10**6, kept: Kept | None = None) -> Intake:
    made = Intake("vanthu", house, mailbox, size, kept or Kept())
    made.open("all", NOW)
    return made


def take(made: Intake) -> list[Work]:
    made.discover()
    taken: list[Work] = []
    while made.pending:
        taken += made.take(NOW, lambda *_: None)
    return taken


def test_urgent_words_overtake(house: House, server: ImapServer, mailbox_of: Open) -> None:
    for subject in (b"mot", b"hai", "Hỏa tốc: ba".encode(), "Khẩn: bốn".encode()):
        server.deliver(MAIL % subject)
    with mailbox_of() as mailbox:
        assert [work.mail.arrival.slot.uid for work in take(intake(house, mailbox))] == [3, 4, 1, 2]


def test_octets_are_stored_as_they_are(house: House, server: ImapServer, mailbox_of: Open) -> None:
    server.deliver(MAIL % b"mot")
    with mailbox_of() as mailbox:
        (work,) = take(intake(house, mailbox))
    assert house.blobs.path(work.mail.fingerprint).read_bytes() == MAIL % b"mot"


def test_a_mail_is_begun_before_it_is_handed_out(
    house: House, server: ImapServer, mailbox_of: Open
) -> None:
    server.deliver(MAIL % b"mot")
    with mailbox_of() as mailbox:
        (work,) = take(intake(house, mailbox))
    with house.database.reading() as tx:
        row = ledger.get(tx, work.mail.ledger)
    assert row is not None
    assert (row.attempts, row.outcome) == (1, None)


def test_a_mail_over_the_limit_is_recorded_and_not_fetched(
    house: House, server: ImapServer, mailbox_of: Open
) -> None:
    server.deliver(MAIL % (b"x" * 5000))
    with mailbox_of() as mailbox:
        assert take(intake(house, mailbox, size=1000)) == []
    with house.database.reading() as tx:
        (row,) = ledger.rows(tx)
    assert (row.reason, row.fingerprint) == (Reason.TOO_LARGE, None)


def test_a_mail_over_the_limit_leaves_no_words_under_a_mark_of_secrecy(
    house: House, server: ImapServer, mailbox_of: Open
) -> None:
    marked = b"Subject: [TOI MAT] phuong an dac biet\r\n\r\n" + b"x" * 5000
    server.deliver(marked)
    with mailbox_of() as mailbox:
        assert take(intake(house, mailbox, size=1000)) == []
    with house.database.reading() as tx:
        (row,), (letter,) = ledger.rows(tx), outbox.letters(tx)
    assert (row.reason, row.subject) == (Reason.TOO_LARGE, "")
    assert "phuong an" not in str(letter.facts)


def test_a_mail_that_a_clerk_moved_away_has_its_row(
    house: House, server: ImapServer, mailbox_of: Open
) -> None:
    uid = server.deliver(MAIL % b"mot")
    with mailbox_of() as mailbox:
        made = intake(house, mailbox)
        made.discover()
        server.remove(uid)
        assert list(made.take(NOW, lambda *_: None)) == []
    with house.database.reading() as tx:
        (row,) = ledger.rows(tx)
    assert row.reason is Reason.VANISHED
    assert row.gone_at is not None


def test_a_cut_line_is_resumed_where_it_was_cut(
    house: House, server: ImapServer, mailbox_of: Open
) -> None:
    octets = MAIL % b"lon" + b"y" * 3_000_000
    server.deliver(octets)
    kept = Kept()
    server.faults = Faults(cut_after=500_000)
    with pytest.raises(TryLaterError), mailbox_of() as mailbox:
        take(intake(house, mailbox, size=10**7, kept=kept))
    assert sum(blob.size for blob in kept.partial.values()) >= 1
    before = server.sent
    with mailbox_of() as mailbox:
        (work,) = take(intake(house, mailbox, size=10**7, kept=kept))
    assert house.blobs.path(work.mail.fingerprint).read_bytes() == octets
    assert server.sent - before < len(octets)


def test_what_came_before_the_line_was_cut_is_not_fetched_again(
    house: House, server: ImapServer, mailbox_of: Open
) -> None:
    for size in (400_000, 500_000):
        server.deliver(MAIL % b"lon" + b"y" * size)
    kept, taken = Kept(), list[Work]()
    with mailbox_of() as mailbox:
        made = intake(house, mailbox, kept=kept)
        made.discover()
        server.faults = Faults(cut_at_literal=2, cut_after=100_000)
        with pytest.raises(TryLaterError):
            taken.extend(made.take(NOW, lambda *_: None))
    assert [work.mail.arrival.slot.uid for work in taken] == [1]
    with mailbox_of() as mailbox:
        assert [w.mail.arrival.slot.uid for w in take(intake(house, mailbox, kept=kept))] == [2]


def test_a_second_life_takes_only_what_is_not_settled(
    house: House, server: ImapServer, mailbox_of: Open
) -> None:
    for subject in (b"mot", b"hai"):
        server.deliver(MAIL % subject)
    with mailbox_of() as mailbox:
        first, _ = take(intake(house, mailbox))
    with house.database.transaction() as tx:
        ledger.record(tx, first.mail.arrival, NOW, Reason.MALFORMED, "x")
    with mailbox_of() as mailbox:
        (again,) = take(intake(house, mailbox))
    assert again.mail.arrival.slot.uid == 2
    with house.database.reading() as tx:
        assert len(ledger.rows(tx)) == 2


def test_a_new_uidvalidity_is_looked_through_anew(
    house: House, server: ImapServer, mailbox_of: Open
) -> None:
    server.deliver(MAIL % b"mot")
    with mailbox_of() as mailbox:
        take(intake(house, mailbox))
    server.reset_uidvalidity()
    with mailbox_of() as mailbox:
        (again,) = take(intake(house, mailbox))
        assert again.mail.arrival.slot.uidvalidity == mailbox.uidvalidity
    with house.database.reading() as tx:
        assert len(ledger.rows(tx)) == 2


def test_now_leaves_old_mail_alone(house: House, server: ImapServer, mailbox_of: Open) -> None:
    server.deliver(MAIL % b"cu")
    with mailbox_of() as mailbox:
        made = Intake("vanthu", house, mailbox, 10**6, Kept())
        made.open("now", NOW)
        assert take(made) == []
        server.deliver(MAIL % b"moi")
        mailbox.wait(2.0)
        assert [work.mail.arrival.slot.uid for work in take(made)] == [2]
    with house.database.reading() as tx:
        state = mailboxes.state(tx, "vanthu")
    assert state is not None
    assert state.start_uid == 2


def test_a_date_takes_what_came_since(house: House, server: ImapServer, mailbox_of: Open) -> None:
    server.deliver(MAIL % b"mot")
    with mailbox_of() as mailbox:
        (arrival,) = mailbox.arrivals(0)
        before = arrival.internal_date - timedelta(seconds=1)
        after = arrival.internal_date + timedelta(seconds=1)
        assert first_uid(mailbox, before.date(), before) == 1
        assert first_uid(mailbox, after.date(), after) == mailbox.uidnext
    assert moment_of("now", NOW) == NOW
    assert moment_of("all", NOW).year == 1970
