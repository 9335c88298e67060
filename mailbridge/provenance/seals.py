"""From a claimed signature to the seal as judged: octets, later changes, chain, binding."""

from dataclasses import dataclass, replace
from datetime import datetime

from cryptography import x509

from mailbridge.clock import in_vietnam
from mailbridge.model.directory import CertificateRole
from mailbridge.model.evidence import Coverage, LaterChanges, Seal, Trust
from mailbridge.model.examination import Got, WantKind
from mailbridge.model.parcel import SealClaim, SealForm
from mailbridge.provenance import chain, claimed, moments, openpgp, stamps, verdict
from mailbridge.provenance.certificates import emails, fingerprint, signer
from mailbridge.provenance.claimed import Verified
from mailbridge.provenance.codes import Code, Codes
from mailbridge.provenance.enclosures import Enclosed
from mailbridge.provenance.question import Question, Record
from mailbridge.provenance.revocation import Sources
from mailbridge.provenance.timestamps import Stamp

_WEAK = {Code.WEAK_ALGORITHM, Code.WEAK_KEY}
# Said of a seal, and nothing against it.
_PRAISE = {
    Code.COUNTERSIGNED,
    Code.BOUND,
    Code.MAILBOX_CERTIFICATE,
    Code.REVOKED_LATER,
    Code.REVOCATION_FETCH_FAILED,
    Code.EXPIRED_SINCE,
    Code.TIMESTAMP_GOOD,
    Code.TIMESTAMP_BAD,
    Code.TIME_CLAIMED,
    Code.TIME_SHIFTED,
}


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
    found, proofs = claimed.read(question, claim)
    sources = _sources(question, record, proofs)
    judged = [
        replace(one, stamp=stamps.judged(one.stamp, sources, question)) if one.stamp else one
        for one in found
    ]
    for number, one in enumerate(judged):
        # A document time-stamp is over all the signatures before it (ISO 32000-2 §12.8.5).
        after = tuple(each.stamp for each in judged[number + 1 :] if each.stamp is not None)
        if one.stamp is not None:
            stamps.add(record, claim, one.stamp, one.coverage, one.later)
        else:
            _add(_Asked(question, record, claim, sources), one, after)


@dataclass(frozen=True, slots=True)
class _Asked:
    """On whose behalf a signature is judged, and with what at hand."""

    question: Question
    record: Record
    claim: SealClaim
    sources: Sources


def _sources(question: Question, record: Record, proofs: Enclosed) -> Sources:
    def ask(kind: WantKind, name: str, body: str) -> Got | None:
        return record.want(question, kind, name, body)

    return Sources(question.trust, proofs, ask if question.got is not None else None)


def _add(asked: _Asked, verified: Verified, after: tuple[Stamp, ...]) -> None:
    signature, claim = verified.signature, asked.claim
    enclosed = asked.sources.enclosed + signature.proofs + Enclosed(signature.enclosed)
    sources = replace(asked.sources, enclosed=enclosed)
    own = stamps.over(signature, sources, asked.question)
    moment = moments.of((*own, *after), asked.question.moment, signature.claimed_time)
    standing = _standing(asked.question, verified, moment.at, sources)
    if moment.doubtful:
        plain = _standing(asked.question, verified, asked.question.moment, sources)
        if _is_certain(plain):
            # It stands without the stamp, whose doubts are then nobody's.
            standing, moment = plain, replace(moment, at=asked.question.moment, doubtful=())
    codes = (*signature.codes, *standing.codes, *_reach(claim, verified), *moment.codes)
    if signature.certificate:
        codes += moments.expired_since(signature.certificate, moment, asked.question.at)
    seal = Seal(
        form=verified.form,
        path=claim.path,
        integrity=signature.integrity,
        coverage=verified.coverage,
        trust=standing.trust,
        later_changes=verified.later,
        why=tuple(dict.fromkeys(code.value for code, _ in codes if code not in _PRAISE)),
        signer=signer(signature.certificate) if signature.certificate else None,
        time=moment.shown,
        time_source=moment.source,
        bound=standing.bound,
        agency=standing.agency,
        role=standing.role,
        covers=claim.covers,
        on_file=claim.on_file,
        mic=claim.mic,
    )
    if verdict.stands(seal) and not seal.why:
        codes = (*codes, (Code.SEAL_GOOD, ""))
    asked.record.add(seal, codes, standing.role)
    for stamp in moment.doubtful:
        stamps.doubt(asked.record, claim, stamp)
    for stamp in own:
        stamps.add(asked.record, replace(claim, covers=()), stamp, verified.coverage)


def _reach(claim: SealClaim, verified: Verified) -> Codes:
    """Say what the seal leaves out, and what came after it."""
    codes: list[tuple[Code, str]] = []
    if verified.form is SealForm.PADES and verified.later is None:
        # A locked PDF was not looked into: nothing is known of its reach.
        return ()
    if verified.later is LaterChanges.FORBIDDEN:
        codes.append((Code.LATER_CHANGES, ""))
    elif claim.outside:
        codes.append((Code.SEAL_OUTSIDE, ""))
    elif verified.is_filled:
        codes.append((Code.FILLED_LATER, ""))
    elif verified.coverage is Coverage.PART and verified.form is not SealForm.XMLDSIG:
        # No packet fails by its own signature: what counts is the one on the document's file.
        codes.append((Code.SEAL_PART, ""))
    return tuple(codes)


def _is_certain(standing: _Standing) -> bool:
    unsure = {Code.REVOCATION_UNCHECKED, Code.REVOCATION_STALE}
    return standing.trust is Trust.TRUSTED and not unsure & {code for code, _ in standing.codes}


def _standing(question: Question, verified: Verified, at: datetime, sources: Sources) -> _Standing:
    certificate = verified.signature.certificate
    if certificate is None:
        return _Standing()
    judged = chain.judge(
        certificate,
        sources.enclosed.certificates,
        sources,
        at,
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
