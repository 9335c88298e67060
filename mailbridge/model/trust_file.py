"""Files of the trust folder, as the administrator imports, lists and removes them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class TrustKind(StrEnum):
    """What a file vouches for."""

    ROOT = "root"
    INTERMEDIATE = "intermediate"
    CRL = "crl"
    OPENPGP = "openpgp"

    @property
    def folder(self) -> str:
        """Name the part of the trust folder for files of this kind."""
        return {"root": "roots", "intermediate": "certs", "crl": "crls", "openpgp": "pgp"}[self]


class TrustFault(StrEnum):
    """Why a file is not imported."""

    UNREADABLE = "unreadable"
    PRIVATE_KEY = "private-key"
    NOT_AN_AUTHORITY = "not-an-authority"
    NOT_SELF_SIGNED = "not-self-signed"
    SELF_SIGNED = "self-signed"
    EXPIRED = "expired"
    NOT_YET_VALID = "not-yet-valid"
    WEAK = "weak"
    UNKNOWN_ISSUER = "unknown-issuer"
    OLDER = "older"
    PARTIAL = "partial"
    REVOKED = "revoked"
    NOT_ONE = "not-one"
    ALREADY_THERE = "already-there"


class TrustFaultError(Exception):
    """A file is not imported; `fault` says why, `what` names what is wrong in it."""

    def __init__(self, fault: TrustFault, what: str = "") -> None:
        super().__init__(f"{fault}: {what}")
        self.fault = fault
        self.what = what


@dataclass(frozen=True, slots=True)
class TrustFile:
    """One certificate, list or key that was read from a file."""

    kind: TrustKind
    # SHA-256 of the DER, lower-case hex; of an OpenPGP key the fingerprint that its owner tells.
    fingerprint: str
    subject: str
    issuer: str
    starts: datetime | None
    # End of validity; of a list the time by which the next one comes.
    ends: datetime | None
    octets: bytes
    # Name of the file in the trust folder, once it is there.
    name: str = ""
    # A list: which other lists of its issuer it stands in for.
    scope: str = ""
