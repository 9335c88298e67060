"""Write the edXML header of a document that we send, and the wish to have it back (QCVN 102).

The header stands beside the files in one mail: its references name their parts by Content-ID
(RFC 2392 §2), so that nothing travels twice.
"""

from datetime import date, datetime
from typing import Any

from lxml import etree

from mailbridge.clock import in_vietnam
from mailbridge.edxml.elements import below, name
from mailbridge.mime.xmltree import NAMESPACE
from mailbridge.model.letter import DocumentFacts, Party, RecallFacts

_DEFAULT: Any = {None: NAMESPACE}
_PREFIXED: Any = {"edXML": NAMESPACE}
# QCVN 102: the sender asks to have it back.
_ASKED = "13"


def document(facts: DocumentFacts, ids: tuple[str, ...]) -> bytes:
    """Write the header; the same facts give the same octets."""
    root, header = _root()
    _message(below(header, "MessageHeader"), facts)
    _traces(below(header, "TraceHeaderList"), facts)
    envelope = root[0]
    manifest = below(below(envelope, "edXMLBody"), "edXMLManifest")
    manifest.set("version", "1.0")
    for file, content_id in zip(facts.files, ids, strict=True):
        reference = below(manifest, "Reference")
        below(reference, "ContentId", f"cid:{content_id}")
        below(reference, "ContentType", file.type)
        below(reference, "AttachmentName", file.name)
    return _octets(root)


def recall(facts: RecallFacts) -> bytes:
    """Write the status 13: From is who sent the document, ResponseFor whom it went to."""
    root, header = _root()
    message = below(header, "MessageHeader")
    _party(below(message, "From"), facts.by)
    about = below(message, "ResponseFor")
    below(about, "OrganId", facts.to.agency)
    if facts.symbol:
        below(about, "Code", facts.symbol)
    if facts.issued:
        below(about, "PromulgationDate", _day(facts.issued))
    below(about, "DocumentId", facts.document_key)
    below(message, "StatusCode", _ASKED)
    below(message, "Description", facts.reason[:500])
    below(message, "Timestamp", _moment(facts.made_at))
    return _octets(root)


def _root() -> tuple[etree._Element, etree._Element]:
    root = etree.Element(name("edXML"), nsmap=_DEFAULT)
    envelope = etree.SubElement(root, name("edXMLEnvelope"), nsmap=_PREFIXED)
    return root, below(envelope, "edXMLHeader")


def _message(parent: etree._Element, facts: DocumentFacts) -> None:
    """Write MessageHeader in wire order (QCVN 102, clauses 1.1 to 1.14)."""
    _party(below(parent, "From"), facts.by)
    _party(below(parent, "To"), facts.to)
    below(parent, "DocumentId", facts.document_key)
    code = below(parent, "Code")
    below(code, "CodeNumber", facts.number)
    below(code, "CodeNotation", facts.notation)
    issue = below(parent, "PromulgationInfo")
    below(issue, "Place", facts.place)
    below(issue, "PromulgationDate", _day(facts.issued) if facts.issued else "")
    kind = below(parent, "DocumentType")
    below(kind, "TypeName", facts.type or "")
    below(parent, "Subject", facts.summary[:500])
    signer = below(parent, "SignerInfo")
    below(signer, "Position", facts.position[:100])
    below(signer, "FullName", facts.signer[:50])
    if facts.due:
        below(parent, "DueDate", _day(facts.due))
    # Điều 11.5
    below(below(parent, "OtherInfo"), "Priority", str(facts.urgency.rank))
    places = below(parent, "ToPlaces")
    for recipient in facts.recipients:
        below(places, "Place", recipient.name or recipient.agency)


def _traces(parent: etree._Element, facts: DocumentFacts) -> None:
    """Name who sends it, and what the packet does with a document (QCVN 102, Bussiness)."""
    trace = below(parent, "TraceHeader")
    below(trace, "OrganId", facts.by.agency)
    below(trace, "Timestamp", _moment(facts.made_at))
    business = below(parent, "Bussiness")
    if facts.business == "2":
        below(business, "DocumentId", facts.document_key)
    below(business, "BussinessDocType", facts.business)
    if facts.reason:
        below(business, "BussinessDocReason", facts.reason[:500])
    below(business, "Paper", "1" if facts.paper else "0")
    if facts.business == "2":
        below(below(business, "BussinessDocumentInfo"), "DocumentInfo", "1")
    if facts.business == "3":
        listed = below(business, "ReplacementInfoList")
        for key in facts.replaces:
            replaced = below(listed, "ReplacementInfo")
            below(replaced, "DocumentId", key)
            below(below(replaced, "OrganIdList"), "OrganId", facts.to.agency)


def _party(parent: etree._Element, party: Party) -> None:
    below(parent, "OrganId", party.agency)
    below(parent, "OrganName", party.name)
    below(parent, "Email", party.address)


def _day(day: date) -> str:
    return day.strftime("%Y/%m/%d")


def _moment(moment: datetime) -> str:
    # Điều 13.2: Vietnam time; QCVN 102 writes it without its zone.
    return in_vietnam(moment).strftime("%Y/%m/%d %H:%M:%S")


def _octets(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
