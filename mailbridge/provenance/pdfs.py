"""Signatures inside a PDF (PAdES): what they cover, and what was changed after them."""

import io
import logging
import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from asn1crypto import core
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding, rsa, utils
from pyhanko.pdf_utils.crypt import AuthStatus
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from mailbridge.model.evidence import Coverage, Integrity, LaterChanges
from mailbridge.provenance import enclosures, timestamps
from mailbridge.provenance import signatures as cms
from mailbridge.provenance.codes import Code, Codes
from mailbridge.provenance.enclosures import Enclosed
from mailbridge.provenance.mechanism import HASHES
from mailbridge.provenance.pdf_fields import Field, SubFilter, fields_of
from mailbridge.provenance.signatures import FOREIGN, Certificates, Content, Signature
from mailbridge.provenance.timestamps import Stamp

logging.getLogger("pyhanko").setLevel(logging.CRITICAL)

# A PDF with a hundred signature fields costs a hundred verifications.
SIGNATURES = 16
_END = re.compile(rb"startxref\s+\d+\s+%%EOF(?:\r\n|\r|\n)?")
# What a signature dictionary says of itself, in plain octets as it must.
_MARKS = re.compile(
    rb"/ByteRange|/SubFilter|/Type\s*/(?:Sig|DocTimeStamp)\b|/Contents\s*<30[0-9A-Fa-f]{254}"
)
_HOSTILE = (PdfError, OSError, AssertionError, ArithmeticError, EOFError, MemoryError, *FOREIGN)


@dataclass(frozen=True, slots=True)
class PdfSignature:
    """One signature field: its signature, coverage, and later changes."""

    signature: Signature
    coverage: Coverage = Coverage.PART
    # None where the file could not be looked into.
    later_changes: LaterChanges | None = LaterChanges.FORBIDDEN
    # A document time-stamp (ISO 32000-2 §12.8.5); it is no signature of anybody.
    stamp: Stamp | None = None
    # A reader sees what was filled in afterwards, under no other seal.
    is_filled: bool = False


@dataclass(frozen=True, slots=True)
class SignedPdf:
    """All signatures of a PDF in the order of their revisions, and the proofs it stores."""

    signatures: tuple[PdfSignature, ...] = ()
    proofs: Enclosed = field(default_factory=Enclosed)


UNREADABLE_PDF = PdfSignature(cms.BROKEN)
# Not looked into is neither good nor bad: the lock is what holds the mail.
_LOCKED = PdfSignature(cms.UNVERIFIABLE, later_changes=None)


def read(path: Path, known: Certificates, password: str | None = None) -> SignedPdf:
    """Judge every signature of the file; nothing in it raises."""
    try:
        with path.open("rb") as file:
            reader = PdfFileReader(file, strict=False)
            if reader.encrypted and not _is_opened(reader, password):
                return SignedPdf((_LOCKED,) if _is_marked(path) else ())
            return _read(reader, known)
    except _HOSTILE:
        return _cut(path, known) if _is_marked(path) else SignedPdf()


def _cut(path: Path, known: Certificates) -> SignedPdf:
    """Judge what stands before a tail that makes the file unreadable; the tail is a change."""
    octets = path.read_bytes()
    end = max((found.end() for found in _END.finditer(octets)), default=0)
    try:
        read = _read(PdfFileReader(io.BytesIO(octets[:end]), strict=False), known)
    except _HOSTILE:
        return SignedPdf((UNREADABLE_PDF,))
    changed = tuple(
        replace(each, coverage=Coverage.PART, later_changes=LaterChanges.FORBIDDEN, is_filled=False)
        for each in read.signatures
    )
    return SignedPdf(changed or (UNREADABLE_PDF,), read.proofs)


def _read(reader: PdfFileReader, known: Certificates) -> SignedPdf:
    proofs = _proofs(reader)
    fields, odd = fields_of(reader, SIGNATURES)
    names = {each.fq_name for each in fields}
    known = (*known, *proofs.certificates)
    judged = [_guarded(each, known, names) for each in fields]
    # What cannot be read, and fields beyond the limit, are not shown as absent.
    return SignedPdf((*judged, *[UNREADABLE_PDF] * min(odd, 1)), proofs)


