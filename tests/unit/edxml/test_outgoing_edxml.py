"""The edXML beside a document, in the order of the standard."""

from dataclasses import replace

from lxml import etree

from mailbridge.edxml import header, outgoing
from tests.unit.letters.sent import DOCUMENT, RECALL

IDS = ("1.mb.x@hungyen.gov.vn",)


def _names(octets: bytes, parent: str) -> list[str]:
    root = etree.fromstring(octets)
    found = next(e for e in root.iter() if etree.QName(e).localname == parent)
    return [etree.QName(e).localname for e in found]


def test_the_header_stands_in_wire_order() -> None:
    assert _names(outgoing.document(DOCUMENT, IDS), "MessageHeader") == [
        "From",
        "To",
        "DocumentId",
        "Code",
        "PromulgationInfo",
        "DocumentType",
        "Subject",
        "SignerInfo",
        "DueDate",
        "OtherInfo",
        "ToPlaces",
    ]


def test_a_replacement_names_what_it_replaces() -> None:
    octets = outgoing.document(
        replace(DOCUMENT, business="3", replaces=("H28.02,2026/02/01,9-CV/HU",)), IDS
    )
    assert b"H28.02,2026/02/01,9-CV/HU" in octets
    assert header.read(octets).business == "3"


def test_what_no_xml_can_hold_is_left_out() -> None:
    octets = outgoing.document(replace(DOCUMENT, summary="a\x00b\ufffec"), IDS)
    assert header.read(octets).subject == "abc"


def test_a_recall_is_a_status_of_the_sender() -> None:
    read = header.read(outgoing.recall(RECALL))
    assert (read.message, read.sender, read.to) == ("status", "H28.02", ("H28.01",))
    assert (read.status_code, read.subject) == ("13", RECALL.reason)
