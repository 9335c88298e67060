"""From a claim to the signatures in it, each held to its octets; nobody asked yet whose it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mailbridge.model.evidence import Coverage, LaterChanges
from mailbridge.model.parcel import SealClaim, SealForm
from mailbridge.provenance import pdfs, xmldsig
from mailbridge.provenance.enclosures import Enclosed
from mailbridge.provenance.mechanism import digest
from mailbridge.provenance.question import Question
from mailbridge.provenance.signatures import Content, Signature, signatures
from mailbridge.provenance.timestamps import Stamp

_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Verified:
    """One signature over its octets, before anybody asked whose it is."""

    signature: Signature
    form: SealForm
    coverage: Coverage
    later: LaterChanges | None = None
    # A document time-stamp, and no signature of anybody.
    stamp: Stamp | None = None
    is_filled: bool = False


def read(question: Question, claim: SealClaim) -> tuple[list[Verified], Enclosed]:
    """Judge the octets under each signature of the claim; with the proofs beside them."""
    known = question.trust.certificates
    if claim.form is SealForm.PADES:
        return _pdf(question, claim)
    if claim.form is SealForm.XMLDSIG:
        return [_packet(question.scratch / claim.signature)], Enclosed()
    outside = _range(question.scratch / claim.signed, claim) if claim.signed else None
    coverage = Coverage.WHOLE if claim.whole else Coverage.PART
    der = (question.scratch / claim.signature).read_bytes()
    found = signatures(der, outside, known)
    return [Verified(each, claim.form, coverage) for each in found], Enclosed()


def _pdf(question: Question, claim: SealClaim) -> tuple[list[Verified], Enclosed]:
    path = question.scratch / claim.signed
    pdf = pdfs.read(path, question.trust.certificates, claim.password)
    found = [
        Verified(
            each.signature,
            SealForm.PADES,
            each.coverage,
            each.later_changes,
            each.stamp,
            each.is_filled,
        )
        for each in pdf.signatures
    ]
    return found, pdf.proofs


def _packet(path: Path) -> Verified:
    signature, coverage = xmldsig.packet_signature(path)
    return Verified(signature, SealForm.XMLDSIG, coverage)


def _range(path: Path, claim: SealClaim) -> Content:
    """Take the raw octets between two offsets, as they lie in the file (RFC 8551 §3.5.3)."""

    def pieces(size: int) -> Iterator[bytes]:
        with path.open("rb") as file:
            file.seek(claim.start)
            while size > 0 and (piece := file.read(min(_PIECE, size))):
                yield piece
                size -= len(piece)

    return Content(
        lambda name: digest(name, pieces(claim.end - claim.start)),
        lambda size: b"".join(pieces(min(size, claim.end - claim.start))),
    )
