"""edXML headers are read in any order and prefix; dangerous XML is refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.edxml.header import read
from mailbridge.edxml.tree import NAMESPACE
from mailbridge.model.errors import Reason, RefusedError

DOCUMENT = f"""<?xml version="1.0" encoding="UTF-8"?>
<a:edXML xmlns:a="{NAMESPACE}"><a:edXMLEnvelope><a:edXMLHeader><a:MessageHeader>
<a:From><a:OrganId>DEMO.01</a:OrganId></a:From>
<a:To><a:OrganId>DEMO.02</a:OrganId></a:To><a:To><a:OrganId>DEMO.03</a:OrganId></a:To>
<a:Code><a:CodeNumber>123</a:CodeNumber><a:CodeNotation>CV/VPTU</a:CodeNotation></a:Code>
<a:PromulgationInfo><a:PromulgationDate>2026/11/20</a:PromulgationDate></a:PromulgationInfo>
<a:Subject>về việc thử</a:Subject><a:OtherInfo><a:Priority>2</a:Priority></a:OtherInfo>
</a:MessageHeader></a:edXMLHeader></a:edXMLEnvelope></a:edXML>"""


def test_a_document_header_is_read_whatever_its_prefix() -> None:
    header = read(DOCUMENT.encode())
    assert (header.message, header.sender, header.to) == (
        "document",
        "DEMO.01",
        ("DEMO.02", "DEMO.03"),
    )
    assert (header.number, header.notation) == ("123", "CV/VPTU")
    assert header.issued == date(2026, 11, 20)
    assert header.priority == 2


def test_a_status_is_told_by_its_code() -> None:
    octets = (
        f'<edXML xmlns="{NAMESPACE}"><edXMLEnvelope><edXMLHeader><MessageHeader>'
        "<From><OrganId>DEMO.02</OrganId></From>"
        "<StatusCode>03</StatusCode></MessageHeader></edXMLHeader></edXMLEnvelope></edXML>"
    )
    assert read(octets.encode()).status_code == "03"


@pytest.mark.parametrize(
    "octets",
    [
        b"junk",
        b"<edXML/>",
        DOCUMENT.replace("<a:edXML ", '<!DOCTYPE x [<!ENTITY e "x">]><a:edXML ', 1).encode(),
        DOCUMENT.replace(NAMESPACE, "http://www.e-doc.vn/Schema/").encode(),
    ],
    ids=["no-xml", "no-namespace", "entities", "legacy"],
)
def test_other_xml_is_refused(octets: bytes) -> None:
    with pytest.raises(RefusedError) as refusal:
        read(octets)
    assert refusal.value.reason is Reason.MALFORMED


@given(st.binary(max_size=500))
def test_any_octets_are_a_header_or_refused(octets: bytes) -> None:
    with pytest.raises(RefusedError):
        read(octets)
