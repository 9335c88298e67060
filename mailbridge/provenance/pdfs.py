"""Signatures inside a PDF (PAdES): what they cover, and what was changed after them."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography import x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from mailbridge.model.evidence import Coverage, Integrity, LaterChanges
from mailbridge.provenance.signatures import Signature, signatures

# A PDF with a hundred signature fields costs a hundred verifications.
SIGNATURES = 16
_PERMITTED = {ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING}


@dataclass(frozen=True, slots=True)
class PdfSignature:
    """One signature field: its signature, coverage, and later changes."""

    signature: Signature
    coverage: Coverage
    later_changes: LaterChanges
    is_timestamp: bool = False


def pdf_signatures(path: Path, known: tuple[x509.Certificate, ...]) -> list[PdfSignature] | None:
    """Judge every signature of the file; None when the PDF itself cannot be read."""
    try:
        with path.open("rb") as file:
            reader = PdfFileReader(file, strict=False)
            embedded = list(reader.embedded_signatures)[:SIGNATURES]
            return [_judged(one, known) for one in embedded]
    except (PdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, OSError):
        return None
    except (RecursionError, NotImplementedError, AssertionError, ArithmeticError, LookupError):
        return None


def _judged(embedded: EmbeddedPdfSignature, known: tuple[x509.Certificate, ...]) -> PdfSignature:
    is_timestamp = embedded.sig_object_type == "/DocTimeStamp"
    judged: Any = embedded
    judged.compute_integrity_info()
    integrity: dict[str, Any] = judged.summarise_integrity_info()

    def digest(name: str) -> bytes:
        return _ranges_digest(embedded, name)

    found = signatures(bytes(embedded.pkcs7_content), None if is_timestamp else digest, known)
    # A PDF signature has one signer (ISO 32000-2 §12.8.3.3): of several, the worst decides.
    worst = max(found, key=lambda one: one.integrity is not Integrity.INTACT)
    later = _later_changes(integrity)
    return PdfSignature(worst, _coverage(integrity, later), later, is_timestamp)


def _ranges_digest(embedded: EmbeddedPdfSignature, name: str) -> bytes:
    digest = hashlib.new(name)
    stream = embedded.reader.stream
    numbers = [int(number) for number in embedded.byte_range]
    for start, length in zip(numbers[::2], numbers[1::2], strict=True):
        if start < 0 or length < 0:
            raise ValueError("a negative byte range")
        stream.seek(start)
        digest.update(stream.read(length))
    return digest.digest()


def _coverage(integrity: dict[str, Any], later: LaterChanges) -> Coverage:
    covered = integrity["coverage"]
    if covered is SignatureCoverageLevel.ENTIRE_FILE:
        return Coverage.WHOLE
    whole = covered is SignatureCoverageLevel.ENTIRE_REVISION
    return Coverage.WHOLE if whole and later is not LaterChanges.FORBIDDEN else Coverage.PART


def _later_changes(integrity: dict[str, Any]) -> LaterChanges:
    covered = integrity["coverage"]
    if covered is SignatureCoverageLevel.ENTIRE_FILE:
        return LaterChanges.NONE
    level = getattr(integrity.get("diff_result"), "modification_level", None)
    permitted = level in _PERMITTED and integrity.get("docmdp_ok") is not False
    if covered is SignatureCoverageLevel.ENTIRE_REVISION and permitted:
        return LaterChanges.PERMITTED
    return LaterChanges.FORBIDDEN
