"""The service in the foreground: start, run until told to stop, leave within ten seconds."""

import faulthandler
import signal
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

from mailbridge import clock
from mailbridge.actions import destroying, impounding
from mailbridge.actions.chase import chase_answers
from mailbridge.actions.close_days import close_days
from mailbridge.actions.escalate import escalate
from mailbridge.actions.exchanging import posted
from mailbridge.actions.house import House
from mailbridge.actions.post import Desk
from mailbridge.actions.receive import Begun, begin
from mailbridge.actions.remind import remind
from mailbridge.actions.watch_gaps import watch_gaps
from mailbridge.daemon import drop_folder
from mailbridge.daemon.copies import SentFolder, append_copies
from mailbridge.daemon.examiners import Examiner, examine_one
from mailbridge.daemon.housekeeping import keep_house
from mailbridge.daemon.notify import tell_systemd, watchdog_seconds
from mailbridge.daemon.poster import Poster, post_all
from mailbridge.daemon.queue import Work, WorkQueue
from mailbridge.daemon.told import Told
from mailbridge.daemon.watcher import Watch, Watcher
from mailbridge.isolation import left_behind, tesseract
from mailbridge.model.errors import TryLaterError
from mailbridge.model.exchange import FactKind
from mailbridge.model.outcome import Outcome
from mailbridge.registry import ledger, outbox

# What is being examined when we are told to stop gets this long to be settled.
SETTLE_SECONDS = 5.0
LEAVE_SECONDS = 3.0
# Whatever still hangs then is shown, thread by thread, and left: every crash window is recovered.
LAST_SECONDS = 9.5
REMIND_SECONDS = 60
COPY_SECONDS = 20
DROP_SECONDS = 10
LEAD_SECONDS = 15
# How soon after midnight the day before is closed; which ones are open is asked of the register.
CLOSING_SECONDS = 300
HOUSEKEEPING_SECONDS = 24 * 3600
# Few, so that most of a backlog still waits in the mailbox where urgent mail overtakes it.
QUEUE_ROOM_A_WORKER = 8

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Duty:
    """Everything that runs: built by `wiring`."""

    house: House
    watches: tuple[Watch, ...]
    desks: dict[str, Desk]
    workers: int
    poll_seconds: float
    sent_folders: tuple[SentFolder, ...] = ()
    # Where people lay documents that are to leave.
    drop_folder: Path | None = None
    # Whether this daemon still has its mailboxes: on SQLite it has, as long as it lives.
    leads: Callable[[], bool] = lambda: True


class Running:
    """The threads of a running service."""

    def __init__(self, duty: Duty, *, once: bool) -> None:
        self._duty = duty
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

    def stop(self) -> None:
        """Settle what is examined, abandon what is not, and leave."""
        for watcher in self.watchers:
            watcher.stop()
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
        if all(thread.is_alive() for thread in (*self.examiners, *self.watchers)):
            tell_systemd("WATCHDOG=1")


def run(duty: Duty) -> None:
    """Serve until SIGTERM or SIGINT."""
    told = Told()
    running = Running(duty, once=False)
    with ExitStack() as stack:
        running.start()
        running.poster.start()
        _tell_machine(duty.house)
        scheduler = _schedule(duty, running)
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
    post_all(duty.house, duty.desks, threading.Event())
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


def _schedule(duty: Duty, running: Running) -> BackgroundScheduler:
    # Jobs live in code alone: a stored job would run in two processes.
    scheduler = BackgroundScheduler(
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": 60}
    )

    def add(job: Callable[[], object], seconds: float) -> None:
        scheduler.add_job(_guarded(job), "interval", seconds=seconds)

    add(running.poster.wake, 30)
    add(running.wake, duty.poll_seconds)
    if duty.drop_folder is not None:
        folder = duty.drop_folder
        add(lambda: drop_folder.take(duty.house, folder, clock.now()), DROP_SECONDS)
    add(lambda: append_copies(duty.house, duty.sent_folders, duty.desks), COPY_SECONDS)
    add(lambda: remind(duty.house, clock.now()), REMIND_SECONDS)
    add(lambda: chase_answers(duty.house, clock.now()), REMIND_SECONDS)
    add(lambda: _recalls(duty.house), REMIND_SECONDS)
    add(lambda: close_days(duty.house, clock.now()), CLOSING_SECONDS)
    add(lambda: watch_gaps(duty.house, clock.now()), HOUSEKEEPING_SECONDS)
    add(lambda: keep_house(duty.house, clock.now()), HOUSEKEEPING_SECONDS)
    add(lambda: _leave_if_overtaken(duty), LEAD_SECONDS)
    watchdog = watchdog_seconds()
    if watchdog:
        add(running.tell_watchdog, watchdog / 2)
    scheduler.start()
    return scheduler


def _recalls(house: House) -> None:
    """Carry on with what was called back: erasures that waited, deadlines that passed."""
    now = clock.now()
    destroying.finish(house, now)
    escalate(house, now)


def _leave_if_overtaken(duty: Duty) -> None:
    """End when the register's server has forgotten us: another daemon may have our mailboxes now.

    What both settle or post in between is decided by the register: each mail and letter once.
    """
    if not duty.leads():
        _log.error("lost the lead: leaving")
        signal.raise_signal(signal.SIGTERM)


def _guarded(job: Callable[[], object]) -> Callable[[], None]:
    """Keep a registry that is away from ending a job for ever."""

    def guarded() -> None:
        try:
            job()
        except TryLaterError as error:
            _log.warning("job put off", detail=error.detail)

    return guarded


def _join(threads: Sequence[threading.Thread], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))
