import pytest

from mailbridge.letters.grounds import GROUNDS, ground
from mailbridge.model.errors import Reason, RefusedError

# Secrecy goes another way, strangers get nothing, and our own failures are not the sender's.
UNTOLD = {
    Reason.SECRECY,
    Reason.UNKNOWN_SENDER,
    Reason.TIMEOUT,
    Reason.CRASHED,
    Reason.INTERNAL,
    Reason.VANISHED,
    Reason.UNDELIVERABLE,
}


def test_every_reason_is_told_or_kept_on_purpose() -> None:
    assert set(GROUNDS) | UNTOLD == set(Reason)
    assert set(GROUNDS) & UNTOLD == set()


def test_grounds_are_sentences() -> None:
    for found in GROUNDS.values():
        assert found.why.endswith(".")
        assert found.cure.endswith(".")


def test_untold_reason_is_refused() -> None:
    with pytest.raises(RefusedError):
        ground(Reason.SECRECY, "")
