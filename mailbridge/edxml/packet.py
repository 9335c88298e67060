"""Write a document as an edXML packet of QCVN 102, its files inside, in constant memory."""

from base64 import b64encode
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from lxml import etree

from mailbridge.clock import in_vietnam
from mailbridge.edxml.elements import below, fit, name
from mailbridge.mime.xmltree import NAMESPACE
from mailbridge.model.handover import Packet, document_id
from mailbridge.model.parcel import File
from mailbridge.model.reading import FieldName

# Octets at a time; base64 without line breaks asks for a multiple of three.
_PIECE = 3 * 64 * 1024
_DEFAULT: Any = {None: NAMESPACE}
_PREFIXED: Any = {"edXML": NAMESPACE}


def write(out: BinaryIO, packet: Packet, path_of: Callable[[str], Path]) -> None:
    """Write the packet; `path_of` names the octets of a digest. The same facts, the same octets."""
    files = handed(packet)
    with etree.xmlfile(out, encoding="UTF-8") as xml:
        xml.write_declaration()
        with xml.element(name("edXML"), nsmap=_DEFAULT):
            xml.write(_envelope(packet, files))
            with xml.element(name("AttachmentEncoded")):
                for number, file in enumerate(files, 1):
                    _attachment(xml, number, file, path_of(file.sha256))


def handed(packet: Packet) -> tuple[File, ...]:
    """List the files that go along: all that are kept."""
    return tuple(file for file in packet.document.files if file.stored and not file.refused)


def _attachment(xml: Any, number: int, file: File, path: Path) -> None:
    with xml.element(name("Attachment")):
        for local, text in (
            ("ContentId", _content_id(number)),
            ("AttachmentName", file.name),
            ("ContentType", file.type),
        ):
            with xml.element(name(local)):
                xml.write(fit(text))
        with xml.element(name("ContentTransferEncoded")), path.open("rb") as octets:
            while piece := octets.read(_PIECE):
                xml.write(b64encode(piece).decode())


def _envelope(packet: Packet, files: tuple[File, ...]) -> etree._Element:
    envelope = etree.Element(name("edXMLEnvelope"), nsmap=_PREFIXED)
    header = below(envelope, "edXMLHeader")
    _message(below(header, "MessageHeader"), packet)
    _traces(below(header, "TraceHeaderList"), packet)
    manifest = below(below(envelope, "edXMLBody"), "edXMLManifest")
    manifest.set("version", "1.0")
    for number, file in enumerate(files, 1):
        reference = below(manifest, "Reference")
        below(reference, "ContentId", _content_id(number))
        below(reference, "ContentType", file.type)
        below(reference, "AttachmentName", file.name)
    return envelope


def _message(parent: etree._Element, packet: Packet) -> None:
    """Write MessageHeader in wire order (QCVN 102, clauses 1.1 to 1.14)."""
    document, read = packet.document, packet.document.reading.value
    sender = below(parent, "From")
    below(sender, "OrganId", document.key.agency)
    below(sender, "OrganName", document.agency_name)
    below(sender, "Email", document.sender)
    own = below(parent, "To")
    below(own, "OrganId", packet.own.agency)
    below(own, "OrganName", packet.own.name)
    below(own, "Email", packet.own.address)
    below(parent, "DocumentId", document_id(document))
    code = below(parent, "Code")
    below(code, "CodeNumber", read(FieldName.NUMBER) or "")
    below(code, "CodeNotation", read(FieldName.NOTATION) or "")
    issue = below(parent, "PromulgationInfo")
    below(issue, "Place", read(FieldName.PLACE) or "")
    below(issue, "PromulgationDate", _day(document.key.date))
    kind = below(parent, "DocumentType")
    below(kind, "TypeName", read(FieldName.TYPE) or "")
    below(parent, "Subject", (read(FieldName.SUMMARY) or document.subject)[:500])
    signer = below(parent, "SignerInfo")
    below(signer, "Position", (read(FieldName.POSITION) or "")[:100])
    below(signer, "FullName", (read(FieldName.SIGNER) or "")[:50])
    # Điều 11.5
    below(below(parent, "OtherInfo"), "Priority", str(document.urgency.rank))


def _traces(parent: etree._Element, packet: Packet) -> None:
    """Name whom it came through, and when it came to us (Điều 11.12)."""
    trace = below(parent, "TraceHeader")
    below(trace, "OrganId", packet.own.agency)
    below(trace, "Timestamp", _moment(packet.document.received_at))
    business = below(parent, "Bussiness")
    below(business, "BussinessDocType", "0")


def _day(issued: str | None) -> str:
    return date.fromisoformat(issued).strftime("%Y/%m/%d") if issued else ""


def _moment(moment: datetime) -> str:
    # Điều 13.2: Vietnam time; QCVN 102 writes it without its zone.
    return in_vietnam(moment).strftime("%Y/%m/%d %H:%M:%S")


def _content_id(number: int) -> str:
    return f"cid:{number}"
