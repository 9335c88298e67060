"""Write the status message of QCVN 102 that travels inside a receipt (Điều 11.8)."""

from datetime import date
from typing import Any

from lxml import etree

from mailbridge.clock import in_vietnam
from mailbridge.edxml.elements import below, name
from mailbridge.mime.xmltree import NAMESPACE
from mailbridge.model.letter import ReceiptFacts, Stage

# The stubs of lxml know only named prefixes.
_DEFAULT: Any = {None: NAMESPACE}
# QCVN 102: what the codes mean after the entry; names of our own people (StaffInfo) stay here.
_SENTENCES = {
    Stage.ASSIGNED: "Đã chuyển đơn vị, cá nhân xử lý",
    Stage.PROCESSING: "Đang xử lý văn bản đến",
    Stage.DONE: "Đã hoàn thành xử lý văn bản",
    Stage.RECALLED: "Đã thực hiện yêu cầu thu hồi, hủy bỏ văn bản điện tử",
}


def write(facts: ReceiptFacts) -> bytes:
    """Write the status message; the same facts give the same octets."""
    root = etree.Element(f"{{{NAMESPACE}}}edXML", nsmap=_DEFAULT)
    envelope = etree.SubElement(root, name("edXMLEnvelope"), nsmap={"edXML": NAMESPACE})
    message = below(below(envelope, "edXMLHeader"), "MessageHeader")
    sender = below(message, "From")
    below(sender, "OrganId", facts.by.agency)
    below(sender, "OrganName", facts.by.name)
    below(sender, "Email", facts.by.address)
    _about(below(message, "ResponseFor"), facts)
    below(message, "StatusCode", facts.stage.value)
    below(message, "Description", _description(facts))
    # Điều 13.2: Vietnam time; QCVN 102 writes it without its zone.
    below(message, "Timestamp", in_vietnam(facts.made_at).strftime("%Y/%m/%d %H:%M:%S"))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _about(parent: etree._Element, facts: ReceiptFacts) -> None:
    below(parent, "OrganId", facts.to.agency)
    if facts.symbol:
        below(parent, "Code", facts.symbol)
    if facts.issued:
        below(parent, "PromulgationDate", _day(facts.issued))
    below(parent, "DocumentId", facts.document_key)


def _description(facts: ReceiptFacts) -> str:
    if facts.stage is Stage.REGISTERED:
        where = f" số {facts.number}" if facts.number else ""
        return f"Đã tiếp nhận, vào sổ văn bản đến{where}"
    if facts.stage is Stage.REFUSED:
        return f"Từ chối nhận (trả lại): {facts.words or 'lý do ghi trong thư phản hồi kèm theo'}"
    if facts.stage is Stage.RECALL_REFUSED:
        return f"Không thực hiện được yêu cầu thu hồi: {facts.words}"
    return _SENTENCES.get(facts.stage, "Đã đến, văn thư chưa xử lý")


def _day(day: date) -> str:
    return day.strftime("%Y/%m/%d")
