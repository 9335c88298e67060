"""Read the header of an edXML packet: a document or a status message of QCVN 102.

Writers disagree on prefixes, order and presence of almost everything, so only what makes it edXML
at all is required: root, MessageHeader and the sender's code.
"""

import re
from datetime import date, datetime
from itertools import islice

from lxml import etree

from mailbridge.clock import VIETNAM
from mailbridge.mime.xmltree import NAMESPACE, child, children, parse
from mailbridge.model.edxml import Business, EdxmlHeader, OtherInfo, Reference
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.wording import normal

# Ten thousand addressees or attachments are an attack on whoever lists them.
_MAX_MEMBERS = 1000
_MAX_REPLACED = 50
_MAX_TEXT = 500
_MAX_CODE = 35

_DATE = re.compile(r"(\d{4})[/-](\d{1,2})[/-](\d{1,2})")
_MOMENT = re.compile(
    r"(20\d{2})[/-](\d{1,2})[/-](\d{1,2})[ T](\d{1,2}):(\d{1,2}):(\d{1,2})", re.ASCII
)
_AMOUNT = re.compile(r"[0-9]{1,6}")
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
        stated=_moment(child(message, "Timestamp")),
    )


def _document(
    root: etree._Element, header: etree._Element | None, message: etree._Element
) -> EdxmlHeader:
    signer = child(message, "SignerInfo")
    trace = _business(child(header, "TraceHeaderList", "Bussiness"))
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
        business=trace.type if trace else None,
        attachments=_attachments(root),
        trace=trace,
        references=_references(root),
        other=_other(child(message, "OtherInfo")),
    )


def _business(block: etree._Element | None) -> Business | None:
    """Read what the packet does to an earlier document (clause 2.2)."""
    kind = _text(child(block, "BussinessDocType"))
    if kind is None:
        return None
    changed = child(block, "BussinessDocumentInfo")
    paper = _text(child(block, "Paper"))
    return Business(
        type=kind,
        document_id=_text(child(block, "DocumentId")),
        reason=_text(child(block, "BussinessDocReason")),
        paper=paper == "1" if paper in {"0", "1"} else None,
        changes_data=_text(child(changed, "DocumentInfo")) == "1",
        changes_receivers=_text(child(changed, "DocumentReceiver")) == "1",
        receivers=_receivers(child(changed, "ReceiverList")),
        replaces=_replaced(child(block, "ReplacementInfoList")),
    )


def _receivers(members: etree._Element | None) -> tuple[tuple[str, bool], ...]:
    found = []
    for each in islice(children(members, "Receiver"), _MAX_MEMBERS):
        code, kind = _code(child(each, "OrganId")), _text(child(each, "ReceiverType"))
        if code and kind in {"0", "1"}:
            found.append((code, kind == "1"))
    return tuple(found)


def _replaced(members: etree._Element | None) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found = []
    for each in islice(children(members, "ReplacementInfo"), _MAX_REPLACED):
        listed = islice(children(child(each, "OrganIdList"), "OrganId"), _MAX_MEMBERS)
        codes = tuple(code for code in map(_code, listed) if code)
        if (document := _text(child(each, "DocumentId"))) is not None:
            found.append((document, codes))
    return tuple(found)


def _references(root: etree._Element) -> tuple[Reference, ...]:
    """Read which files the packet names: parts of the mail, where it has none inside."""
    manifest = child(root, "edXMLEnvelope", "edXMLBody", "edXMLManifest")
    found = []
    for each in islice(children(manifest, "Reference"), _MAX_MEMBERS):
        named = _text(child(each, "ContentId")) or ""
        # RFC 2392 §2: "cid:" and the Content-ID without its brackets.
        content_id = named.removeprefix("cid:").strip("<> ")
        if content_id:
            kind, name = _text(child(each, "ContentType")), _text(child(each, "AttachmentName"))
            found.append(Reference(content_id, kind or "", name or ""))
    return tuple(found)


def _other(block: etree._Element | None) -> OtherInfo | None:
    if block is None:
        return None
    listed = islice(children(child(block, "Appendixes"), "Appendix"), _MAX_MEMBERS)
    return OtherInfo(
        sphere=_text(child(block, "SphereOfPromulgation")),
        typist=_text(child(block, "TyperNotation")),
        copies=_amount(child(block, "PromulgationAmount")),
        pages=_amount(child(block, "PageAmount")),
        appendices=tuple(text for text in map(_text, listed) if text),
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


def _moment(element: etree._Element | None) -> datetime | None:
    """Read a time; it has no zone, and is that of Vietnam (Điều 13.2)."""
    found = _MOMENT.fullmatch(_text(element) or "")
    if found is None:
        return None
    year, month, day, hour, minute, second = map(int, found.groups())
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=VIETNAM)
    except ValueError:
        return None


def _amount(element: etree._Element | None) -> int | None:
    text = _text(element) or ""
    return int(text) if _AMOUNT.fullmatch(text) else None


def _priority(element: etree._Element | None) -> int | None:
    text = _text(element) or ""
    return int(text) if text in {"0", "1", "2", "3", "4"} else None
