"""Write a document as an edXML packet of QCVN 102, its files inside, in constant memory."""

import re
from base64 import b64encode
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from lxml import etree

from mailbridge.clock import in_vietnam
from mailbridge.mime.xmltree import NAMESPACE
from mailbridge.model.handover import Packet, document_id
from mailbridge.model.parcel import File
from mailbridge.model.reading import FieldName

# What XML 1.0 cannot hold: the texts come from hostile mail.
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Octets at a time; base64 without line breaks asks for a multiple of three.
_PIECE = 3 * 64 * 1024
_DEFAULT: Any = {None: NAMESPACE}
_PREFIXED: Any = {"edXML": NAMESPACE}


def write(out: BinaryIO, packet: Packet, path_of: Callable[[str], Path]) -> None:
    """Write the packet; `path_of` names the octets of a digest. The same facts, the same octets."""
    files = handed(packet)
    with etree.xmlfile(out, encoding="UTF-8") as xml:
        xml.write_declaration()
        with xml.element(_name("edXML"), nsmap=_DEFAULT):
            xml.write(_envelope(packet, files))
            with xml.element(_name("AttachmentEncoded")):
                for number, file in enumerate(files, 1):
                    _attachment(xml, number, file, path_of(file.sha256))


def handed(packet: Packet) -> tuple[File, ...]:
    """List the files that go along: all that are kept."""
    return tuple(file for file in packet.document.files if file.stored and not file.refused)


def _attachment(xml: Any, number: int, file: File, path: Path) -> None:
    with xml.element(_name("Attachment")):
        for local, text in (
            ("ContentId", _content_id(number)),
            ("AttachmentName", file.name),
            ("ContentType", file.type),
        ):
            with xml.element(_name(local)):
                xml.write(_FORBIDDEN.sub("", text))
        with xml.element(_name("ContentTransferEncoded")), path.open("rb") as octets:
            while piece := octets.read(_PIECE):
                xml.write(b64encode(piece).decode())


def _envelope(packet: Packet, files: tuple[File, ...]) -> etree._Element:
    envelope = etree.Element(_name("edXMLEnvelope"), nsmap=_PREFIXED)
    header = _below(envelope, "edXMLHeader")
    _message(_below(header, "MessageHeader"), packet)
    _traces(_below(header, "TraceHeaderList"), packet)
    manifest = _below(_below(envelope, "edXMLBody"), "edXMLManifest")
    manifest.set("version", "1.0")
    for number, file in enumerate(files, 1):
        reference = _below(manifest, "Reference")
        _below(reference, "ContentId", _content_id(number))
        _below(reference, "ContentType", file.type)
        _below(reference, "AttachmentName", file.name)
    return envelope


def _message(parent: etree._Element, packet: Packet) -> None:
    """Write MessageHeader in wire order (QCVN 102, clauses 1.1 to 1.14)."""
    document, read = packet.document, packet.document.reading.value
    sender = _below(parent, "From")
    _below(sender, "OrganId", document.key.agency)
    _below(sender, "OrganName", document.agency_name)
    _below(sender, "Email", document.sender)
    own = _below(parent, "To")
    _below(own, "OrganId", packet.own.agency)
    _below(own, "OrganName", packet.own.name)
    _below(own, "Email", packet.own.address)
    _below(parent, "DocumentId", document_id(document))
    code = _below(parent, "Code")
    _below(code, "CodeNumber", read(FieldName.NUMBER) or "")
    _below(code, "CodeNotation", read(FieldName.NOTATION) or "")
    issue = _below(parent, "PromulgationInfo")
    _below(issue, "Place", read(FieldName.PLACE) or "")
    _below(issue, "PromulgationDate", _day(document.key.date))
    kind = _below(parent, "DocumentType")
    _below(kind, "TypeName", read(FieldName.TYPE) or "")
    _below(parent, "Subject", (read(FieldName.SUMMARY) or document.subject)[:500])
    signer = _below(parent, "SignerInfo")
    _below(signer, "Position", (read(FieldName.POSITION) or "")[:100])
    _below(signer, "FullName", (read(FieldName.SIGNER) or "")[:50])
    # Điều 11.5
    _below(_below(parent, "OtherInfo"), "Priority", str(document.urgency.rank))


def _traces(parent: etree._Element, packet: Packet) -> None:
    """Name whom it came through, and when it came to us (Điều 11.12)."""
    trace = _below(parent, "TraceHeader")
    _below(trace, "OrganId", packet.own.agency)
    _below(trace, "Timestamp", _moment(packet.document.received_at))
    business = _below(parent, "Bussiness")
    _below(business, "BussinessDocType", "0")


def _day(issued: str | None) -> str:
    return date.fromisoformat(issued).strftime("%Y/%m/%d") if issued else ""


def _moment(moment: datetime) -> str:
    # Điều 13.2: Vietnam time; QCVN 102 writes it without its zone.
    return in_vietnam(moment).strftime("%Y/%m/%d %H:%M:%S")


def _content_id(number: int) -> str:
    return f"cid:{number}"


def _name(local: str) -> str:
    return f"{{{NAMESPACE}}}{local}"


def _below(parent: etree._Element, local: str, text: str | None = None) -> etree._Element:
    element = etree.SubElement(parent, _name(local))
    if text is not None:
        element.text = _FORBIDDEN.sub("", text)
    return element
