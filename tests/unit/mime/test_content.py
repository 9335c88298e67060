"""Bodies are decoded piece by piece, tolerantly, and texts to NFC."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.mime.content import chunks, text
from mailbridge.model.message import Part
from mailbridge.model.problem import Problem


def part(octets: bytes, encoding: str, charset: str | None = None) -> Part:
    return Part("1", "text/plain", 0, 0, len(octets), encoding, charset)


@given(st.binary(max_size=5000), st.integers(1, 120))
def test_base64_comes_back_whatever_its_line_length(octets: bytes, width: int) -> None:
    letters = base64.b64encode(octets)
    lines = b"\r\n".join(letters[i : i + width] for i in range(0, len(letters), width))
    assert b"".join(chunks(lines, part(lines, "base64"))) == octets


@given(st.binary(max_size=500))
def test_broken_base64_yields_something_and_never_fails(octets: bytes) -> None:
    assert isinstance(b"".join(chunks(octets, part(octets, "base64"))), bytes)


def test_a_large_body_comes_in_pieces() -> None:
    letters = base64.encodebytes(bytes(5_000_000))
    sizes = [len(chunk) for chunk in chunks(letters, part(letters, "base64"))]
    assert sum(sizes) == 5_000_000
    assert max(sizes) <= 1024 * 1024


def test_quoted_printable_is_decoded() -> None:
    octets = b"K=C3=ADnh g=E1=BB=ADi =\r\nvan ban"
    assert text(octets, part(octets, "quoted-printable", "utf-8"), 1000) == "Kính gửi van ban"


def test_a_wrong_charset_does_not_lose_the_text() -> None:
    octets = "Kính gửi".encode()
    assert text(octets, part(octets, "8bit", "us-ascii"), 1000) == "Kính gửi"


def test_a_text_is_cut_at_the_limit() -> None:
    octets = b"a" * 5000
    assert len(text(octets, part(octets, "7bit"), 100)) == 100


@pytest.mark.parametrize(
    ("octets", "encoding", "problem"),
    [
        (b"PGh0*bWw+Cg==", "base64", Problem.BROKEN_BASE64),
        (b"PGh0bWw", "base64", Problem.BROKEN_BASE64),
        (b"PGg=PGg=", "base64", Problem.BROKEN_BASE64),
        (b"a=zz", "quoted-printable", Problem.BROKEN_QUOTED_PRINTABLE),
        (b"PGg=", "base9000", Problem.UNKNOWN_ENCODING),
        (b"a" * 200, "7bit", Problem.TEXT_CUT),
        ("Kính".encode(), "7bit", None),
        (b"PGh0\r\n bWw+Cg==\r\n", "base64", None),
        (b"a=\r\nb=3D =\n", "quoted-printable", None),
    ],
)
def test_what_is_broken_is_named(octets: bytes, encoding: str, problem: Problem | None) -> None:
    noted: list[Problem] = []
    text(octets, part(octets, encoding, "utf-8"), 100, noted.append)
    assert noted == ([problem] if problem else [])


def test_a_cut_parts_no_letter() -> None:
    octets = "Điều ".encode() * 100
    for limit in range(100, 108):
        assert "\ufffd" not in text(octets, part(octets, "8bit", "utf-8"), limit)
        assert text(octets, part(octets, "8bit", "utf-8"), limit).startswith("Điều Điều")
