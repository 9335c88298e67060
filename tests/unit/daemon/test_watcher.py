"""A watcher takes in, files, and comes back after every failure."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime

from mailbridge.actions.house import House
from mailbridge.daemon.examiners import Examiner
from mailbridge.daemon.filing import FilingPlan
from mailbridge.daemon.queue import WorkQueue
from mailbridge.daemon.watcher import Watch, Watcher
from mailbridge.model.outcome import OutcomeName
from mailbridge.registry import ledger
from tests.simulators.imap import Faults, ImapServer
from tests.unit.daemon.conftest import Open
from tests.unit.provenance.samples import mail_with, paper, sealed

NOW = datetime.now(UTC)
PLAN = FilingPlan("auto", {OutcomeName.REGISTERED: "Da vao so", OutcomeName.DUPLICATE: ""})


def watch(mailbox_of: Open) -> Watch:
    return Watch("vanthu", mailbox_of, "all", PLAN, poll_seconds=1.0, mail_size=10**7)


def once(house: House, mailbox_of: Open) -> Watcher:
    queue = WorkQueue(8)
    examiner = Examiner(house, queue, "examine")
    watcher = Watcher(watch(mailbox_of), house, queue, once=True)
    examiner.start()
    watcher.start()
    watcher.join(60)
    queue.close()
    examiner.join(10)
    assert not watcher.is_alive()
    return watcher


def outcomes(house: House) -> list[OutcomeName | None]:
    with house.database.reading() as tx:
        return [row.outcome for row in reversed(ledger.rows(tx))]


def until(holds: Callable[[], bool]) -> None:
    for _ in range(200):
        if holds():
            return
        threading.Event().wait(0.1)
    raise AssertionError("never")


def test_one_round_settles_and_files_everything(
    house: House, server: ImapServer, mailbox_of: Open
) -> None:
    server.deliver(mail_with(sealed()))
    server.deliver(mail_with(paper()).replace(b"123", b"125"))
    once(house, mailbox_of)
    assert outcomes(house) == [OutcomeName.REGISTERED, OutcomeName.HELD]
    assert len(server.folders["Da vao so"].mails) == 1
    assert len(server.folders["INBOX"].mails) == 1


def test_a_uidvalidity_roll_registers_and_sends_nothing_again(
    house: House, server: ImapServer, mailbox_of: Open
) -> None:
    server.deliver(mail_with(sealed()))
    plan = FilingPlan("none", {})
    quiet = Watch("vanthu", mailbox_of, "all", plan, poll_seconds=1.0, mail_size=10**7)
    for _ in range(2):
        queue = WorkQueue(8)
        examiner, watcher = Examiner(house, queue, "e"), Watcher(quiet, house, queue, once=True)
        examiner.start()
        watcher.run()
        queue.close()
        examiner.join(10)
        server.reset_uidvalidity()
    assert outcomes(house) == [OutcomeName.REGISTERED, OutcomeName.DUPLICATE]


def test_a_refused_login_is_not_hammered(
    house: House, server: ImapServer, mailbox_of: Open
) -> None:
    server.faults = Faults(login="NO")
    watcher = Watcher(watch(mailbox_of), house, WorkQueue(8))
    watcher.start()
    threading.Event().wait(1.5)
    watcher.stop()
    watcher.join(10)
    assert not watcher.is_alive()
    assert sum("LOGIN" in line or "AUTHENTICATE" in line for line in server.log) == 1


def test_a_dropped_connection_comes_back(
    house: House, server: ImapServer, mailbox_of: Open
) -> None:
    queue = WorkQueue(8)
    examiner = Examiner(house, queue, "examine")
    watcher = Watcher(watch(mailbox_of), house, queue)
    examiner.start()
    watcher.start()
    threading.Event().wait(0.5)
    server.drop_all()
    server.deliver(mail_with(sealed()))
    for _ in range(100):
        if outcomes(house) == [OutcomeName.REGISTERED]:
            break
        threading.Event().wait(0.1)
    watcher.stop()
    watcher.join(10)
    queue.close()
    examiner.join(10)
    assert outcomes(house) == [OutcomeName.REGISTERED]


def test_a_mail_that_waits_for_its_examiner_is_not_begun_again_after_a_cut(
    house: House, server: ImapServer, mailbox_of: Open
) -> None:
    queue = WorkQueue(8)
    watcher = Watcher(watch(mailbox_of), house, queue)
    watcher.start()
    server.deliver(mail_with(sealed()))
    until(lambda: len(outcomes(house)) == 1)
    server.faults = Faults(cut_after=1000)
    server.deliver(mail_with(paper()).replace(b"123", b"125"))
    until(lambda: len(outcomes(house)) == 2)
    examiner = Examiner(house, queue, "examine")
    examiner.start()
    until(lambda: None not in outcomes(house))
    watcher.stop()
    watcher.join(10)
    queue.close()
    examiner.join(10)
    assert outcomes(house) == [OutcomeName.REGISTERED, OutcomeName.HELD]
    with house.database.reading() as tx:
        assert [row.attempts for row in ledger.rows(tx)] == [1, 1]


def test_a_server_that_is_away_ends_one_round_with_a_no(
    house: House, mailbox_of: Open, server: ImapServer
) -> None:
    server.faults = Faults(refuse=("SELECT",))
    assert once(house, mailbox_of).failed_at is not None
