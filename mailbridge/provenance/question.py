"""What is asked of the station, and what it collects on the way to its evidence."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from mailbridge.model.directory import Agency, CertificateRole, Directory
from mailbridge.model.evidence import Finding, Seal
from mailbridge.model.examination import WANTS, Got, Want, WantKind
from mailbridge.model.message import Message
from mailbridge.model.parcel import Parcel
from mailbridge.provenance.codes import Code, Codes
from mailbridge.provenance.trust import TrustStore
from mailbridge.provenance.words import finding


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
    # The octets of the mail as received, for what covers its raw header (DKIM).
    source: Path | None = None
    # What the network answered so far; None where it may not be asked (`Record.want`).
    got: tuple[Got, ...] | None = None
    authserv_ids: tuple[str, ...] = ()

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

    def answer(self, kind: WantKind, name: str, body: str = "") -> Got | None:
        """Look up what the network answered; None while it was not asked."""
        want = Want(kind, name, body)
        if kind is WantKind.TXT and self.trust.dns is not None:
            return Got(want, self.trust.dns.get(name, ()))
        return next((got for got in self.got or () if got.want == want), None)


@dataclass(slots=True)
class Record:
    """Seals and findings so far; `roles` says by a seal's index what it is enrolled for."""

    seals: list[Seal] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    roles: dict[int, CertificateRole] = field(default_factory=dict)
    # Questions that only the network can answer, for the parent to put.
    wanted: dict[Want, None] = field(default_factory=dict)

    def want(self, question: Question, kind: WantKind, name: str, body: str = "") -> Got | None:
        """Give the network's answer, else note the want; None where there is no answer (yet).

        An answer that `failed` was asked for in vain, and is not wanted again. With `got` None the
        network may not be asked, and beyond `WANTS` a mail asks no more: then None stays None.
        """
        answer = question.answer(kind, name, body)
        if answer is None and question.got is not None and len(self.wanted) < WANTS:
            self.wanted.setdefault(Want(kind, name, body))
        return answer

    def say(self, code: Code, *, path: str = "", what: str = "", signer: str = "") -> None:
        """Add a finding; `signer` is the name that its words speak of."""
        self.findings.append(finding(code, path=path, what=what, signer=signer or "(không rõ)"))

    def add(self, seal: Seal, codes: Codes, role: CertificateRole | None = None) -> None:
        """Add a seal as judged, with a finding for each of its codes."""
        if role is not None:
            self.roles[len(self.seals)] = role
        self.seals.append(seal)
        name = seal.signer.name if seal.signer else ""
        for code, what in codes:
            self.say(code, path=seal.path, what=what, signer=name)
