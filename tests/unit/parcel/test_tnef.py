"""The files and texts of a winmail.dat are listed."""

import struct
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailbridge.model.errors import RefusedError
from mailbridge.model.limits import Limits
from tests.unit.parcel.archives import PDF, opened, refused
from tests.unit.parcel.test_rtf import SIMPLE
from tests.unit.parcel.test_tnef_properties import listed, variable

BODY, CODEPAGE, MESSAGE = 0x0002800C, 0x00069007, 0x00069003
BEGIN, TITLE, DATA, PROPERTIES = 0x00069002, 0x00018010, 0x0006800F, 0x00069005


def attribute(ident: int, data: bytes, level: int = 2) -> bytes:
    total = sum(data) & 0xFFFF
    return struct.pack("<BLL", level, ident, len(data)) + data + struct.pack("<H", total)


def tnef(*attributes: bytes) -> bytes:
    return b"\x78\x9f\x3e\x22\x01\x00" + b"".join(attributes)


def attachment(name: bytes, content: bytes, *more: bytes) -> bytes:
    return b"".join(
        (
            attribute(BEGIN, bytes(14)),
            attribute(TITLE, name + b"\0"),
            attribute(DATA, content),
            *more,
        )
    )


def test_attachments_are_listed_and_the_message_is_no_file(tmp_path: Path) -> None:
    parcel = opened(tmp_path, tnef(attachment(b"a.pdf", PDF), attachment(b"b.txt", b"x")))
    assert [(f.path, f.name, f.type) for f in parcel.files] == [
        ("1.1", "a.pdf", "application/pdf"),
        ("1.2", "b.txt", "text/plain"),
    ]


def test_the_long_name_is_taken(tmp_path: Path) -> None:
    named = listed(variable(0x1F, 0x3707, "công văn số 5.pdf".encode("utf-16-le")))
    octets = tnef(attachment(b"CONGVA~1.PDF", PDF, attribute(PROPERTIES, named)))
    assert [file.name for file in opened(tmp_path, octets).files] == ["công văn số 5.pdf"]


def test_the_content_may_come_before_the_name(tmp_path: Path) -> None:
    octets = tnef(attribute(BEGIN, b""), attribute(DATA, PDF), attribute(TITLE, b"a.pdf\0"))
    assert [file.name for file in opened(tmp_path, octets).files] == ["a.pdf"]


def test_texts_are_shown_in_their_code_page(tmp_path: Path) -> None:
    html = listed(variable(0x102, 0x1013, "<p>Kính gửi</p>".encode()))
    octets = tnef(
        attribute(CODEPAGE, struct.pack("<LL", 1258, 0), 1),
        attribute(BODY, "Kính".encode("cp1258", "replace").replace(b"?", b"") + b" g\0", 1),
        attribute(MESSAGE, html + b"", 1),
    )
    texts = opened(tmp_path, octets).texts
    assert [text.type for text in texts] == ["text/plain", "text/html"]
    assert "Kính" in texts[0].text


def test_the_rich_body_is_a_file(tmp_path: Path) -> None:
    octets = tnef(attribute(MESSAGE, listed(variable(0x102, 0x1009, SIMPLE)), 1))
    (file,) = opened(tmp_path, octets).files
    assert (file.name, file.type, file.size) == ("body.rtf", "application/rtf", 43)


def test_a_message_within_is_opened(tmp_path: Path) -> None:
    inner = tnef(attachment(b"a.pdf", PDF))
    embedded = listed(
        struct.pack("<HHL", 3, 0x3705, 5),
        variable(0x1E, 0x3001, b"thu\0"),
        variable(0x0D, 0x3701, bytes(16) + inner),
    )
    octets = tnef(attribute(BEGIN, b""), attribute(PROPERTIES, embedded))
    assert [(f.path, f.name) for f in opened(tmp_path, octets).files] == [
        ("1.1", "thu.dat"),
        ("1.1.1", "a.pdf"),
    ]


def test_a_name_that_climbs_is_refused(tmp_path: Path) -> None:
    parcel = opened(tmp_path, tnef(attachment(b"..\\..\\evil.exe", b"MZ")))
    assert refused(parcel) == [("1.1", "traversal")]


def test_what_is_cut_is_malformed_and_the_rest_is_listed(tmp_path: Path) -> None:
    octets = tnef(attachment(b"a.pdf", PDF), attachment(b"b.pdf", PDF))[:-9]
    parcel = opened(tmp_path, octets)
    assert refused(parcel) == [("1", "malformed")]
    assert "a.pdf" in [file.name for file in parcel.files]


def test_what_stands_behind_is_remarked_on(tmp_path: Path) -> None:
    assert opened(tmp_path, tnef(attachment(b"a.pdf", PDF)) + b"junk").remarks


def test_too_many_attachments_are_refused(tmp_path: Path) -> None:
    octets = tnef(*(attachment(b"a", b"x") for _ in range(9)))
    parcel = opened(tmp_path, octets, limits=Limits(members=5))
    assert refused(parcel) == [("1", "too-many")]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_no_mutated_tnef_raises_anything_but_a_refusal(tmp_path: Path, data: st.DataObject) -> None:
    named = listed(variable(0x1F, 0x3707, "a.pdf".encode("utf-16-le")))
    octets = bytearray(tnef(attachment(b"a.pdf", PDF, attribute(PROPERTIES, named))))
    for _ in range(data.draw(st.integers(1, 6))):
        octets[data.draw(st.integers(4, len(octets) - 1))] = data.draw(st.integers(0, 255))
    try:
        opened(tmp_path, bytes(octets))
    except RefusedError:
        return


@pytest.mark.parametrize("octets", [b"\x78\x9f\x3e\x22", tnef()])
def test_a_message_of_nothing_holds_nothing(tmp_path: Path, octets: bytes) -> None:
    assert opened(tmp_path, octets).files == ()
