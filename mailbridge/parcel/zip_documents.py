"""ZIP files that are documents (OOXML, ODF): not unpacked as archives, and known by their parts."""

from mailbridge.mime.parse import Octets
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.parcel import LockForm, LockWhy
from mailbridge.parcel import decoding
from mailbridge.parcel.unpacking import Place, Unpacking
from mailbridge.parcel.zip_directory import Directory
from mailbridge.parcel.zip_entry import Entry

_OOXML = "application/vnd.openxmlformats-officedocument."
_MAIN_FOLDERS = (
    ("word/", f"{_OOXML}wordprocessingml.document"),
    ("xl/", f"{_OOXML}spreadsheetml.sheet"),
    ("ppt/", f"{_OOXML}presentationml.presentation"),
)
# ISO/IEC 29500-2 §10.1.2, §9.3: every package holds both.
_PACKAGE = {"[content_types].xml", "_rels/.rels"}
_ODF = b"application/vnd.oasis.opendocument."
_MANIFEST = "META-INF/manifest.xml"
# ISO/IEC 29500-2 §12.2 and ODF 1.3 part 2 §5: where a document keeps its own signatures.
_SIGNATURES = ("_xmlsignatures/", "meta-inf/documentsignatures.xml")
# A manifest of megabytes is no manifest.
_MANIFEST_SIZE = 1024 * 1024

Spans = list[tuple[int, int] | Reason]


def kind_of(octets: Octets, directory: Directory, spans: Spans) -> str | None:
    """Name the type of a document, or None where the ZIP is an archive."""
    names = {entry.name.lower() for entry in directory.entries}
    if names >= _PACKAGE:
        for folder, kind in _MAIN_FOLDERS:
            if any(name.startswith(folder) for name in names):
                return kind
    # ODF 1.3 part 2 §3.3: the first entry, stored, says what it is.
    if directory.entries and directory.entries[0].name == "mimetype":
        entry, span = directory.entries[0], spans[0]
        said = b""
        if isinstance(span, tuple) and not entry.method and not entry.is_encrypted:
            said = bytes(octets[span[0] : min(span[1], span[0] + 100)])
        if said.startswith(_ODF) and said.isascii() and _MANIFEST.lower() in names:
            return said.decode().strip()
    return None


def note_signature(work: Unpacking, place: Place, directory: Directory) -> None:
    """Name a document that bears a signature of its own kind; no kept library verifies it."""
    if any(entry.name.lower().startswith(_SIGNATURES) for entry in directory.entries):
        work.signed_offices.append(place.path)


def note_lock(
    work: Unpacking, place: Place, octets: Octets, directory: Directory, spans: Spans
) -> None:
    """List the lock of an encrypted ODF (part 2 §4.1); there is no kept library that opens it."""
    for entry, span in zip(directory.entries, spans, strict=True):
        if entry.name == _MANIFEST and isinstance(span, tuple):
            if b"encryption-data" in _beginning(octets, entry, span):
                work.lock(LockForm.OFFICE, place, LockWhy.UNSUPPORTED)
            return


def _beginning(octets: Octets, entry: Entry, span: tuple[int, int]) -> bytes:
    if not entry.method:
        return bytes(octets[span[0] : min(span[1], span[0] + _MANIFEST_SIZE)])
    found = b""
    try:
        for piece in decoding.decoded(decoding.deflate, octets, *span):
            found += piece
            if len(found) > _MANIFEST_SIZE:
                break
    except RefusedError:
        return found
    return found
