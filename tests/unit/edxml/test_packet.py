"""A document as an edXML packet: read back as written, its files inside."""

import io
from base64 import b64decode
from dataclasses import replace
from pathlib import Path

from lxml import etree

from mailbridge.edxml import header, packet
from mailbridge.mime.xmltree import NAMESPACE
from tests.unit.edxml.handed import OCTETS, packet_of


def _written(folder: Path, **changes: object) -> bytes:
    made, path_of = packet_of(folder)
    made = replace(made, document=replace(made.document, **changes))  # type: ignore[arg-type]
    out = io.BytesIO()
    packet.write(out, made, path_of)
    return out.getvalue()


def test_a_packet_is_read_back_as_written(tmp_path: Path) -> None:
    read = header.read(_written(tmp_path))
    assert (read.message, read.sender, read.to) == ("document", "DEMO.01", ("DEMO.02.07",))
    assert read.document_id == "DEMO.01,2026/11/20,123-CV/VPTU"
    assert (read.number, read.notation, read.type) == ("123", "CV/VPTU", "Công văn")
    assert (read.signer, read.priority, read.attachments) == ("Nguyễn Văn A", 1, 1)


def test_the_file_inside_is_the_file_octet_for_octet(tmp_path: Path) -> None:
    root = etree.fromstring(_written(tmp_path))
    (payload,) = root.iter(f"{{{NAMESPACE}}}ContentTransferEncoded")
    assert b64decode(payload.text or "", validate=True) == OCTETS


def test_the_same_document_gives_the_same_octets(tmp_path: Path) -> None:
    assert _written(tmp_path) == _written(tmp_path)


def test_words_of_hostile_mail_cannot_break_the_packet(tmp_path: Path) -> None:
    written = _written(tmp_path, agency_name="</OrganName>\x00\x1b<x>", sender="a&b@x.vn")
    assert header.read(written).sender == "DEMO.01"


def test_a_document_whose_date_was_not_read_is_known_by_our_number(tmp_path: Path) -> None:
    made, _ = packet_of(tmp_path)
    key = replace(made.document.key, date=None)
    assert header.read(_written(tmp_path, key=key)).document_id == "DEMO.02.07,den,431/2026"
