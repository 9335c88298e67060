"""The two exceptions of the stations, and the closed list of reasons."""

from enum import StrEnum


class Reason(StrEnum):
    """Why a mail did not simply pass. Strangers see this word at most; `detail` stays inside."""

    # No examination was possible: the words of the public contract of `mailbridge check`.
    MALFORMED = "malformed"
    BOMB = "bomb"
    TOO_LARGE = "too-large"
    TOO_MANY = "too-many"
    TOO_DEEP = "too-deep"
    TRAVERSAL = "traversal"
    LINK = "link"
    DEVICE = "device"
    ENCRYPTED = "encrypted"
    UNSUPPORTED = "unsupported"
    TIMEOUT = "timeout"
    CRASHED = "crashed"
    # The house itself failed; a bug, never the sender's fault.
    INTERNAL = "internal"
    VANISHED = "vanished"
    # A person has to look.
    UNKNOWN_SENDER = "unknown-sender"
    ORIGIN_UNPROVEN = "origin-unproven"
    WRONG_ADDRESSEE = "wrong-addressee"
    SIGNATURE_FAILED = "signature-failed"
    SIGNATURE_UNCHECKED = "signature-unchecked"
    NUMBER_CONFLICT = "number-conflict"
    AWAITS_CLERK = "awaits-clerk"
    NOTHING_ATTACHED = "nothing-attached"
    SECRECY = "secrecy"
    # A letter of ours that the next mail server will never take.
    UNDELIVERABLE = "undeliverable"


class RefusedError(Exception):
    """It can never pass. `reason` may be told; `detail` is for the log alone."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


class TryLaterError(Exception):
    """It may pass later: a server that is away, a disk that is full, a locked database."""

    def __init__(self, detail: str, *, after_seconds: int | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.after_seconds = after_seconds
