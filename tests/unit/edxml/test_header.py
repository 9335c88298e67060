import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.edxml import header
from mailbridge.mime.xmltree import NAMESPACE
from mailbridge.model.edxml import EdxmlHeader
from mailbridge.model.errors import Reason, RefusedError

MESSAGE = """
<q:From><q:OrganId>DEMO.01</q:OrganId><q:OrganName>Văn phòng</q:OrganName></q:From>
<q:To><q:OrganId>DEMO.02.07</q:OrganId></q:To><q:To><q:OrganId>DEMO.03</q:OrganId></q:To>
<q:DocumentId>DEMO.01,2026/11/20,123-CV/VPTU</q:DocumentId>
<q:Code><q:CodeNumber>123</q:CodeNumber><q:CodeNotation>CV/VPTU</q:CodeNotation></q:Code>
<q:PromulgationInfo><q:Place>Hưng Yên</q:Place>
<q:PromulgationDate>2026/11/20</q:PromulgationDate></q:PromulgationInfo>
<q:DocumentType><q:Type>18</q:Type><q:TypeName>Công văn</q:TypeName></q:DocumentType>
<q:Subject>về việc
 thử nghiệm</q:Subject>
<q:SignerInfo><q:Position>PHÓ CHÁNH VĂN PHÒNG</q:Position><q:FullName>Nguyễn Văn A</q:FullName>
</q:SignerInfo><q:DueDate>2026/11/30</q:DueDate>
<q:OtherInfo><q:Priority>1</q:Priority></q:OtherInfo>"""


def packet(message: str, prefix: str = "q", namespace: str = NAMESPACE) -> bytes:
    text = f"""<?xml version="1.0" encoding="UTF-8"?>
    <edXML xmlns="{namespace}"><q:edXMLEnvelope xmlns:q="{namespace}"><q:edXMLHeader>
    <q:MessageHeader>{message}</q:MessageHeader>
    <q:TraceHeaderList><q:Bussiness><q:BussinessDocType>0</q:BussinessDocType></q:Bussiness>
    </q:TraceHeaderList></q:edXMLHeader></q:edXMLEnvelope>
    <AttachmentEncoded><Attachment/><Attachment/></AttachmentEncoded></edXML>"""
    return text.replace("q:", f"{prefix}:").replace(":q=", f":{prefix}=").encode()


@pytest.mark.parametrize("prefix", ["edXML", "ns2", "x"])
def test_a_document_header_is_read_whatever_its_prefix(prefix: str) -> None:
    assert header.read(packet(MESSAGE, prefix)) == EdxmlHeader(
        message="document",
        sender="DEMO.01",
        to=("DEMO.02.07", "DEMO.03"),
        document_id="DEMO.01,2026/11/20,123-CV/VPTU",
        number="123",
        notation="CV/VPTU",
        issued=date(2026, 11, 20),
        type="Công văn",
        subject="về việc thử nghiệm",
        signer="Nguyễn Văn A",
        position="PHÓ CHÁNH VĂN PHÒNG",
        priority=1,
        due=date(2026, 11, 30),
        business="0",
        attachments=2,
    )


def test_the_status_code_alone_makes_a_status() -> None:
    read = header.read(
        packet(
            "<q:From><q:OrganId>DEMO.02</q:OrganId></q:From><q:ResponseFor>"
            "<q:OrganId>DEMO.01</q:OrganId><q:DocumentId>D</q:DocumentId></q:ResponseFor>"
            "<q:StatusCode>03</q:StatusCode>"
        )
    )
    assert (read.message, read.status_code, read.to, read.document_id) == (
        "status", "03", ("DEMO.01",), "D",
    )  # fmt: skip


def test_sparse_and_odd_values_are_nothing_rather_than_wrong() -> None:
    read = header.read(
        packet(
            "<q:From><q:OrganId>A</q:OrganId></q:From><q:Subject>null</q:Subject>"
            "<q:DueDate>2026/13/45</q:DueDate><q:OtherInfo><q:Priority>9</q:Priority></q:OtherInfo>"
        )
    )
    assert (read.subject, read.due, read.priority, read.issued) == (None, None, None, None)


@pytest.mark.parametrize(
    "octets",
    [
        b"<x/>",
        packet(MESSAGE, namespace="http://www.e-doc.vn/Schema/"),
        packet("<q:Subject>without a sender</q:Subject>"),
    ],
)
def test_what_is_no_packet_of_qcvn_102_is_malformed(octets: bytes) -> None:
    with pytest.raises(RefusedError) as refused:
        header.read(octets)
    assert refused.value.reason is Reason.MALFORMED


@given(st.binary(max_size=200), st.integers(0, 900))
def test_any_octets_are_a_header_or_refused(noise: bytes, at: int) -> None:
    whole = packet(MESSAGE)
    for octets in (noise, whole[:at] + noise + whole[at:]):
        with contextlib.suppress(RefusedError):
            assert isinstance(header.read(octets), EdxmlHeader)
