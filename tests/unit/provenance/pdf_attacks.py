"""Attacks on sealed PDFs, each as a maker of its own: a sealed PDF in, the forged one out.

The names are those of the literature: shadow attacks, universal signature forgery, incremental
saving, signature wrapping, evil annotations and sneaky signatures on certified documents.
"""

import hashlib
import io
import re
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.signers.cms_embedder import SigMDPSetup

from mailbridge.demo import cms, seals
from mailbridge.demo.cms import Form
from mailbridge.demo.seals import Manner
from tests.unit.provenance.samples import NOW, keys, paper

_HEX = re.compile(rb"<([0-9a-fA-F]{2000,})>")
_RANGE = re.compile(rb"/ByteRange \[([^\]]*)\]")
dictionary: Any = generic.DictionaryObject
number: Any = generic.NumberObject


def certified(level: MDPPerm, pdf: bytes | None = None) -> bytes:
    lock = SigMDPSetup("sha256", certify=True, docmdp_perms=level)
    return seals.seal_pdf_as(pdf or paper(), keys().seal, Manner(NOW, lock=lock))


def updated(pdf: bytes, change: Any) -> bytes:
    """Write a later revision in which `change` was made."""
    writer: Any = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    change(writer)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def _page(writer: Any) -> Any:
    return writer.root["/Pages"]["/Kids"][0].get_object()


def shadow_hide(pdf: bytes) -> bytes:
    def change(writer: Any) -> None:
        page = _page(writer)
        page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"q Q"))
        writer.update_container(page)

    return updated(pdf, change)


def shadow_replace(pdf: bytes) -> bytes:
    """Another font under the same name: the same octets now show other letters."""

    def change(writer: Any) -> None:
        fonts = _page(writer)["/Resources"]["/Font"]
        kinds = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/ZapfDingbats"}
        other = dictionary({pdf_name(k): pdf_name(v) for k, v in kinds.items()})
        fonts[next(iter(fonts))] = writer.add_object(other)
        writer.update_container(fonts)

    return updated(pdf, change)


def shadow_hide_and_replace(pdf: bytes) -> bytes:
    """The catalog now leads to another tree of pages."""

    def change(writer: Any) -> None:
        page = _page(writer)
        other = dictionary({k: v for k, v in page.items() if k not in {"/Parent", "/Contents"}})
        other["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"q Q"))
        pages = dictionary({pdf_name("/Type"): pdf_name("/Pages")})
        pages["/Kids"] = generic.ArrayObject([writer.add_object(other)])
        pages["/Count"] = number(1)
        writer.root["/Pages"] = other["/Parent"] = writer.add_object(pages)
        writer.update_root()

    return updated(pdf, change)


def evil_annotation(pdf: bytes) -> bytes:
    """A text over the page (EAA), as a certified document with P=3 seems to permit."""

    def change(writer: Any) -> None:
        page = _page(writer)
        note = dictionary(
            {
                pdf_name("/Type"): pdf_name("/Annot"),
                pdf_name("/Subtype"): pdf_name("/FreeText"),
                pdf_name("/Rect"): generic.ArrayObject(map(number, (9, 9, 500, 700))),
                pdf_name("/Contents"): generic.TextStringObject("9.999.999"),
            }
        )
        old = list(page["/Annots"]) if "/Annots" in page else []
        page["/Annots"] = generic.ArrayObject([*old, writer.add_object(note)])
        writer.update_container(page)

    return updated(pdf, change)


def fillable() -> bytes:
    """A paper with one empty text field."""

    def change(writer: Any) -> None:
        page = _page(writer)
        field = dictionary(
            {
                pdf_name("/Type"): pdf_name("/Annot"),
                pdf_name("/Subtype"): pdf_name("/Widget"),
                pdf_name("/FT"): pdf_name("/Tx"),
                pdf_name("/T"): generic.TextStringObject("amount"),
                pdf_name("/Rect"): generic.ArrayObject(map(number, (9, 9, 99, 29))),
                pdf_name("/F"): number(4),
            }
        )
        placed = writer.add_object(field)
        page["/Annots"] = generic.ArrayObject([placed])
        writer.update_container(page)
        form = dictionary({pdf_name("/Fields"): generic.ArrayObject([placed])})
        writer.root["/AcroForm"] = writer.add_object(form)
        writer.update_root()

    return updated(paper(), change)


def filled(pdf: bytes) -> bytes:
    def change(writer: Any) -> None:
        field = writer.root["/AcroForm"]["/Fields"][0].get_object()
        field["/V"] = generic.TextStringObject("9.999.999")
        writer.update_container(field)

    return updated(pdf, change)


def saved_without_table(pdf: bytes) -> bytes:
    """Objects that a lenient reader finds by itself (ISA)."""
    at = re.findall(rb"startxref\s+(\d+)", pdf)[-1]
    made: bytes = pdf + b"3 0 obj\n<</Type/Page>>\nendobj\nstartxref\n" + at + b"\n%%EOF\n"
    return made


def saved_with_copied_signature(pdf: bytes) -> bytes:
    """The signature dictionary once more, in a revision that it does not cover (ISA)."""

    def change(writer: Any) -> None:
        field = writer.root["/AcroForm"]["/Fields"][0].get_object()
        field["/V"] = writer.add_object(field["/V"])
        writer.update_container(field)
        page = _page(writer)
        page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"q Q"))
        writer.update_container(page)

    return updated(pdf, change)


