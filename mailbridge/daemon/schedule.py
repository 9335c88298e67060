"""The schedule: what is done again and again, each job in code alone (APScheduler)."""

import signal
from collections.abc import Callable
from typing import Protocol

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

from mailbridge import clock
from mailbridge.actions import destroying
from mailbridge.actions.chase import chase_answers
from mailbridge.actions.close_days import close_days
from mailbridge.actions.digest import digest
from mailbridge.actions.escalate import escalate
from mailbridge.actions.house import House
from mailbridge.actions.prove_recalls import prove_recalls
from mailbridge.actions.remind import remind
from mailbridge.actions.warn_early import warn_early
from mailbridge.actions.watch_gaps import watch_gaps
from mailbridge.daemon import drop_folder
from mailbridge.daemon.copies import append_copies
from mailbridge.daemon.duty import Duty
from mailbridge.daemon.housekeeping import keep_house
from mailbridge.daemon.notify import watchdog_seconds
from mailbridge.daemon.poster import Poster
from mailbridge.model.errors import TryLaterError

POST_SECONDS = 30
REMIND_SECONDS = 60
COPY_SECONDS = 20
DROP_SECONDS = 10
LEAD_SECONDS = 15
# How soon after midnight the day before is closed; which ones are open is asked of the register.
CLOSING_SECONDS = 300
HOUSEKEEPING_SECONDS = 24 * 3600

_log = structlog.get_logger(__name__)


class Woken(Protocol):
    """The threads that the schedule wakes."""

    poster: Poster

    def wake(self) -> None:
        """Let every watcher look at its mailbox now."""

    def tell_watchdog(self) -> None:
        """Give systemd a sign of life."""


def schedule(duty: Duty, running: Woken) -> BackgroundScheduler:
    """Start every job; whoever stops the service shuts it down."""
    # Jobs live in code alone: a stored job would run in two processes.
    scheduler = BackgroundScheduler(
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": 60}
    )

    def add(job: Callable[[], object], seconds: float) -> None:
        scheduler.add_job(guarded(job), "interval", seconds=seconds)

    add(running.poster.wake, POST_SECONDS)
    add(running.wake, duty.poll_seconds)
    if duty.drop_folder is not None:
        folder = duty.drop_folder
        add(lambda: drop_folder.take(duty.house, folder, clock.now()), DROP_SECONDS)
    add(lambda: append_copies(duty.house, duty.sent_folders, duty.desks), COPY_SECONDS)
    add(lambda: digest(duty.house, duty.key_ends(duty.desks), clock.now()), REMIND_SECONDS)
    add(lambda: remind(duty.house, clock.now()), REMIND_SECONDS)
    add(lambda: chase_answers(duty.house, clock.now()), REMIND_SECONDS)
    add(lambda: warn_early(duty.house, clock.now()), REMIND_SECONDS)
    add(lambda: _recalls(duty.house), REMIND_SECONDS)
    add(lambda: prove_recalls(duty.house, clock.now()), CLOSING_SECONDS)
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


def guarded(job: Callable[[], object]) -> Callable[[], None]:
    """Keep a registry that is away from ending a job for ever."""

    def put_off() -> None:
        try:
            job()
        except TryLaterError as error:
            _log.warning("job put off", detail=error.detail)

    return put_off
