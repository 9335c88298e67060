"""One thread for each mailbox: waits for mail, takes it in, and files what is settled.

A clerk works in the same mailbox: nothing is marked as read, and any mail may be gone at any time.
"""

import queue
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import random
from typing import Literal

import structlog

from mailbridge import clock
from mailbridge.actions.house import House
from mailbridge.actions.receive import Begun
from mailbridge.daemon.erasing import erase_recalled
from mailbridge.daemon.filing import FilingPlan, file_settled
from mailbridge.daemon.intake import Intake, Kept
from mailbridge.daemon.queue import WorkQueue
from mailbridge.mailbox.backoff import Backoff
from mailbridge.mailbox.errors import AuthenticationFailedError
from mailbridge.mailbox.imap import Mailbox
from mailbridge.model.errors import TryLaterError
from mailbridge.model.outcome import Outcome

# While a backlog waits for the examiners, the mailbox is looked at this often for urgent mail.
ROOM_SECONDS = 0.2

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Watch:
    """What a watcher needs to know of its mailbox."""

    name: str
    open: Callable[[], Mailbox]
    start: Literal["now", "all"] | date
    filing: FilingPlan
    poll_seconds: float
    mail_size: int


class Watcher(threading.Thread):
    """Watches one mailbox until it is stopped, or until it is empty when `once` is asked."""

    def __init__(self, watch: Watch, house: House, work: WorkQueue, *, once: bool = False) -> None:
        super().__init__(name=f"watch-{watch.name}", daemon=True)
        self._watch = watch
        self._house = house
        self._work = work
        self._once = once
        self._stopping = threading.Event()
        self._settled: queue.SimpleQueue[tuple[Begun, Outcome | None]] = queue.SimpleQueue()
        self._wake_in, self._wake_out = socket.socketpair()
        self._wake_out.settimeout(0)
        self._kept = Kept()
        self.failed_at: float | None = None

    def run(self) -> None:
        """Connect, watch, and connect again after every failure, ever more slowly."""
        with self._wake_in, self._wake_out:
            self._keep_watching()

    def _keep_watching(self) -> None:
        backoff, failures = Backoff(), 0
        while not self._stopping.is_set():
            try:
                with self._watch.open() as mailbox:
                    self.failed_at, failures = None, 0
                    self._attend(mailbox)
                    return
            except AuthenticationFailedError as error:
                pause = backoff.pause_rejected(random)
                _log.error("login refused", mailbox=self._watch.name, detail=error.detail)
            except TryLaterError as error:
                failures += 1
                pause = error.after_seconds or backoff.pause(failures, random)
                _log.warning("mailbox away", mailbox=self._watch.name, detail=error.detail)
            self.failed_at = self.failed_at or time.monotonic()
            if self._once:
                return
            self._stopping.wait(pause)

    def settled(self, mail: Begun, outcome: Outcome | None) -> None:
        """Take note, from an examiner's thread, that a mail may be filed."""
        self._settled.put((mail, outcome))
        self.wake()

    def wake(self) -> None:
        """Interrupt the wait for mail."""
        try:
            self._wake_out.send(b"!")
        except (BlockingIOError, OSError):
            # The pipe is full or closed: it is awake, or gone.
            return

    def stop(self) -> None:
        """Ask the thread to end soon."""
        self._stopping.set()
        self.wake()

    def _attend(self, mailbox: Mailbox) -> None:
        watch = self._watch
        intake = Intake(watch.name, self._house, mailbox, watch.mail_size, self._kept)
        intake.open(self._watch.start, clock.now())
        file_settled(self._house, mailbox, self._watch.filing, self._watch.name, clock.now())
        while not self._stopping.is_set():
            self._file(mailbox, intake)
            erase_recalled(self._house, mailbox, watch.filing, watch.name, clock.now())
            intake.discover()
            if intake.pending:
                if self._work.has_room(ROOM_SECONDS):
                    for work in intake.take(clock.now(), self.settled):
                        self._work.put(work)
                continue
            if self._once and self._work.is_idle() and self._settled.empty():
                return
            mailbox.wait(ROOM_SECONDS if self._once else self._watch.poll_seconds, self._wake_in)
            self._drain_wake()

    def _file(self, mailbox: Mailbox, intake: Intake) -> None:
        any_settled = False
        while not self._settled.empty():
            mail, _ = self._settled.get()
            intake.forget(mail.arrival.slot)
            any_settled = True
        if any_settled:
            file_settled(self._house, mailbox, self._watch.filing, self._watch.name, clock.now())

    def _drain_wake(self) -> None:
        self._wake_in.settimeout(0)
        try:
            while self._wake_in.recv(4096):
                pass
        except BlockingIOError:
            return
