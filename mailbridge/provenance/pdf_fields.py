"""One filled signature field of a PDF: its octets, what they cover, and what came after."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffResult, ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature, extract_contents
from pyhanko.sign.validation.status import SignatureCoverageLevel

from mailbridge.model.evidence import LaterChanges
from mailbridge.provenance.mechanism import digest

_PERMITTED = {
    ModificationLevel.NONE,
    ModificationLevel.LTA_UPDATES,
    ModificationLevel.FORM_FILLING,
}
_RANGES = 4
_PIECE = 1024 * 1024
# What follows the last table of references, and nothing else (ISO 32000-2 §7.5.5).
_END = re.compile(
    rb"\s*(?:endstream\s*)?(?:endobj\s*)?(?:trailer\s*)?(?:<<(?:(?!startxref).)*>>\s*)?startxref\s*\d+\s*%%EOF[\s\0]*",
    re.DOTALL,
)
_END_SIZE = 64 * 1024


class SubFilter(StrEnum):
    """How a signature is written down (ISO 32000-2 §12.8.3.3, §12.8.5)."""

    CADES = "/ETSI.CAdES.detached"
    STAMP = "/ETSI.RFC3161"
    DETACHED = "/adbe.pkcs7.detached"
    SHA1 = "/adbe.pkcs7.sha1"
    RAW = "/adbe.x509.rsa_sha1"


class Field(EmbeddedPdfSignature):
    """A field whose signature is not parsed: whatever is in it, where it stands is judged."""

    def __init__(self, reader: PdfFileReader, field: Any, name: str) -> None:
        """Raise PdfError, or what a malformed dictionary does, where there is nothing to judge."""
        found: Any = field.get_object()
        value = found.raw_get("/V")
        holder = value.get_object()
        if not isinstance(holder, generic.DictionaryObject):
            raise PdfError("a signature that is no dictionary")
        place = (
            value.reference if isinstance(value, generic.IndirectObject) else found.container_ref
        )
        self.reader, self.fq_name = reader, name
        self.sig_field, self.sig_object = found, holder
        self.byte_range = [int(number) for number in holder["/ByteRange"]]
        self.pkcs7_content = extract_contents(holder)
        self.signed_revision = reader.xrefs.get_last_change(place)
        self.coverage = self.diff_result = None
        self._docmdp = self._fieldmdp = None
        self._docmdp_queried = self._fieldmdp_queried = False

    @property
    def sub_filter(self) -> SubFilter | None:
        """How it is written down; None where that is not known."""
        stated = self.stated("/SubFilter")
        if stated is None:
            is_stamp = self.stated("/Type") == "/DocTimeStamp"
            return SubFilter.STAMP if is_stamp else SubFilter.DETACHED
        return SubFilter(stated) if stated in set(SubFilter) else None

    def stated(self, name: str) -> Any:
        """Look an entry of the signature dictionary up; `get` of the library follows no link."""
        try:
            return self.sig_object[name]
        except KeyError:
            return None

    @property
    def claimed(self) -> datetime | None:
        """The time that the dictionary claims; outside the CMS, but under the seal."""
        try:
            time = generic.parse_pdf_date(self.sig_object["/M"], strict=False)
        except (KeyError, ValueError, TypeError, PdfError):
            return None
        return time.astimezone(UTC) if time.tzinfo else None

    def digest(self, name: str) -> bytes:
        """Hash the ranges of octets; raises ValueError where they are not in the file."""
        return digest(name, self._pieces())

    def _pieces(self) -> Iterator[bytes]:
        stream, numbers = self.reader.stream, self.byte_range
        for start, length in zip(numbers[::2], numbers[1::2], strict=True):
            if start < 0 or length < 0:
                raise ValueError("a negative byte range")
            stream.seek(start)
            left = length
            while left > 0 and (piece := stream.read(min(left, _PIECE))):
                yield piece
                left -= len(piece)
            if left:
                raise ValueError("a byte range beyond the end")

    def head(self, size: int) -> bytes:
        """Give the beginning of what is signed."""
        self.reader.stream.seek(self.byte_range[0])
        octets: bytes = self.reader.stream.read(size)
        return octets

    def is_contiguous(self) -> bool:
        """Tell whether all but the signature's own hex digits is covered, from the beginning."""
        numbers = self.byte_range
        if len(numbers) != _RANGES or numbers[0] != 0:
            return False
        _, end, start, _ = numbers
        stream = self.reader.stream
        stream.seek(end)
        gap = stream.read(start - end) if start > end else b""
        # Anything else in the gap would be a place for unsigned content.
        shown = bytes(self.pkcs7_content).hex().encode()
        return gap[:1] == b"<" and gap[-1:] == b">" and gap[1:-1].lower() == shown

    def changes(self, signatures: set[str]) -> tuple[LaterChanges, bool]:
        """Tell what came after it, and whether a reader sees some of that.

        Visible are filled fields and new ones; the pictures of other `signatures` are their own.
        """
        forbidden = LaterChanges.FORBIDDEN, True
        if not self.is_contiguous():
            return forbidden
        covered: Any = self.evaluate_signature_coverage()
        self.coverage = covered
        if covered is SignatureCoverageLevel.ENTIRE_FILE:
            return LaterChanges.NONE, False
        if covered is not SignatureCoverageLevel.ENTIRE_REVISION:
            return forbidden
        if self._is_blank_after():
            return LaterChanges.NONE, False
        return self._compared(signatures) if self._ends_well() else forbidden

    def _compared(self, signatures: set[str]) -> tuple[LaterChanges, bool]:
        """Compare each later revision with what this signature permits (ISO 32000-2 §12.8.2)."""
        result = self.evaluate_modifications(DEFAULT_DIFF_POLICY)
        if not isinstance(result, DiffResult) or result.modification_level not in _PERMITTED:
            return LaterChanges.FORBIDDEN, True
        most = self.docmdp_level
        if most is not None and result.modification_level.value > most.value:
            return LaterChanges.FORBIDDEN, True
        return LaterChanges.PERMITTED, bool(result.changed_form_fields - signatures)

    def _is_blank_after(self) -> bool:
        """Tell whether nothing but an end of line, as mails add it, follows what is covered."""
        self.reader.stream.seek(self.byte_range[2] + self.byte_range[3])
        return not self.reader.stream.read(_PIECE).strip(b"\r\n\t \0")

    def _ends_well(self) -> bool:
        """Tell whether the file ends with its last revision, and a later revision is there."""
        last = self.reader.xrefs.total_revisions - 1
        end = self.reader.xrefs.get_xref_container_info(last).end_location
        self.reader.stream.seek(end)
        tail = self.reader.stream.read(_END_SIZE)
        return last > self.signed_revision and _END.fullmatch(tail) is not None


def fields_of(reader: PdfFileReader, most: int) -> tuple[list[Field], int]:
    """List the filled signature fields in the order of their revisions, and count the odd ones."""
    found: list[Field] = []
    odd = 0
    for name, _, field in enumerate_sig_fields(reader, filled_status=True):
        if len(found) + odd >= most:
            odd += 1
            break
        try:
            found.append(Field(reader, field, name))
        except _MALFORMED:
            odd += 1
    return sorted(found, key=lambda each: each.signed_revision), odd


_MALFORMED = (PdfError, ValueError, TypeError, LookupError, AttributeError, OverflowError)
