import contextlib
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.clock import VIETNAM
from mailbridge.edxml import header
from mailbridge.mime.xmltree import NAMESPACE
from mailbridge.model.edxml import Business, EdxmlHeader, OtherInfo, Reference
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
        trace=Business("0"),
        other=OtherInfo(),
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


def _traced(block: str, manifest: str = "") -> EdxmlHeader:
    octets = packet(MESSAGE).decode()
    octets = octets.replace(
        "<q:Bussiness><q:BussinessDocType>0</q:BussinessDocType></q:Bussiness>",
        f"<q:Bussiness>{block}</q:Bussiness>",
    )
    body = f"<q:edXMLBody><q:edXMLManifest>{manifest}</q:edXMLManifest></q:edXMLBody>"
    return header.read(octets.replace("</q:edXMLEnvelope>", f"{body}</q:edXMLEnvelope>").encode())


def test_a_recall_names_its_document_and_its_reason() -> None:
    read = _traced(
        "<q:DocumentId>D1</q:DocumentId><q:BussinessDocType>1</q:BussinessDocType>"
        "<q:BussinessDocReason>ban hành nhầm</q:BussinessDocReason><q:Paper>1</q:Paper>"
    )
    assert read.is_recall
    assert read.trace == Business("1", "D1", "ban hành nhầm", paper=True)


def test_an_update_tells_which_receivers_come_and_go() -> None:
    read = _traced(
        "<q:BussinessDocType>2</q:BussinessDocType><q:BussinessDocumentInfo>"
        "<q:DocumentInfo>0</q:DocumentInfo><q:DocumentReceiver>1</q:DocumentReceiver>"
        "<q:ReceiverList><q:Receiver><q:OrganId>A</q:OrganId><q:ReceiverType>1</q:ReceiverType>"
        "</q:Receiver><q:Receiver><q:OrganId>B</q:OrganId><q:ReceiverType>0</q:ReceiverType>"
        "</q:Receiver><q:Receiver><q:OrganId>C</q:OrganId></q:Receiver></q:ReceiverList>"
        "</q:BussinessDocumentInfo>"
    )
    assert read.trace is not None
    assert (read.trace.changes_data, read.trace.changes_receivers) == (False, True)
    assert read.trace.receivers == (("A", True), ("B", False))


def test_a_replacement_lists_what_it_replaces_and_for_whom() -> None:
    read = _traced(
        "<q:BussinessDocType>3</q:BussinessDocType><q:ReplacementInfoList><q:ReplacementInfo>"
        "<q:DocumentId>D1</q:DocumentId><q:OrganIdList><q:OrganId>A</q:OrganId>"
        "<q:OrganId>B</q:OrganId></q:OrganIdList></q:ReplacementInfo></q:ReplacementInfoList>"
    )
    assert read.trace is not None
    assert read.trace.replaces == (("D1", ("A", "B")),)


def test_references_name_parts_of_the_mail_without_their_scheme() -> None:
    one = (
        "<q:Reference><q:ContentId>cid:f1@mb</q:ContentId><q:ContentType>application/pdf"
        "</q:ContentType><q:AttachmentName>125.pdf</q:AttachmentName></q:Reference>"
    )
    read = _traced("", one + "<q:Reference><q:ContentId>&lt;f2&gt;</q:ContentId></q:Reference>")
    assert read.references == (
        Reference("f1@mb", "application/pdf", "125.pdf"), Reference("f2"),
    )  # fmt: skip


def test_ten_thousand_references_are_cut() -> None:
    one = "<q:Reference><q:ContentId>x</q:ContentId></q:Reference>"
    assert len(_traced("", one * 10_000).references) == 1000


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026/11/20 08:01:02", datetime(2026, 11, 20, 8, 1, 2, tzinfo=VIETNAM)),
        ("2026/13/20 08:01:02", None),
        ("0001/01/01 00:00:00", None),
        ("hôm qua", None),
    ],
)
def test_the_time_of_a_status_is_vietnams(written: str, expected: datetime | None) -> None:
    read = header.read(
        packet(
            "<q:From><q:OrganId>A</q:OrganId></q:From><q:StatusCode>13</q:StatusCode>"
            f"<q:Timestamp>{written}</q:Timestamp>"
        )
    )
    assert read.is_recall
    assert read.stated == expected
