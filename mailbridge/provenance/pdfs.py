"""Signatures inside a PDF (PAdES): what they cover, and what was changed after them."""

import hashlib
import logging
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cryptography import x509
from pyhanko.pdf_utils.crypt import AuthStatus
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from mailbridge.model.evidence import Coverage, LaterChanges
from mailbridge.provenance import signatures as cms
from mailbridge.provenance.signatures import FOREIGN, Content, Signature

logging.getLogger("pyhanko").setLevel(logging.CRITICAL)

# A PDF with a hundred signature fields costs a hundred verifications.
SIGNATURES = 16
_PERMITTED = {ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING}
_RANGES = 4
_PIECE = 1024 * 1024
_HOSTILE = (PdfError, OSError, AssertionError, ArithmeticError, EOFError, *FOREIGN)


@dataclass(frozen=True, slots=True)
class PdfSignature:
    """One signature field: its signature, coverage, and later changes."""

    signature: Signature
    coverage: Coverage = Coverage.PART
    later_changes: LaterChanges = LaterChanges.FORBIDDEN
    is_timestamp: bool = False


UNREADABLE_PDF = PdfSignature(cms.BROKEN)


def pdf_signatures(
    path: Path, known: tuple[x509.Certificate, ...], password: str | None = None
) -> list[PdfSignature] | None:
    """Judge every signature of the file; None when the PDF itself cannot be read."""
    try:
        with path.open("rb") as file:
            reader = PdfFileReader(file, strict=False)
            if reader.encrypted and not _is_opened(reader, password):
                return [PdfSignature(cms.UNVERIFIABLE)]
            embedded = list(reader.embedded_signatures)
            fields = sum(1 for _ in enumerate_sig_fields(reader, filled_status=True))
            judged = [_judged(one, known) for one in embedded[:SIGNATURES]]
    except _HOSTILE:
        return None
    # A form that is not known, and fields beyond the limit, are not shown as absent.
    return judged + ([PdfSignature(cms.UNVERIFIABLE)] if fields > len(judged) else [])


def _is_opened(reader: PdfFileReader, password: str | None) -> bool:
    """Open the lock, if it has a password (ISO 32000-2 §7.6.4.1); what is sealed lies under it."""
    if password is None:
        return False
    try:
        result = reader.decrypt(password)
    except UnicodeEncodeError:
        result = reader.decrypt(password.encode())
    return result.status is not AuthStatus.FAILED


def _judged(embedded: EmbeddedPdfSignature, known: tuple[x509.Certificate, ...]) -> PdfSignature:
    outside = Content(lambda name: _digest(embedded, name), lambda size: _head(embedded, size))
    is_timestamp = embedded.sig_object_type == "/DocTimeStamp"
    found = cms.signatures(bytes(embedded.pkcs7_content), None if is_timestamp else outside, known)
    # ISO 32000-2 allows one signer in a PDF signature; pyHanko has refused others by now.
    signature = found[0]
    if signature.claimed_time is None and not is_timestamp:
        signature = replace(signature, claimed_time=embedded.self_reported_timestamp)
    later = _later_changes(embedded) if _is_contiguous(embedded) else LaterChanges.FORBIDDEN
    coverage = Coverage.PART if later is LaterChanges.FORBIDDEN else Coverage.WHOLE
    return PdfSignature(signature, coverage, later, is_timestamp)


def _is_contiguous(embedded: EmbeddedPdfSignature) -> bool:
    """Tell whether all but the signature's own hex digits is covered, up to its revision's end."""
    numbers = [int(number) for number in embedded.byte_range]
    if len(numbers) != _RANGES or numbers[0] != 0:
        return False
    _, end, start, _ = numbers
    stream = embedded.reader.stream
    stream.seek(end)
    gap = stream.read(start - end) if start > end else b""
    shown = bytes(embedded.pkcs7_content).hex().encode()
    # Anything else in the gap would be a place for unsigned content.
    return gap[:1] == b"<" and gap[-1:] == b">" and gap[1:-1].lower() == shown


def _later_changes(embedded: Any) -> LaterChanges:
    embedded.compute_integrity_info()
    covered, result = embedded.coverage, embedded.diff_result
    if covered is SignatureCoverageLevel.ENTIRE_FILE:
        return LaterChanges.NONE
    if covered is not SignatureCoverageLevel.ENTIRE_REVISION or not isinstance(result, DiffResult):
        return LaterChanges.FORBIDDEN
    level, most = result.modification_level, embedded.docmdp_level
    permitted = level in _PERMITTED and (most is None or level.value <= most.value)
    return LaterChanges.PERMITTED if permitted else LaterChanges.FORBIDDEN


def _digest(embedded: EmbeddedPdfSignature, name: str) -> bytes:
    digest = hashlib.new(name)
    stream = embedded.reader.stream
    numbers = [int(number) for number in embedded.byte_range]
    for start, length in zip(numbers[::2], numbers[1::2], strict=True):
        if start < 0 or length < 0:
            raise ValueError("a negative byte range")
        stream.seek(start)
        left = length
        while left > 0 and (piece := stream.read(min(left, _PIECE))):
            digest.update(piece)
            left -= len(piece)
        if left:
            raise ValueError("a byte range beyond the end")
    return digest.digest()


def _head(embedded: EmbeddedPdfSignature, size: int) -> bytes:
    embedded.reader.stream.seek(0)
    head: bytes = embedded.reader.stream.read(size)
    return head
