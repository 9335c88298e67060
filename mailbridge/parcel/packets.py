"""edXML packets and other XML: what is dangerous is refused, what is packed inside comes out."""

import base64
import io
import lzma
import re
import zipfile
import zlib
from binascii import Error as Base64Error
from collections.abc import Iterator

from lxml import etree

from mailbridge.mime import xmltree
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.parcel import File, SealClaim, SealForm
from mailbridge.model.problem import Problem
from mailbridge.parcel.place import Place
from mailbridge.parcel.unpacking import Unpacking

_DSIG = "{http://www.w3.org/2000/09/xmldsig#}Signature"
_PIECE = 1024 * 1024
# Entities that grow, and files and hosts that are asked for, all begin so.
_DANGEROUS = (b"<!DOCTYPE", b"<!ENTITY")
_NOT_LETTERS = re.compile(rb"[^A-Za-z0-9+/]")
# Names under which a ZIP is what was sent, and not the wrapping of the writer.
_ZIPPED = (".zip", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp")
# A PDF that a writer took for text: its octets above 127 became U+FFFD.
_RUINED = b"\xef\xbf\xbd"

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    ValueError,
    NotImplementedError,
    OSError,
    EOFError,
)


def open_xml(work: Unpacking, file: File, place: Place) -> None:
    """Refuse XML with a document type; its text stays a file, whatever else it says."""
    del place
    with (work.scratch / file.stored).open("rb") as octets:
        tail = b""
        while piece := octets.read(_PIECE):
            if any(mark in tail + piece for mark in _DANGEROUS):
                raise RefusedError(Reason.MALFORMED, "XML with a document type")
            tail = piece[-16:]


def open_packet(work: Unpacking, file: File, place: Place) -> None:
    """Take the attachments out of an edXML packet, and claim its signature if it is one."""
    octets = (work.scratch / file.stored).read_bytes()
    root = xmltree.parse(octets)
    claim = SealClaim(
        SealForm.XMLDSIG,
        place.path,
        signature=file.stored,
        covers=(place.path,),
        on_file=True,
        whole=True,
        unlocked_by=place.unlocked_by,
    )
    if root.find(f".//{_DSIG}") is None:
        _attachments(work, root, place)
        return
    with work.beneath(claim):
        _attachments(work, root, place)


def _attachments(work: Unpacking, root: etree._Element, place: Place) -> None:
    for number, attachment in enumerate(_listed(root), 1):
        here = place.inside(number)
        name = _text(attachment, "AttachmentName") or ""
        if number > work.limits.members:
            raise RefusedError(Reason.TOO_MANY, "more attachments than a packet has")
        try:
            _attachment(work, here, name, _text(attachment, "ContentTransferEncoded") or "")
        except RefusedError as refusal:
            work.add_refused(here, name, refusal.reason)


def _listed(root: etree._Element) -> Iterator[etree._Element]:
    # Some writers put the section inside the envelope.
    for parent in (root, xmltree.child(root, "edXMLEnvelope")):
        section = xmltree.child(parent, "AttachmentEncoded")
        yield from xmltree.children(section, "Attachment")


def _attachment(work: Unpacking, place: Place, name: str, encoded: str) -> None:
    letters = _NOT_LETTERS.sub(b"", encoded.encode("ascii", "ignore"))
    try:
        octets = base64.b64decode(letters + b"=" * (-len(letters) % 4))
    except (Base64Error, ValueError) as error:
        raise RefusedError(Reason.MALFORMED, "an attachment that is no base64") from error
    # The SDK of the axis zips whatever has an extension that it does not know.
    if octets.startswith(b"PK\x03\x04") and not name.lower().endswith(_ZIPPED):
        octets = _only_member(work, octets)
    if octets.startswith(b"%PDF-") and _RUINED in octets[:64]:
        work.note(Problem.RUINED_ATTACHMENT)
    work.add_file(place, name, (octets[at : at + _PIECE] for at in range(0, len(octets), _PIECE)))


def _only_member(work: Unpacking, octets: bytes) -> bytes:
    """Unwrap the one member of a ZIP in which a writer put the attachment."""
    try:
        with zipfile.ZipFile(io.BytesIO(octets)) as archive:
            (member,) = archive.infolist()
            most = max(work.limits.bomb_growth, work.limits.bomb_ratio * len(octets))
            if member.flag_bits & 1:
                raise RefusedError(Reason.ENCRYPTED, "an attachment in a locked ZIP")
            with archive.open(member) as content:
                plain = content.read(min(most, work.limits.unpacked_size) + 1)
    except _BROKEN as error:
        raise RefusedError(Reason.MALFORMED, "an attachment in a ZIP that is none") from error
    if len(plain) > most:
        raise RefusedError(Reason.BOMB, "an attachment that grows beyond the limit")
    return plain


def _text(parent: etree._Element, name: str) -> str | None:
    found = xmltree.child(parent, name)
    return found.text.strip() if found is not None and found.text else None
