import email
from email import policy
from email.header import decode_header, make_header
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbridge.mime import build
from mailbridge.model.errors import RefusedError

ANY = st.text(st.characters(), max_size=400)


@given(ANY)
@settings(max_examples=200, deadline=None)
def test_any_value_stays_inside_its_field(value: str) -> None:
    octets = build.field("Subject", value)
    assert octets.endswith(b"\r\n")
    lines = octets.removesuffix(b"\r\n").split(b"\r\n")
    assert all(line.startswith(b" ") for line in lines[1:])
    assert b"\n" not in octets.replace(b"\r\n", b"")
    read = email.message_from_bytes(octets + b"\r\n", policy=policy.compat32)
    assert read.keys() == ["Subject"]
    assert str(make_header(decode_header(read["Subject"]))).split() == build.flat(value).split()


@given(ANY)
@settings(max_examples=200, deadline=None)
def test_any_file_name_comes_back(name: str) -> None:
    part = build.attachment("application/pdf", name or "x", b"%PDF", {})
    read = email.message_from_bytes(part.octets(), policy=policy.compat32)
    assert (read.get_filename() or "").strip() == build.flat(name or "x")
    assert max(map(len, part.headers.split(b"\r\n"))) <= 80


def test_what_looks_like_an_encoded_word_is_not_decoded_by_readers() -> None:
    octets = build.field("Subject", "=?utf-8?q?gi=E1=BA=A3?=")
    read = email.message_from_bytes(octets + b"\r\n", policy=policy.default)
    assert read["Subject"] == "=?utf-8?q?gi=E1=BA=A3?="


def test_encoded_words_end_at_whole_letters() -> None:
    octets = build.field("Subject", "Quyết định " * 40)
    for word in octets.split()[1:]:
        assert len(word) <= 75
        make_header(decode_header(word.decode()))


@pytest.mark.parametrize("name", ["Văn thư", 'a "b" \\ c', "", "x\r\nBcc: y@z.vn", "=?x?"])
def test_name_beside_an_address_never_changes_the_address(name: str) -> None:
    octets = build.address_field("To", "a.b@hungyen.gov.vn", name)
    read = email.message_from_bytes(octets + b"\r\n", policy=policy.default)
    assert [one.addr_spec for one in read["To"].addresses] == ["a.b@hungyen.gov.vn"]
    assert read["To"].addresses[0].display_name == build.flat(name)


@given(st.text(max_size=40))
def test_any_address_is_given_back_or_refused(spec: str) -> None:
    try:
        assert build.address(spec) == spec
        assert spec.isascii()
        assert spec.count("@") == 1
    except RefusedError:
        pass


@pytest.mark.parametrize("bad", ["", "<>", "<a b@c>", "<a@b>\r\nX: y", "ă@b", "<" * 3])
def test_identifier_that_is_none_is_left_out(bad: str) -> None:
    assert build.ids_field("In-Reply-To", (bad,)) == b""


@pytest.mark.parametrize("size", [0, 1, 57, 57 * 16384, 57 * 16384 + 1, 3_000_000])
def test_stored_file_comes_back_octet_for_octet(tmp_path: Path, size: int) -> None:
    path = tmp_path / "file"
    path.write_bytes(bytes(range(251)) * (size // 251) + b"z" * (size % 251))
    octets = build.stored_file("application/pdf", "a.pdf", path).octets()
    read = email.message_from_bytes(octets, policy=policy.compat32)
    assert read.get_payload(decode=True) == path.read_bytes()
    assert max(map(len, octets.split(b"\r\n"))) <= 78


def test_multipart_gives_its_parts_back() -> None:
    limit = build.boundary("a", "b")
    parts = [build.text("một\nhai").octets(), build.text("ba").octets()]
    mixed = build.multipart("multipart/mixed", limit, parts, {"hp": "clear"})
    read = email.message_from_bytes(mixed.octets(), policy=policy.default)
    assert [part.get_content() for part in read.iter_parts()] == ["một\r\nhai", "ba"]
    assert read.get_param("hp") == "clear"


def test_boundary_follows_from_its_cause_alone() -> None:
    assert build.boundary("a") == build.boundary("a") != build.boundary("b")