def saved_with_comment(pdf: bytes) -> bytes:
    return pdf + b"%PDF-1.7\n% 3 0 obj\n%%EOF\n"


def junk_before(pdf: bytes) -> bytes:
    return b"junk\n" + pdf


def renamed(pdf: bytes, name: bytes) -> bytes:
    """Take an entry of the signature away without moving anything (USF)."""
    at = pdf.rindex(name)
    return pdf[: at + 1] + b"X" + pdf[at + 2 :]


def range_of(pdf: bytes, words: bytes) -> bytes:
    """Put another byte range in the place of the true one (USF)."""
    found = list(_RANGE.finditer(pdf))[-1]
    room = found.end(1) - found.start(1)
    return pdf[: found.start(1)] + words.ljust(room) + pdf[found.end(1) :]


def contents_of(pdf: bytes, words: bytes) -> bytes:
    """Put something else in the place of the signature (USF)."""
    found = list(_HEX.finditer(pdf))[-1]
    room = found.end() - found.start()
    return pdf[: found.start()] + words.ljust(room) + pdf[found.end() :]


def two_contents(pdf: bytes) -> bytes:
    """A second signature value beside the first, in the gap that nobody signs."""
    found = list(_HEX.finditer(pdf))[-1]
    value: bytes = found[1].rstrip(b"0")
    made = b"<" + value + b"0" * (len(value) % 2) + b"> /Contents <00>"
    return pdf[: found.start()] + made.ljust(found.end() - found.start()) + pdf[found.end() :]


def wrapped(pdf: bytes, room: int = 4000) -> bytes:
    """Sign anew with a gap that leaves room for content beside the signature (SWA)."""
    found = list(_HEX.finditer(pdf))[-1]
    start, end = found.start(), found.end()
    middle = end - room
    inside = b"<" + b"0" * (middle - start - 2) + b">"
    gap = inside + b" /Forged (unsigned words)".ljust(room)
    laid = pdf[:start] + gap + pdf[end:]
    laid = range_of(laid, f"0 {start} {end} {len(pdf) - end}".encode())
    return _signed(laid, ((0, start), (end, len(laid))), (start, middle))


def range_over_another_file(pdf: bytes) -> bytes:
    """A signature over a file that stands behind the one that is shown."""
    found = list(_HEX.finditer(pdf))[-1]
    start, end, length = found.start(), found.end(), len(pdf)
    words = f"{9} {start - 9} {end} {length - end}".encode()
    laid = range_of(pdf, words)
    return _signed(laid, ((9, start), (end, length)), (start, end))


def _signed(laid: bytes, ranges: tuple[tuple[int, int], ...], place: tuple[int, int]) -> bytes:
    digest = hashlib.sha256(b"".join(laid[a:b] for a, b in ranges)).digest()
    value = cms.over_digest(digest, keys().seal, Form(cades=True)).hex().encode()
    start, end = place
    return laid[: start + 1] + value.ljust(end - start - 2, b"0") + laid[end - 1 :]
