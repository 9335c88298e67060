"""Who guesses is slowed, then locked out, then forgiven."""

from mailbridge.gateway.attempts import KEYS, LOCK_SECONDS, LONGEST_PAUSE_SECONDS, Attempts


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_pauses_grow_and_are_bounded() -> None:
    attempts = Attempts(100, Clock())
    pauses = []
    for _ in range(30):
        attempts.failed("a")
        pauses.append(attempts.pause("a"))
    assert pauses[:3] == [0.5, 1.0, 2.0]
    assert pauses[-1] == LONGEST_PAUSE_SECONDS
    assert attempts.pause("b") == 0


def test_the_lock_opens_after_its_time_and_at_a_success() -> None:
    clock = Clock()
    attempts = Attempts(2, clock)
    for _ in range(2):
        attempts.failed("a")
    assert attempts.is_locked("a")
    assert not attempts.is_locked("b")
    clock.now = LOCK_SECONDS + 1
    assert not attempts.is_locked("a")
    attempts.failed("a")
    attempts.succeeded("a")
    attempts.failed("a")
    assert not attempts.is_locked("a")


def test_made_up_names_do_not_fill_the_memory() -> None:
    attempts = Attempts(2, Clock())
    for number in range(KEYS + 10):
        attempts.failed(str(number))
    assert len(attempts._failures) == KEYS
