"""From a claimed signature to the seal as judged: octets, later changes, chain, binding."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509

from mailbridge.clock import in_vietnam
from mailbridge.model.directory import CertificateRole
from mailbridge.model.evidence import Coverage, LaterChanges, Seal, Trust
from mailbridge.model.parcel import SealClaim, SealForm
from mailbridge.provenance import chain, openpgp, pdfs, verdict, xmldsig
from mailbridge.provenance.certificates import emails, fingerprint, signer
from mailbridge.provenance.codes import Code, Codes
from mailbridge.provenance.question import Question, Record
from mailbridge.provenance.signatures import Content, Signature, signatures

_PIECE = 1024 * 1024
_WEAK = {Code.WEAK_ALGORITHM, Code.WEAK_KEY}
# Said of a seal, and nothing against it.
_PRAISE = {Code.BOUND, Code.MAILBOX_CERTIFICATE, Code.REVOKED_LATER}


@dataclass(frozen=True, slots=True)
class _Verified:
    """One signature over its octets, before anybody asked whose it is."""

    signature: Signature
    form: SealForm
    coverage: Coverage
    later: LaterChanges | None = None


@dataclass(frozen=True, slots=True)
class _Standing:
    """Whose signature it is: trust of the chain, binding to the sender, and what was found."""

    trust: Trust = Trust.UNKNOWN
    bound: bool = False
    agency: str | None = None
    role: CertificateRole | None = None
    codes: Codes = ()


def judge(question: Question, record: Record, claim: SealClaim) -> None:
    """Add each signature of the claim to the record, with its findings."""
    if claim.form is SealForm.OPENPGP:
        openpgp.judge(question, record, claim)
        return
    for verified in _verified(question, claim):
        _add(question, record, claim, verified)


def _verified(question: Question, claim: SealClaim) -> Iterator[_Verified]:
    known = question.trust.certificates
    if claim.form is SealForm.PADES:
        found = pdfs.pdf_signatures(question.scratch / claim.signed, known, claim.password)
        for one in found if found is not None else (pdfs.UNREADABLE_PDF,):
            form = SealForm.TIMESTAMP if one.is_timestamp else SealForm.PADES
            yield _Verified(one.signature, form, one.coverage, one.later_changes)
        return
    if claim.form is SealForm.XMLDSIG:
        yield _packet(question.scratch / claim.signature)
        return
    outside = _range(question.scratch / claim.signed, claim) if claim.signed else None
    coverage = Coverage.WHOLE if claim.whole else Coverage.PART
    for signature in signatures((question.scratch / claim.signature).read_bytes(), outside, known):
        yield _Verified(signature, claim.form, coverage)


def _packet(path: Path) -> _Verified:
    signature, coverage = xmldsig.packet_signature(path)
    return _Verified(signature, SealForm.XMLDSIG, coverage)


def _range(path: Path, claim: SealClaim) -> Content:
    """Take the raw octets between two offsets, as they lie in the file (RFC 8551 §3.5.3)."""

    def pieces(size: int) -> Iterator[bytes]:
        with path.open("rb") as file:
            file.seek(claim.start)
            while size > 0 and (piece := file.read(min(_PIECE, size))):
                yield piece
                size -= len(piece)

    def digest(name: str) -> bytes:
        made = hashlib.new(name)
        for piece in pieces(claim.end - claim.start):
            made.update(piece)
        return made.digest()

    return Content(digest, lambda size: b"".join(pieces(min(size, claim.end - claim.start))))


def _add(question: Question, record: Record, claim: SealClaim, verified: _Verified) -> None:
    signature = verified.signature
    standing = _standing(question, verified)
    codes = (*signature.codes, *standing.codes, *_reach(verified))
    time = signature.claimed_time
    seal = Seal(
        form=verified.form,
        path=claim.path,
        integrity=signature.integrity,
        coverage=verified.coverage,
        trust=standing.trust,
        later_changes=verified.later,
        why=tuple(dict.fromkeys(code.value for code, _ in codes if code not in _PRAISE)),
        signer=signer(signature.certificate) if signature.certificate else None,
        time=time,
        time_source="claimed" if time else "none",
        bound=standing.bound,
        agency=standing.agency,
        role=standing.role,
        covers=claim.covers,
        on_file=claim.on_file,
        mic=claim.mic,
    )
    if verdict.stands(seal) and not seal.why:
        codes = (*codes, (Code.SEAL_GOOD, ""))
    record.add(seal, codes, standing.role)


def _reach(verified: _Verified) -> Codes:
    """Say what the seal leaves out, and what came after it."""
    codes = []
    if verified.later is LaterChanges.FORBIDDEN:
        codes.append((Code.LATER_CHANGES, ""))
    elif verified.coverage is Coverage.PART and verified.form is not SealForm.XMLDSIG:
        # No packet fails by its own signature: what counts is the one on the document's file.
        codes.append((Code.SEAL_PART, ""))
    return tuple(codes)


def _standing(question: Question, verified: _Verified) -> _Standing:
    certificate = verified.signature.certificate
    if certificate is None or verified.form is SealForm.TIMESTAMP:
        return _Standing()
    judged = chain.judge(
        certificate,
        verified.signature.enclosed,
        question.trust,
        question.moment,
        verified.signature.claimed_time,
        document=verified.form is not SealForm.SMIME,
    )
    standing = _bound(question, certificate, judged)
    note = standing.role is CertificateRole.MAILBOX and verified.form is not SealForm.SMIME
    codes: Codes = ((Code.MAILBOX_CERTIFICATE, ""),) if note else ()
    weak = any(code in _WEAK for code, _ in verified.signature.codes)
    return _Standing(
        Trust.UNTRUSTED if weak else judged.trust,
        standing.bound,
        standing.agency,
        standing.role,
        (*judged.codes, *standing.codes, *codes),
    )


def _bound(question: Question, certificate: x509.Certificate, judged: chain.Chain) -> _Standing:
    """Ask the directory whose certificate it is; without one, its addresses bind (Điều 10.1)."""
    if question.directory is None:
        return _Standing(bound=question.sender in emails(certificate))
    enrolled = question.directory.by_certificate(fingerprint(certificate))
    if enrolled is None:
        # Only a trusted certificate is proposed for enrolment; others have findings of their own.
        known = judged.trust is Trust.TRUSTED
        return _Standing(codes=((Code.CERTIFICATE_UNKNOWN, ""),) if known else ())
    owner, entry = enrolled
    is_senders = question.agency is not None and owner.code == question.agency.code
    if question.message is not None and not is_senders:
        return _Standing(agency=owner.code, codes=((Code.SOMEONE_ELSES_SEAL, owner.name),))
    # Điều 13: the days of an enrolment are Vietnam's.
    if not entry.speaks_on(in_vietnam(question.moment).date()):
        return _Standing(agency=owner.code, codes=((Code.CERTIFICATE_UNKNOWN, ""),))
    return _Standing(bound=True, agency=owner.code, role=entry.role, codes=((Code.BOUND, ""),))
