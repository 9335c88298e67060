"""Silence is an error of its own, and no refusal of a mail."""

from mailbridge.model.errors import RefusedError, TryLaterError
from mailbridge.network.errors import UnansweredError


def test_silence_is_neither_a_refusal_nor_a_reason_to_wait() -> None:
    assert not issubclass(UnansweredError, (RefusedError, TryLaterError))
