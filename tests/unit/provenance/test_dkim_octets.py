"""What is hashed is what another program hashes, in whatever pieces it lies."""

import hashlib

import dkim
import pytest
from dkim.canonicalization import Relaxed, Simple
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.provenance import dkim_octets
from mailbridge.provenance.dkim_octets import (
    MalformedHeaderError,
    RawField,
    body_digest,
    header_fields,
    signed_header,
)

BODIES = st.lists(st.sampled_from([b"a", b" ", b"\t", b"\r\n", b"\r", b"\n", b"\r\n\r\n"])).map(
    b"".join
)


@given(BODIES, st.booleans())
def test_the_body_is_what_another_program_makes_of_it(body: bytes, relaxed: bool) -> None:
    # SMTP ends every mail with a line end.
    body += b"\r\n"
    theirs = dkim.rfc822_parse(b"a:b\r\n\r\n" + body)[1]
    canonical = (Relaxed if relaxed else Simple).canonicalize_body(theirs)
    ours = body_digest(b"head" + body, 4, "sha256", relaxed=relaxed, length=None)
    assert ours == hashlib.sha256(canonical).digest()


@pytest.mark.parametrize("relaxed", [True, False])
def test_a_body_of_many_pieces_is_one_body(relaxed: bool) -> None:
    line = b"mot dong  dai \r\n" * 5000 + b"\r\n" * 5000
    body = line * 40
    assert len(body) > 3 * dkim_octets._PIECE
    canonical = (Relaxed if relaxed else Simple).canonicalize_body(body)
    made = body_digest(body, 0, "sha256", relaxed=relaxed, length=None)
    assert made == hashlib.sha256(canonical).digest()


def test_a_last_line_without_an_end_gets_one() -> None:
    made = body_digest(b"a", 0, "sha256", relaxed=False, length=None)
    assert made == hashlib.sha256(b"a\r\n").digest()


def test_l_counts_canonical_octets_and_no_more_than_there_are() -> None:
    made = body_digest(b"ab  c\r\nd\r\n", 0, "sha256", relaxed=True, length=4)
    assert made == hashlib.sha256(b"ab c").digest()
    assert body_digest(b"ab\r\n", 0, "sha256", relaxed=True, length=5) is None


def test_fields_of_one_name_are_taken_from_the_bottom() -> None:
    fields = header_fields(b"To: 1\r\nX: y\r\nTo: 2\r\nTo: 3\r\n")
    own = RawField(b"DKIM-Signature", b" b=x\r\n")
    octets = signed_header(fields, ("to", "to", "missing"), own, relaxed=False)
    assert octets == b"To: 3\r\nTo: 2\r\nDKIM-Signature: b="


def test_the_value_of_b_goes_with_all_space_around_it_and_nothing_else_does() -> None:
    own = RawField(b"DKIM-Signature", b" bh=b; b=\r\n x\r\n y ; d=b\r\n")
    assert signed_header((), (), own, relaxed=False) == b"DKIM-Signature: bh=b; b=; d=b"


def test_the_envelope_line_of_a_mailbox_file_is_no_field() -> None:
    assert [field.key for field in header_fields(b"From a@b Tue\nTO : x\n y\n")] == ["to"]


@pytest.mark.parametrize("block", [b" goes on\r\nTo: x\r\n", b"To: x\r\nno field\r\n", b":\r\n"])
def test_a_line_that_is_no_field_is_malformed(block: bytes) -> None:
    with pytest.raises(MalformedHeaderError):
        header_fields(block)


def test_a_field_of_white_space_without_end_is_read_in_time() -> None:
    spaces = b"\r\n " * 80_000
    own = RawField(b"DKIM-Signature", b" a=" + spaces + b"; b=" + spaces + b"!\r\n")
    assert len(signed_header((), (), own, relaxed=True)) < 100
