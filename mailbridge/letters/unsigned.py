"""Why a letter cannot be signed now: it waits, and a person is told once a day."""

from enum import StrEnum

from mailbridge.model.errors import TryLaterError


class KeyFault(StrEnum):
    """What is away."""

    # The key file cannot be read or opened.
    FILE = "file"
    # The token is unplugged, or does not answer as it should.
    UNPLUGGED = "unplugged"
    # The token refused the PIN. A few more refusals lock it: a person must look first.
    PIN = "pin"
    EXPIRED = "expired"
    # The time-stamping authority did not answer, or not what it was asked.
    STAMP = "stamp"
    # The OpenPGP key: letters to those who read nothing else wait, and no others.
    OPENPGP = "openpgp"


class UnsignedError(TryLaterError):
    """The letter cannot be signed now. `detail` holds no secret."""

    def __init__(self, fault: KeyFault, detail: str) -> None:
        super().__init__(detail)
        self.fault = fault
