"""The service in the foreground: start, run until told to stop, leave within ten seconds."""

import faulthandler
import threading
import time
from collections.abc import Sequence
from contextlib import ExitStack

import structlog

from mailbridge import clock
from mailbridge.actions import destroying, impounding
from mailbridge.actions.exchanging import posted
from mailbridge.actions.house import House
from mailbridge.actions.post import Posting
from mailbridge.actions.receive import Begun, begin
from mailbridge.daemon.copies import append_copies
from mailbridge.daemon.duty import Duty
from mailbridge.daemon.examiners import Examiner, examine_one
from mailbridge.daemon.notify import tell_systemd
from mailbridge.daemon.poster import Poster
from mailbridge.daemon.queue import Work, WorkQueue
from mailbridge.daemon.schedule import schedule
from mailbridge.daemon.told import Told
from mailbridge.daemon.watcher import Watcher
from mailbridge.isolation import left_behind, tesseract
from mailbridge.model.exchange import FactKind
from mailbridge.model.outcome import Outcome
from mailbridge.registry import ledger, outbox

# What is being examined when we are told to stop gets this long to be settled.
SETTLE_SECONDS = 5.0
LEAVE_SECONDS = 3.0
# Whatever still hangs then is shown, thread by thread, and left: every crash window is recovered.
LAST_SECONDS = 9.5
# Few, so that most of a backlog still waits in the mailbox where urgent mail overtakes it.
QUEUE_ROOM_A_WORKER = 8

_log = structlog.get_logger(__name__)


class Running:
    """The threads of a running service."""

    def __init__(self, duty: Duty, *, once: bool) -> None:
        self._duty = duty
        # One round asks what there is, and lets nobody in.
        self._gateway = None if once else duty.gateway
        self.queue = WorkQueue(QUEUE_ROOM_A_WORKER * duty.workers)
        self.poster = Poster(duty.house, duty.desks)
        self.examiners = [
            Examiner(duty.house, self.queue, f"examine-{number}", warms_up=number == 0 and not once)
            for number in range(duty.workers)
        ]
        self.watchers = [
            Watcher(watch, duty.house, self.queue, once=once) for watch in duty.watches
        ]

    def start(self) -> None:
        """Recover from an unclean end first, then start every thread."""
        recover(self._duty.house, self.queue)
        for thread in (*self.examiners, *self.watchers):
            thread.start()
        if self._gateway is not None:
            self._gateway.start(self.queue)

    def stop(self) -> None:
        """Settle what is examined, abandon what is not, and leave."""
        for watcher in self.watchers:
            watcher.stop()
        if self._gateway is not None:
            self._gateway.stop()
        self.queue.close()
        self.poster.stop()
        _join(self.examiners, SETTLE_SECONDS)
        self._duty.house.rooms.opener.close()
        self._duty.house.rooms.reader.close()
        _join([*self.examiners, *self.watchers], LEAVE_SECONDS)

    def wake(self) -> None:
        """Let every watcher look at its mailbox now."""
        for watcher in self.watchers:
            watcher.wake()

    def tell_watchdog(self) -> None:
        """Give systemd a sign of life while every thread that must run does."""
        is_open = self._gateway is None or self._gateway.is_alive()
        if is_open and all(one.is_alive() for one in (*self.examiners, *self.watchers)):
            tell_systemd("WATCHDOG=1")


def run(duty: Duty) -> None:
    """Serve until SIGTERM or SIGINT."""
    told = Told()
    running = Running(duty, once=False)
    with ExitStack() as stack:
        running.start()
        running.poster.start()
        _tell_machine(duty.house)
        scheduler = schedule(duty, running)
        stack.callback(scheduler.shutdown, wait=False)
        tell_systemd("READY=1")
        _log.info("ready", mailboxes=[watch.name for watch in duty.watches])
        told.wait()
        faulthandler.dump_traceback_later(LAST_SECONDS, exit=True)
        tell_systemd("STOPPING=1")
        running.stop()
    _log.info("stopped")


def poll_once(duty: Duty) -> bool:
    """Take in, examine, file and post what is there now; tell whether every mailbox answered."""
    running = Running(duty, once=True)
    running.start()
    for watcher in running.watchers:
        watcher.join()
    Posting(duty.house, duty.desks, clock.now).due(lambda: True)
    append_copies(duty.house, duty.sent_folders, duty.desks)
    answered = all(watcher.failed_at is None for watcher in running.watchers)
    running.stop()
    for desk in duty.desks.values():
        desk.post.close()
    return answered


def recover(house: House, queue: WorkQueue) -> None:
    """After an unclean end: what was being examined is examined again, one mail at a time.

    A mail that kills the daemon itself is found so: it dies alone, and its neighbours are innocent.
    """
    now = clock.now()
    house.blobs.clear_unfinished()
    house.custody.clear_unfinished()
    left_behind.clear(house.rooms.folder)
    impounding.finish(house)
    destroying.finish(house, now)
    with house.database.transaction() as tx:
        # Other daemons may share the register, each with mailboxes of its own.
        suspects = ledger.recover(tx, now, house.mailboxes)
        for letter in outbox.recover(tx, now, house.mailboxes):
            posted(tx, letter, FactKind.UNCERTAIN, "dịch vụ dừng khi đang gửi", now)
    for row in suspects:
        if row.fingerprint is None or not house.blobs.path(row.fingerprint).exists():
            # It is still in its mailbox, and will be fetched again.
            continue
        (mail,) = begin(house, [(row.arrival, row.fingerprint)], now, alone=True)
        examine_one(house, queue, Work(mail, 0, _already_told))


def _tell_machine(house: House) -> None:
    """Say once whether scans are read: who believes that they are looks for no marks on them."""
    ocr = house.rooms.ocr
    if ocr is None or not tesseract.reads_vietnamese(ocr.program):
        _log.warning("scans are not read: no tesseract with its model 'vie', or switched off")


def _already_told(mail: Begun, outcome: Outcome | None) -> None:
    """Do nothing: the watcher files all unfiled mails when it connects."""


def _join(threads: Sequence[threading.Thread], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))
