"""Jobs run while the service does, and one that cannot work now ends none of the others."""

import threading
from pathlib import Path

from mailbridge import wiring
from mailbridge.daemon.duty import Duty
from mailbridge.daemon.poster import Poster
from mailbridge.daemon.schedule import guarded, schedule
from mailbridge.model.errors import TryLaterError
from mailbridge.settings.schema import Settings


class Running:
    """What the schedule wakes."""

    def __init__(self, duty: Duty) -> None:
        self.poster = Poster(duty.house, duty.desks)
        self.woken = threading.Event()

    def wake(self) -> None:
        self.woken.set()

    def tell_watchdog(self) -> None:
        return


def test_every_promise_of_time_has_its_job(settings: Settings, tmp_path: Path) -> None:
    duty = wiring.duty(wiring.prepared(settings))
    scheduler = schedule(duty, Running(duty))
    try:
        assert len(scheduler.get_jobs()) >= 9
        assert all(job.max_instances == 1 for job in scheduler.get_jobs())
    finally:
        scheduler.shutdown(wait=False)
        duty.house.database.close()


def test_a_register_that_is_away_ends_no_job() -> None:
    def away() -> None:
        raise TryLaterError("locked")

    guarded(away)()
