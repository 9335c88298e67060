"""Makers of edXML packets for the tests."""

import base64
import io
import zipfile

NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
PDF = b"%PDF-1.4\n%%EOF\n"


def zipped(*members: tuple[str, bytes]) -> bytes:
    """Pack members as the writer of the axis does."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, octets in members:
            archive.writestr(name, octets)
    return packed.getvalue()


def attachment(name: str, octets: bytes) -> str:
    """Write one attachment."""
    encoded = base64.b64encode(octets).decode()
    return (
        f"<Attachment><ContentId>cid:1</ContentId><AttachmentName>{name}</AttachmentName>"
        f"<ContentType>application/pdf</ContentType>"
        f"<ContentTransferEncoded>{encoded}</ContentTransferEncoded></Attachment>"
    )


def packet(*attachments: str, sender: str = "DEMO.01", subject: str = "Về việc thử") -> bytes:
    """Write a packet of a document with these attachments."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<edXML xmlns="{NAMESPACE}"><edXMLEnvelope><edXMLHeader><MessageHeader>
<From><OrganId>{sender}</OrganId></From><To><OrganId>DEMO.02</OrganId></To>
<DocumentId>DEMO.01,2026/11/20,123-CV/VPTU</DocumentId>
<Code><CodeNumber>123</CodeNumber><CodeNotation>CV/VPTU</CodeNotation></Code>
<PromulgationInfo><PromulgationDate>2026/11/20</PromulgationDate></PromulgationInfo>
<Subject>{subject}</Subject></MessageHeader></edXMLHeader></edXMLEnvelope>
<AttachmentEncoded>{"".join(attachments)}</AttachmentEncoded></edXML>""".encode()
