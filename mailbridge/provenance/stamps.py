"""Time-stamps as seals of their own: judged against the trust at hand, and told."""

from mailbridge.model.evidence import Coverage, LaterChanges, Seal
from mailbridge.model.parcel import SealClaim, SealForm
from mailbridge.provenance import timestamps
from mailbridge.provenance.certificates import signer
from mailbridge.provenance.codes import Code, Codes
from mailbridge.provenance.question import Question, Record
from mailbridge.provenance.revocation import Sources
from mailbridge.provenance.signatures import Signature
from mailbridge.provenance.timestamps import Stamp


def over(signature: Signature, sources: Sources, question: Question) -> tuple[Stamp, ...]:
    """Judge the tokens over the value of a signature (RFC 3161 §A)."""
    known = (*signature.enclosed, *question.trust.certificates)
    read = (timestamps.read(der, signature.digest, known) for der in signature.tokens)
    return tuple(judged(stamp, sources, question) for stamp in read)


def judged(stamp: Stamp, sources: Sources, question: Question) -> Stamp:
    """Judge a stamp with what is enclosed in it and in the file around it."""
    enclosed = sources.enclosed + stamp.signature.proofs
    at = max(question.at, question.moment)
    return timestamps.judge(stamp, Sources(sources.store, enclosed, sources.ask), at)


def add(
    record: Record,
    claim: SealClaim,
    stamp: Stamp,
    coverage: Coverage,
    later: LaterChanges | None = None,
) -> None:
    """Add a stamp as a seal; a bad one fails nothing, it only proves no time."""
    found = (*stamp.signature.codes, *stamp.codes)
    codes: Codes = () if stamp.is_good else ((Code.TIMESTAMP_BAD, ""),)
    if later is LaterChanges.FORBIDDEN:
        codes = (*codes, (Code.LATER_CHANGES, ""))
    certificate = stamp.signature.certificate
    seal = Seal(
        form=SealForm.TIMESTAMP,
        path=claim.path,
        integrity=stamp.signature.integrity,
        coverage=coverage,
        trust=stamp.trust,
        later_changes=later,
        why=tuple(dict.fromkeys(code.value for code, _ in (*found, *codes))),
        signer=signer(certificate) if certificate else None,
        time=stamp.time,
        time_source="timestamp" if stamp.time else "none",
        covers=claim.covers,
        on_file=claim.on_file,
    )
    record.add(seal, codes)


def doubt(record: Record, claim: SealClaim, stamp: Stamp) -> None:
    """Tell what could not be looked up of a stamp on whose time a seal rests."""
    certificate = stamp.signature.certificate
    name = signer(certificate).name if certificate else ""
    for code, what in stamp.unchecked:
        record.say(code, path=claim.path, what=what, signer=name)