def _proofs(reader: PdfFileReader) -> Enclosed:
    try:
        return enclosures.of_pdf(reader)
    except _HOSTILE:
        return Enclosed()


def _is_marked(path: Path) -> bool:
    """Tell whether a file that cannot be read says that it is signed."""
    return _MARKS.search(path.read_bytes()) is not None


def _is_opened(reader: PdfFileReader, password: str | None) -> bool:
    """Open the lock, if it has a password (ISO 32000-2 §7.6.4.1); what is sealed lies under it."""
    if password is None:
        return False
    try:
        result = reader.decrypt(password)
    except UnicodeEncodeError:
        result = reader.decrypt(password.encode())
    return result.status is not AuthStatus.FAILED


def _guarded(one: Field, known: Certificates, names: set[str]) -> PdfSignature:
    try:
        judged = _judged(one, known)
    except _HOSTILE:
        return UNREADABLE_PDF
    try:
        later, is_seen = one.changes(names)
    except _HOSTILE:
        # What cannot be compared may be anything.
        later, is_seen = LaterChanges.FORBIDDEN, True
    return replace(
        judged,
        later_changes=later,
        coverage=Coverage.PART if is_seen else Coverage.WHOLE,
        is_filled=is_seen and later is LaterChanges.PERMITTED,
    )


def _judged(one: Field, known: Certificates) -> PdfSignature:
    der = bytes(one.pkcs7_content)
    kind = one.sub_filter
    if kind is SubFilter.STAMP:
        stamp = timestamps.read(der, one.digest, known)
        return PdfSignature(stamp.signature, stamp=stamp)
    if kind is None:
        return PdfSignature(cms.UNVERIFIABLE)
    signature = _RAW_KINDS.get(kind, _detached)(one, der, known)
    if signature.claimed_time is None:
        signature = replace(signature, claimed_time=one.claimed)
    return PdfSignature(signature)


def _detached(one: Field, der: bytes, known: Certificates) -> Signature:
    """Judge a CMS over the ranges of octets (ISO 32000-2 §12.8.3.3, ETSI EN 319 142-1 §6.3)."""
    # Nothing that begins as a PDF can be read as somebody's signed attributes.
    bare = one.head(5) == b"%PDF-"
    found = cms.signatures(der, Content(one.digest, one.head), known, bare=bare)
    # A PDF signature has one signer (ISO 32000-2 §12.8.3.3.1).
    return found[0] if len(found) == 1 else replace(found[0], integrity=Integrity.BROKEN)


def _over_sha1(one: Field, der: bytes, known: Certificates) -> Signature:
    """Judge the old form whose CMS carries the SHA-1 of the ranges as its content."""
    found = cms.signatures(der, None, known)[0]
    codes: Codes = (*found.codes, (Code.WEAK_ALGORITHM, "sha1"))
    if found.integrity is Integrity.INTACT and cms.carried(der) != one.digest("sha1"):
        return replace(found, integrity=Integrity.BROKEN, codes=(*cms.BROKEN.codes, *codes))
    return replace(found, codes=tuple(dict.fromkeys(codes)))


def _raw(one: Field, der: bytes, _: Certificates) -> Signature:
    """Judge the oldest form: a bare RSA value over SHA-1, its certificates beside it."""
    stated = one.stated("/Cert")
    listed = stated if isinstance(stated, list) else [stated] if stated is not None else []
    found = tuple(x509.load_der_x509_certificate(each.original_bytes) for each in listed[:8])
    weak: Codes = ((Code.WEAK_ALGORITHM, "sha1"),)
    key = found[0].public_key() if found else None
    if not isinstance(key, rsa.RSAPublicKey):
        return replace(cms.UNVERIFIABLE, codes=(*cms.UNVERIFIABLE.codes, *weak))
    value = core.OctetString.load(der).native
    judged = Signature(Integrity.INTACT, weak, found[0], None, found)
    try:
        hashed = utils.Prehashed(HASHES["sha1"]())
        key.verify(value, one.digest("sha1"), padding.PKCS1v15(), hashed)
    except InvalidSignature:
        return replace(judged, integrity=Integrity.BROKEN, codes=(*cms.BROKEN.codes, *weak))
    return judged


_RAW_KINDS = {SubFilter.SHA1: _over_sha1, SubFilter.RAW: _raw}
