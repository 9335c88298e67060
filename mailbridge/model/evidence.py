"""Who vouches for what: seals as judged, findings, and the one verdict (Điều 4, Điều 10.1)."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from mailbridge.model.directory import CertificateRole
from mailbridge.model.parcel import Lock, SealForm


class Verdict(StrEnum):
    """The four words of Điều 4 and Điều 10; nothing else is ever shown."""

    LEGAL = "legal"
    REFERENCE = "reference"
    UNDETERMINED = "undetermined"
    FAILED = "failed"


class Level(StrEnum):
    """How a finding weighs."""

    OK = "ok"
    NOTE = "note"
    WARN = "warn"
    FAIL = "fail"
    UNCHECKED = "unchecked"


class Integrity(StrEnum):
    """Whether the octets under a seal are those that were signed."""

    INTACT = "intact"
    BROKEN = "broken"
    UNVERIFIABLE = "unverifiable"


class Coverage(StrEnum):
    """Whether a reader's whole view of the mail or PDF is under the seal."""

    WHOLE = "whole"
    PART = "part"


class Trust(StrEnum):
    """Whether the signer's certificate leads to a configured root at that time."""

    TRUSTED = "trusted"
    UNTRUSTED = "untrusted"
    UNKNOWN = "unknown"


class LaterChanges(StrEnum):
    """What was added to a PDF after a seal."""

    NONE = "none"
    PERMITTED = "permitted"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True)
class Finding:
    """One numbered check and what it found. `text` is Vietnamese, for the clerk."""

    code: str
    level: Level
    cites: str
    text: str
    # Path of the file or seal that it speaks of; empty for the whole mail.
    path: str = ""


@dataclass(frozen=True, slots=True)
class Signer:
    """The holder of a certificate, as the certificate says."""

    name: str
    emails: tuple[str, ...] = ()
    # SHA-256 of the DER certificate, lower-case hex; of a DKIM key that of the key.
    fingerprint: str = ""
    # The serial number; of a DKIM key its name in DNS.
    serial: str = ""
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class Seal:
    """One signature as judged. Integrity and trust are separate columns."""

    form: SealForm
    path: str
    integrity: Integrity
    coverage: Coverage
    trust: Trust
    later_changes: LaterChanges | None = None
    # Closed words such as "expired" or "no-chain"; docs/check.schema.json lists them.
    why: tuple[str, ...] = ()
    signer: Signer | None = None
    time: datetime | None = None
    time_source: str = "none"
    # The directory (or an address of the certificate) says that this signer speaks for the sender.
    bound: bool = False
    # Agency for which the directory enrolled this certificate, whoever the mail is from.
    agency: str | None = None
    # For what the directory enrolled it, where it speaks for the sender.
    role: CertificateRole | None = None
    # Paths that the seal covers.
    covers: tuple[str, ...] = ()
    # A seal on one file, and not on the mail as its reader sees it.
    on_file: bool = False
    mic: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The stored record of one examination's proof. It is never overwritten."""

    verdict: Verdict | None
    findings: tuple[Finding, ...] = ()
    seals: tuple[Seal, ...] = ()
    locks: tuple[Lock, ...] = ()
    vouched: tuple[str, ...] = ()
    # By path of each main file: for what the certificates of its standing seals are enrolled.
    file_roles: dict[str, tuple[CertificateRole, ...]] = field(default_factory=dict)
    # Agency code of the mailbox in From, when the directory knows it.
    sender: str | None = None
    # The origin was proven by a seal of that agency, on the mail or on the file.
    origin_proven: bool = False
    # What the judgement rests on: SHA-256 of the roots and CRLs at hand, library versions.
    roots: tuple[str, ...] = ()
    crls: tuple[str, ...] = ()
    tools: dict[str, str] = field(default_factory=dict)
    # The moment as of which it was judged.
    at: datetime | None = None

    def has(self, code: str) -> bool:
        """Tell whether a finding of that code is there."""
        return any(finding.code == code for finding in self.findings)
