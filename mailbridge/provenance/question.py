"""What is asked of the station, and what it collects on the way to its evidence."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from mailbridge.model.directory import Agency, CertificateRole, Directory
from mailbridge.model.evidence import Finding, Seal
from mailbridge.model.message import Message
from mailbridge.model.parcel import Parcel
from mailbridge.provenance.codes import Code, finding
from mailbridge.provenance.trust import TrustStore


@dataclass(frozen=True, slots=True)
class Question:
    """One parcel to judge: against which trust and directory, and as of when."""

    parcel: Parcel
    scratch: Path
    message: Message | None
    trust: TrustStore
    directory: Directory | None
    at: datetime
    first_receipt: datetime | None = None

    @property
    def moment(self) -> datetime:
        """The moment of signing: our own first receipt, else the moment of the check."""
        return self.first_receipt or self.at

    @property
    def sender(self) -> str | None:
        """The one address in From, if there is one."""
        return self.message.from_[0].spec if self.message and len(self.message.from_) == 1 else None

    @property
    def agency(self) -> Agency | None:
        """The agency that enrolled the From address."""
        if self.directory is None or self.sender is None:
            return None
        return self.directory.by_address(self.sender)


@dataclass(slots=True)
class Record:
    """Seals and findings so far; `roles` says by a seal's index what it is enrolled for."""

    seals: list[Seal] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    roles: dict[int, CertificateRole] = field(default_factory=dict)

    def say(self, code: Code, *, path: str = "", what: str = "") -> None:
        """Add a finding that speaks of no signer."""
        self.findings.append(finding(code, path=path, what=what))
