"""Only CR LF "." CR LF ends a mail, however the octets are cut into pieces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.gateway.dots import Dotted


def fed(octets: bytes, size: int) -> tuple[bytes, Dotted]:
    dotted, plain = Dotted(), b""
    for start in range(0, len(octets), size):
        plain += dotted.feed(octets[start : start + size])
    return plain, dotted


@given(
    st.lists(st.sampled_from([b".", b"\r", b"\n", b"a", b"\r\n"]), max_size=30).map(b"".join),
    st.integers(1, 7),
)
def test_whatever_a_client_doubles_comes_out_as_it_was(content: bytes, size: int) -> None:
    lines = content.split(b"\r\n")
    sent = b"\r\n".join(b"." + one if one.startswith(b".") else one for one in lines)
    plain, dotted = fed(sent + b"\r\n.\r\n", size)
    assert (plain, dotted.rest) == (content + b"\r\n", b"")


@pytest.mark.parametrize("end", [b"\n.\n", b"\n.\r\n", b"\r.\r", b"\r\n.\n", b"\r\n.\r", b".\r\n"])
@pytest.mark.parametrize("size", [1, 2, 3, 1000])
def test_nothing_else_ends_a_mail(end: bytes, size: int) -> None:
    # RFC 5321 §4.1.1.4: mails are smuggled behind an end that only one of two servers sees.
    octets = b"mot" + end + b"MAIL FROM:<ke-gian@example.com>\r\n"
    plain, dotted = fed(octets, size)
    assert dotted.rest is None
    assert b"MAIL FROM" in plain
    assert dotted.has_bare or end == b".\r\n"


@pytest.mark.parametrize("size", [1, 2, 1000])
def test_an_empty_mail_ends_at_its_first_line(size: int) -> None:
    plain, dotted = fed(b".\r\n", size)
    assert (plain, dotted.rest, dotted.has_bare) == (b"", b"", False)


def test_what_comes_behind_the_end_is_given_back() -> None:
    dotted = Dotted()
    assert dotted.feed(b"mot\r\n.\r\nQUIT\r\n") == b"mot\r\n"
    assert dotted.rest == b"QUIT\r\n"
