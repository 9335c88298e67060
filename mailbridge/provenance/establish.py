"""Establish: who vouches for a mail or file, by numbered checks, one finding each.

1. Every seal is verified over the octets that it covers; each signer is judged alone.
2. What a PDF became after it was sealed is told apart: nothing, permitted, forbidden.
3. The signer's chain leads to a configured root, valid and unrevoked at the moment of signing.
4. The directory says for which agency the certificate speaks; a stranger's seal binds nobody.
5. The mail's own words about its sender do not contradict each other or its signed headers.
6. What is not supported, and what is unsigned, is said.
7. The verdict follows from the findings and seals alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from hashlib import new as new_digest
from importlib.metadata import version
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

from mailbridge.model.directory import Agency, CertificateRole, Directory
from mailbridge.model.evidence import (
    Coverage,
    Evidence,
    Finding,
    Integrity,
    LaterChanges,
    Seal,
    Signer,
    Trust,
)
from mailbridge.model.message import Message
from mailbridge.model.parcel import Parcel, SealClaim, SealForm
from mailbridge.provenance import chain, pdfs, senders, verdict
from mailbridge.provenance.codes import Code, finding
from mailbridge.provenance.signatures import Digest, Signature, signatures
from mailbridge.provenance.trust import TrustStore

_PIECE = 1024 * 1024
# A replayed mail keeps its signature and gets a new Date; clocks and queues explain a day.
_REPLAY_SECONDS = 24 * 3600


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
class _Record:
    seals: list[Seal] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    roles: dict[int, CertificateRole] = field(default_factory=dict)


def establish(question: Question) -> Evidence:
    """Judge all seals of a parcel and give the evidence record; never raises on hostile octets."""
    record = _Record()
    for claim in question.parcel.claims:
        for signature, later, coverage in _verified(question, claim):
            _judge_seal(question, record, claim, (signature, later, coverage))
    contradictions = _contradictions(question, record)
    _say_what_is_missing(question, record)
    return _evidence(question, record, contradicted=bool(contradictions))


_Verified = tuple[Signature, LaterChanges | None, Coverage]


def _verified(question: Question, claim: SealClaim) -> Iterator[_Verified]:
    """Make checks 1 and 2: the signature, and what the file became after it."""
    if claim.form is SealForm.PADES:
        found = pdfs.pdf_signatures(question.scratch / claim.signed, question.trust.certificates)
        if found is None:
            broken = Signature(Integrity.BROKEN, ((Code.SEAL_BROKEN, ""),))
            yield broken, LaterChanges.FORBIDDEN, Coverage.PART
        for one in found or ():
            if not one.is_timestamp:
                yield one.signature, one.later_changes, one.coverage
        return
    der = (question.scratch / claim.cms).read_bytes()
    digest = _range_digest(question.scratch, claim) if claim.signed else None
    coverage = Coverage.WHOLE if claim.whole else Coverage.PART
    for signature in signatures(der, digest, question.trust.certificates):
        yield signature, None, coverage


def _range_digest(scratch: Path, claim: SealClaim) -> Digest:
    def digest(name: str) -> bytes:
        made = new_digest(name)
        with (scratch / claim.signed).open("rb") as file:
            file.seek(claim.start)
            left = claim.end - claim.start
            while left > 0 and (piece := file.read(min(_PIECE, left))):
                made.update(piece)
                left -= len(piece)
        return made.digest()

    return digest


def _judge_seal(question: Question, record: _Record, claim: SealClaim, verified: _Verified) -> None:
    signature, later, coverage = verified
    codes = list(signature.codes)
    trust, bound, owner = Trust.UNKNOWN, False, None
    certificate = signature.certificate
    if certificate is not None:
        judged = chain.judge(
            certificate,
            signature.enclosed,
            question.trust,
            question.moment,
            signature.claimed_time,
            document=claim.form is not SealForm.SMIME,
        )
        trust = judged.trust
        codes += judged.codes
        bound, owner, binding = _bind(question, certificate, trust)
        codes += binding
    if later is LaterChanges.FORBIDDEN:
        codes.append((Code.LATER_CHANGES, ""))
    if coverage is Coverage.PART and claim.form is not SealForm.PADES:
        codes.append((Code.SEAL_PART, ""))
    signer = _signer(certificate) if certificate is not None else None
    seal = Seal(
        form=claim.form,
        path=claim.path,
        integrity=signature.integrity,
        coverage=coverage,
        trust=trust,
        later_changes=later,
        why=tuple(dict.fromkeys(code.value for code, _ in codes if code not in _PRAISE)),
        signer=signer,
        time=signature.claimed_time,
        time_source="claimed" if signature.claimed_time else "none",
        bound=bound,
        agency=owner,
        covers=claim.covers,
        mic=claim.mic,
    )
    _note_role(question, record, certificate)
    record.seals.append(seal)
    name = signer.name if signer else "(không rõ)"
    if verdict.stands(seal) and not seal.why:
        codes.append((Code.SEAL_GOOD, ""))
    for code, what in codes:
        record.findings.append(finding(code, path=claim.path, signer=name, what=what))


_PRAISE = {Code.BOUND, Code.SEAL_GOOD}


def _note_role(question: Question, record: _Record, certificate: x509.Certificate | None) -> None:
    if question.directory is None or certificate is None:
        return
    enrolled = question.directory.by_certificate(_fingerprint(certificate))
    if enrolled is not None:
        record.roles[len(record.seals)] = enrolled[1].role


def _bind(
    question: Question, certificate: x509.Certificate, trust: Trust
) -> tuple[bool, str | None, list[tuple[Code, str]]]:
    """Make check 4: the directory binds a certificate to an agency; without one, its address."""
    if question.directory is None:
        emails = _emails(certificate)
        return question.sender is not None and question.sender in emails, None, []
    enrolled = question.directory.by_certificate(_fingerprint(certificate))
    if enrolled is None:
        # Only a trusted certificate is proposed for enrolment; others have findings of their own.
        known = trust is Trust.TRUSTED
        return False, None, [(Code.CERTIFICATE_UNKNOWN, "")] if known else []
    owner, entry = enrolled
    is_senders = question.agency is not None and owner.code == question.agency.code
    if question.message is not None and not is_senders:
        return False, owner.code, [(Code.SOMEONE_ELSES_SEAL, owner.name)]
    too_early = entry.since is not None and question.moment.date() < entry.since
    code = Code.CERTIFICATE_UNKNOWN if too_early else Code.BOUND
    return not too_early, owner.code, [(code, "")]


def _contradictions(question: Question, record: _Record) -> list[str]:
    """Make check 5: compare what the mail says of its sender."""
    message = question.message
    if message is None:
        return []
    found = senders.contradictions(message, question.directory)
    differing = [
        name
        for claim in question.parcel.claims
        for name in senders.differing_headers(message, claim)
    ]
    for what in found:
        record.findings.append(finding(Code.CONTRADICTING_SENDERS, what=what))
    for name in dict.fromkeys(differing):
        record.findings.append(finding(Code.PROTECTED_DIFFERS, what=name))
    _compare_dates(message, record)
    if message.values("DKIM-Signature"):
        record.findings.append(finding(Code.DKIM_NOT_EVALUATED))
    if question.directory is None and _signer_is_not_from(question, record):
        found.append("signer")
    return [*found, *differing]


def _signer_is_not_from(question: Question, record: _Record) -> bool:
    return any(
        seal.signer and seal.signer.emails and question.sender not in seal.signer.emails
        for seal in record.seals
        if seal.form is SealForm.SMIME
    )


def _compare_dates(message: Message, record: _Record) -> None:
    for seal in record.seals:
        if seal.form is SealForm.SMIME and seal.time and message.date:
            apart = abs((message.date - seal.time).total_seconds())
            if apart > _REPLAY_SECONDS:
                record.findings.append(finding(Code.DATE_DIFFERS, path=seal.path))


def _say_what_is_missing(question: Question, record: _Record) -> None:
    """Make check 6."""
    for path, what in question.parcel.unsupported:
        record.findings.append(finding(Code.FORM_UNSUPPORTED, path=path, what=what))
    sealed = {path for s in record.seals if s.form is SealForm.PADES for path in s.covers}
    for file in verdict.main_files(question.parcel.files):
        if file.path not in sealed:
            named = finding(Code.UNSIGNED_FILE, path=file.path, what=file.name)
            record.findings.append(named)
    if question.message is None:
        return
    proven = any(map(verdict.stands, record.seals))
    record.findings.append(finding(Code.ORIGIN_PROVEN if proven else Code.ORIGIN_UNPROVEN))


def _evidence(question: Question, record: _Record, *, contradicted: bool) -> Evidence:
    """Make check 7."""
    seals, findings = tuple(record.seals), tuple(record.findings)
    proven = any(map(verdict.stands, seals)) and not contradicted
    return Evidence(
        verdict=verdict.decide(
            findings,
            seals,
            question.parcel.files,
            record.roles,
            origin_proven=proven,
            something=question.message is not None or bool(seals),
        ),
        findings=findings,
        seals=seals,
        locks=question.parcel.locks,
        vouched=_vouched(question, seals, contradicted=contradicted),
        sender=question.agency.code if question.agency else None,
        origin_proven=proven,
        roots=question.trust.root_fingerprints,
        crls=tuple(entry.fingerprint for entry in question.trust.crls),
        tools=_tools(),
        at=question.at,
    )


def _vouched(question: Question, seals: tuple[Seal, ...], *, contradicted: bool) -> tuple[str, ...]:
    """Name who stands behind the whole; nobody where any seal is broken or words contradict."""
    if question.sender is None or contradicted:
        return ()
    if any(seal.integrity is not Integrity.INTACT for seal in seals):
        return ()
    stands = any(verdict.stands(s) and s.form is SealForm.SMIME for s in seals)
    return (question.sender,) if stands else ()


def _signer(certificate: x509.Certificate) -> Signer:
    return Signer(
        name=_common_name(certificate.subject),
        emails=_emails(certificate),
        fingerprint=_fingerprint(certificate),
        serial=f"{certificate.serial_number:x}",
        issuer=_common_name(certificate.issuer),
    )


def _common_name(name: x509.Name) -> str:
    values = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(values[0].value) if values else name.rfc4514_string()


def _emails(certificate: x509.Certificate) -> tuple[str, ...]:
    subject = certificate.subject.get_attributes_for_oid(NameOID.EMAIL_ADDRESS)
    found = [str(attribute.value).lower() for attribute in subject]
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        found += [email.lower() for email in names.get_values_for_type(x509.RFC822Name)]
    except (x509.ExtensionNotFound, ValueError):
        pass
    return tuple(dict.fromkeys(found))


def _fingerprint(certificate: x509.Certificate) -> str:
    return certificate.fingerprint(SHA256()).hex()


@lru_cache(maxsize=1)
def _tools() -> dict[str, str]:
    names = ("cryptography", "asn1crypto", "pyhanko", "pyhanko-certvalidator")
    return {name: version(name) for name in names}
