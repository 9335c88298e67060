"""A file in a text is read back as it was, in both forms."""

import base64
import binascii

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.mime.uuencode import blocks, has_block


def written(content: bytes, *, backtick: bool = False) -> bytes:
    lines = [
        binascii.b2a_uu(content[at : at + 45], backtick=backtick)
        for at in range(0, len(content), 45)
    ]
    return b"begin 644 a.bin\r\n" + b"".join(lines).replace(b"\n", b"\r\n") + b"`\r\nend\r\n"


@given(st.binary(max_size=300), st.booleans())
def test_what_was_written_is_read(content: bytes, backtick: bool) -> None:
    (block,) = blocks(b"xin chao\r\n" + written(content, backtick=backtick) + b"het\r\n")
    assert (block.name, block.content, block.is_cut) == ("a.bin", content, False)


def test_the_form_of_base64_is_read() -> None:
    text = b"begin-base64 644 a.bin\n" + base64.encodebytes(b"x" * 100) + b"====\n"
    (block,) = blocks(text)
    assert block.content == b"x" * 100


def test_a_block_without_an_end_is_cut() -> None:
    (block,) = blocks(written(b"x" * 200)[:150])
    assert block.is_cut


@pytest.mark.parametrize("text", [b"begin 644 a\nhello there\n", b"we begin 644 a\n", b"begin\n"])
def test_words_are_no_block(text: bytes) -> None:
    assert list(blocks(text)) == []


def test_a_beginning_is_known() -> None:
    assert has_block(b"x\nbegin 644 a.txt\n")
    assert not has_block(b"begin here\n")


@given(st.binary(max_size=300))
def test_any_octets_are_read(octets: bytes) -> None:
    list(blocks(b"begin 644 a\n" + octets))
