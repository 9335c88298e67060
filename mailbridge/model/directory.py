"""The directory of agencies (danh bạ cơ quan): who speaks, from where, with which seals."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class AgencyKind(StrEnum):
    """Kind of agency."""

    PARTY = "party"
    STATE = "state"
    MASS = "mass"
    OTHER = "other"


class CertificateRole(StrEnum):
    """What an enrolled certificate is for: the agency's seal, a person of it, or its mailbox."""

    SEAL = "seal"
    PERSON = "person"
    MAILBOX = "mailbox"


@dataclass(frozen=True, slots=True)
class EnrolledCertificate:
    """A certificate that speaks for an agency; SHA-256 of its DER in lower-case hex.

    It spoke from `since` to the end of `until`; documents of that time stay proven by it.
    """

    fingerprint: str
    role: CertificateRole
    holder: str = ""
    since: date | None = None
    until: date | None = None

    def speaks_on(self, day: date) -> bool:
        """Tell whether it speaks for its agency on that day."""
        started = self.since is None or self.since <= day
        return started and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Agency:
    """One agency with its identifier (Điều 3.6), names, mailboxes and certificates."""

    code: str
    name: str
    symbol: str = ""
    kind: AgencyKind = AgencyKind.PARTY
    parent: str | None = None
    mailboxes: tuple[str, ...] = ()
    has_party_wan: bool = False
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str | None = None
    certificates: tuple[EnrolledCertificate, ...] = ()
    # Fingerprints of its OpenPGP keys: they prove the agency, and never legal value.
    openpgp: tuple[str, ...] = ()

    def is_valid_on(self, day: date) -> bool:
        """Tell whether the agency exists on that day."""
        starts = self.valid_from is None or self.valid_from <= day
        return starts and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Directory:
    """All enrolled agencies. Codes compare without case; addresses are lower-case."""

    agencies: tuple[Agency, ...] = ()

    def by_code(self, code: str) -> Agency | None:
        """Find an agency by its identifier."""
        return next((a for a in self.agencies if a.code.lower() == code.lower()), None)

    def by_address(self, spec: str) -> Agency | None:
        """Find the agency that enrolled this mailbox."""
        return next((a for a in self.agencies if spec.lower() in a.mailboxes), None)

    def by_certificate(self, fingerprint: str) -> tuple[Agency, EnrolledCertificate] | None:
        """Find who enrolled this certificate."""
        for agency in self.agencies:
            for certificate in agency.certificates:
                if certificate.fingerprint == fingerprint:
                    return agency, certificate
        return None

    def by_openpgp(self, fingerprint: str) -> Agency | None:
        """Find whose OpenPGP key it is; fingerprints compare without case and spaces."""
        wanted = _print(fingerprint)
        return next((a for a in self.agencies if wanted in map(_print, a.openpgp)), None)


def _print(fingerprint: str) -> str:
    return "".join(fingerprint.split()).upper()
