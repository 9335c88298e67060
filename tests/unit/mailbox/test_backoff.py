from mailbridge.mailbox.backoff import Backoff


def test_pauses_double_up_to_the_longest() -> None:
    pauses = [Backoff(first=1, longest=10).pause(failures, lambda: 1.0) for failures in range(7)]
    assert pauses == [0, 1, 2, 4, 8, 10, 10]


def test_jitter_takes_away_at_most_half() -> None:
    assert Backoff(first=4).pause(1, lambda: 0.0) == 2


def test_a_week_without_a_server_does_not_overflow() -> None:
    assert Backoff().pause(10**6, lambda: 1.0) == Backoff().longest


def test_a_wrong_secret_waits_longest() -> None:
    assert Backoff().pause_rejected(lambda: 0.0) >= Backoff().longest
