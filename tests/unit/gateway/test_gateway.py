"""What the daemon asks of the gateway: to open, to close in time, and whether it lives."""

import time

from tests.simulators.dialogue import Dialogue
from tests.unit.gateway.conftest import Open

DOOR = "\n[gateway.lmtp]\nport = 0\n"


def test_it_lives_until_it_is_stopped_which_takes_no_time(service: Open) -> None:
    running = service(DOOR).start()
    assert running.doors.is_alive()
    with Dialogue(running.doors.ports["lmtp"]) as line:
        line.reply()
        before = time.monotonic()
        running.doors.stop()
        assert time.monotonic() - before < 2.5
    assert not running.doors.is_alive()
