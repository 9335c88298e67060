"""Status messages of QCVN 102 (StatusCode 01, 02, 03): what an operations system can import."""

from lxml import etree

from mailbridge.clock import in_vietnam
from mailbridge.edxml.header import NAMESPACE
from mailbridge.model.letter import Party, ReceiptFacts, Stage


def write(facts: ReceiptFacts) -> bytes:
    """Write the status message of a receipt, in the order of elements that official samples use."""
    root = etree.Element(_name("edXML"), nsmap={None: NAMESPACE})
    envelope = etree.SubElement(root, _name("edXMLEnvelope"), nsmap={"edXML": NAMESPACE})
    header = etree.SubElement(
        etree.SubElement(envelope, _name("edXMLHeader")), _name("MessageHeader")
    )
    _party(header, facts.by)
    answered = etree.SubElement(header, _name("ResponseFor"))
    _add(answered, "OrganId", facts.to.agency)
    _add(answered, "Code", facts.symbol or "")
    _add(answered, "PromulgationDate", facts.issued.strftime("%Y/%m/%d") if facts.issued else "")
    _add(answered, "DocumentId", facts.document_key)
    _add(header, "StatusCode", facts.stage.value)
    _add(header, "Description", _description(facts))
    # QCVN 102 has no zone: times are local Vietnam time (Điều 13).
    _add(header, "Timestamp", in_vietnam(facts.made_at).strftime("%Y/%m/%d %H:%M:%S"))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _party(header: etree._Element, party: Party) -> None:
    sender = etree.SubElement(header, _name("From"))
    _add(sender, "OrganId", party.agency)
    _add(sender, "OrganName", party.name)
    _add(sender, "Email", party.address)


def _description(facts: ReceiptFacts) -> str:
    if facts.stage is Stage.REGISTERED and facts.number is not None:
        return f"Đã tiếp nhận, vào sổ văn bản đến số {facts.number.ordinal}"
    if facts.stage is Stage.REFUSED:
        return facts.words or (facts.reason.value if facts.reason else "Từ chối tiếp nhận")
    return "Đã đến"


def _add(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, _name(name)).text = _allowed(text)


def _allowed(text: str) -> str:
    # XML 1.0 has no place for control codes; a subject from a mail may hold them.
    return "".join(letter for letter in text if letter in "\t\n" or letter >= " ")


def _name(local: str) -> str:
    return f"{{{NAMESPACE}}}{local}"
