"""An edXML header read from hostile XML. Matched on name space and local name, never on prefixes."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

from lxml import etree

from mailbridge.model.edxml import EdxmlHeader
from mailbridge.model.errors import Reason, RefusedError

NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
# Words of a header are cut: a subject of megabytes is an attack on screens.
_WORDS = 2_000
_RECIPIENTS = 500


def read(octets: bytes) -> EdxmlHeader:
    """Read the header of a document or status message; raises RefusedError(MALFORMED)."""
    root = _parsed(octets)
    header = next(_named(root, "MessageHeader"), None)
    if header is None:
        raise RefusedError(Reason.MALFORMED, "edXML without a MessageHeader")
    status = _text(header, "StatusCode")
    code = next(_named(header, "Code"), None)
    other = next(_named(header, "ResponseFor"), header) if status else header
    business = next(_named(root, "Bussiness"), None)
    return EdxmlHeader(
        message="status" if status else "document",
        sender=_text(next(_named(header, "From"), None), "OrganId"),
        to=tuple(filter(None, (_text(to, "OrganId") for to in _recipients(header)))),
        document_id=_text(other, "DocumentId"),
        number=_text(code, "CodeNumber"),
        notation=_text(code, "CodeNotation"),
        issued=_date(_text(other, "PromulgationDate")),
        type=_text(header, "TypeName"),
        subject=_text(header, "Subject"),
        signer=_text(header, "FullName"),
        position=_text(header, "Position"),
        priority=_number(_text(header, "Priority")),
        due=_date(_text(header, "DueDate")),
        status_code=status,
        business=_text(business, "BussinessDocType"),
        attachments=sum(1 for _ in _named(root, "Reference")),
    )


def _parsed(octets: bytes) -> etree._Element:
    # Entities, DTDs and the network are what XML attacks are made of.
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False
    )
    try:
        root = etree.fromstring(octets, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise RefusedError(Reason.MALFORMED, f"not XML: {type(error).__name__}") from error
    if root.getroottree().docinfo.doctype:
        raise RefusedError(Reason.MALFORMED, "edXML has no DOCTYPE")
    if etree.QName(root).namespace != NAMESPACE:
        raise RefusedError(Reason.MALFORMED, "not in the name space of QCVN 102")
    return root


def _named(element: etree._Element | None, name: str) -> Iterator[etree._Element]:
    if element is not None:
        yield from element.iter(f"{{{NAMESPACE}}}{name}")


def _recipients(header: etree._Element) -> list[etree._Element]:
    return list(header.findall(f"{{{NAMESPACE}}}To"))[:_RECIPIENTS]


def _text(element: etree._Element | None, name: str) -> str | None:
    found = next(_named(element, name), None)
    text = "".join(found.itertext()).strip() if found is not None else ""
    return text[:_WORDS] if text and text != "null" else None


def _date(text: str | None) -> date | None:
    for form in ("%Y/%m/%d", "%Y-%m-%d"):
        try:
            return datetime.strptime((text or "")[:10], form).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    return None


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 4 else None
