"""Read the header of an edXML packet: a document or a status message of QCVN 102.

Writers disagree on prefixes, order and presence of almost everything, so only what makes it edXML
at all is required: root, MessageHeader and the sender's code.
"""

import re
from datetime import date

from lxml import etree

from mailbridge.mime.xmltree import NAMESPACE, child, children, parse
from mailbridge.model.edxml import EdxmlHeader
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.wording import normal

# Ten thousand addressees or attachments are an attack on whoever lists them.
_MAX_MEMBERS = 1000
_MAX_TEXT = 500
_MAX_CODE = 35

_DATE = re.compile(r"(\d{4})[/-](\d{1,2})[/-](\d{1,2})")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


def read(octets: bytes) -> EdxmlHeader:
    """Read the header; raises RefusedError when the octets are not an edXML packet."""
    root = parse(octets)
    header = child(root, "edXMLEnvelope", "edXMLHeader")
    message = child(header, "MessageHeader")
    if message is None:
        # One vendor wraps its status messages.
        message = child(header, "Status")
    if root.tag != f"{{{NAMESPACE}}}edXML" or message is None:
        raise RefusedError(Reason.MALFORMED, "not an edXML packet of QCVN 102")
    if _code(child(message, "From", "OrganId")) is None:
        raise RefusedError(Reason.MALFORMED, "an edXML packet without a sender")
    if child(message, "StatusCode") is not None:
        return _status(message)
    return _document(root, header, message)


def _status(message: etree._Element) -> EdxmlHeader:
    """Read a status; document, number and addressee are those that it answers."""
    about = child(message, "ResponseFor")
    other = _code(child(about, "OrganId"))
    return EdxmlHeader(
        message="status",
        sender=_code(child(message, "From", "OrganId")),
        to=(other,) if other else (),
        document_id=_text(child(about, "DocumentId")),
        notation=_text(child(about, "Code")),
        issued=_date(child(about, "PromulgationDate")),
        subject=_text(child(message, "Description")),
        status_code=_text(child(message, "StatusCode")),
    )


def _document(
    root: etree._Element, header: etree._Element | None, message: etree._Element
) -> EdxmlHeader:
    signer = child(message, "SignerInfo")
    return EdxmlHeader(
        message="document",
        sender=_code(child(message, "From", "OrganId")),
        to=_addressees(message),
        document_id=_text(child(message, "DocumentId")),
        number=_text(child(message, "Code", "CodeNumber")),
        notation=_text(child(message, "Code", "CodeNotation")),
        issued=_date(child(message, "PromulgationInfo", "PromulgationDate")),
        type=_text(child(message, "DocumentType", "TypeName")),
        subject=_text(child(message, "Subject")),
        signer=_text(child(signer, "FullName")),
        position=_text(child(signer, "Position")),
        priority=_priority(child(message, "OtherInfo", "Priority")),
        due=_date(child(message, "DueDate")),
        business=_text(child(header, "TraceHeaderList", "Bussiness", "BussinessDocType")),
        attachments=_attachments(root),
    )


def _addressees(message: etree._Element) -> tuple[str, ...]:
    codes = [_code(child(to, "OrganId")) for to in children(message, "To")]
    return tuple(code for code in codes if code)[:_MAX_MEMBERS]


def _attachments(root: etree._Element) -> int:
    # Some writers put the section inside the envelope.
    sections = (child(root, "AttachmentEncoded"), child(root, "edXMLEnvelope", "AttachmentEncoded"))
    return sum(1 for section in sections for _ in children(section, "Attachment"))


def _text(element: etree._Element | None) -> str | None:
    if element is None or not element.text:
        return None
    # Control characters would reach screens and terminals.
    text = normal(_UNPRINTABLE.sub(" ", element.text[: 4 * _MAX_TEXT]))[:_MAX_TEXT]
    # Real packets carry this word where a program had nothing to say.
    return None if text in {"", "null"} else text


def _code(element: etree._Element | None) -> str | None:
    text = _text(element)
    return text if text and len(text) <= _MAX_CODE else None


def _date(element: etree._Element | None) -> date | None:
    found = _DATE.match(_text(element) or "")
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _priority(element: etree._Element | None) -> int | None:
    text = _text(element) or ""
    return int(text) if text in {"0", "1", "2", "3", "4"} else None
