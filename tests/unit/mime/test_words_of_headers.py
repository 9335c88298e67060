"""Header words and parameters become readable NFC text, whatever program wrote them."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.mime.parameters import disposition
from mailbridge.mime.words import as_text, decoded, problems
from mailbridge.model.problem import Problem


@given(st.binary(max_size=300))
def test_any_octets_decode(octets: bytes) -> None:
    assert unicodedata.is_normalized("NFC", decoded(octets))


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("=?utf-8?b?S8OtbmggZ+G7rWk=?=", "Kính gửi"),
        ("=?UTF-8?Q?K=C3=ADnh_g=E1=BB=ADi?=", "Kính gửi"),
        ("=?utf-8?b?S8Otbmg=?= =?utf-8?b?IGfhu61p?=", "Kính gửi"),
        ("=?utf-8?b?S8Ot?= plain", "Kí plain"),
        ("=?utf-8?b?4bs=?= =?utf-8?b?rQ==?=", "ử"),
        ("Kính gửi", "Kính gửi"),
        (unicodedata.normalize("NFD", "Thượng khẩn"), "Thượng khẩn"),
        ("=?utf-8?Q?K=C3=ADnh gửi?=", "Kính gửi"),
        ("=?utf-8?Q?Thế_nào??=", "Thế nào?"),
        ("=?utf-8?b?S8O?= =?utf-8?b?tbmg=?=", "Kính"),
        ("=?utf-8?b?S8OtbmggZ+G7rWk?=", "Kính gửi"),
        ("=?utf-8*vi?q?K=C3=ADnh?=", "Kính"),
        ("=?utf-8?q??=", ""),
        ("=?utf-8?q?K=C3=ADnh", "=?utf-8?q?K=C3=ADnh"),
        ("=?x-unknown?b?S8OtbmggZ+G7rWk=?=", "Kính gửi"),
    ],
)
def test_words_are_read(raw: str, text: str) -> None:
    assert decoded(raw.encode()) == text


def test_octets_of_no_charset_are_read_as_windows_1258() -> None:
    assert as_text("Đảng ủy".encode("cp1258", "ignore"))


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ('attachment; filename="a b.pdf"', "a b.pdf"),
        ("attachment; filename*=utf-8''V%C4%83n%20b%E1%BA%A3n.pdf", "Văn bản.pdf"),
        ("attachment; filename*0*=utf-8''V%C4%83n; filename*1=\" b.pdf\"", "Văn b.pdf"),
        ('attachment; filename="=?utf-8?b?VsSDbi5wZGY=?="', "Văn.pdf"),
        ('attachment; filename="a\\"b.pdf"', 'a"b.pdf'),
        ("attachment; filename=plain.pdf", "plain.pdf"),
    ],
)
def test_file_names_are_read_in_every_habit(value: str, name: str) -> None:
    assert disposition(value.encode()).get("filename") == name


@pytest.mark.parametrize("piece", [b"=?", b"=?a?q?", b"=?a?b?x?= ", b"?=", b" ", b"=?a*", b"\xe1"])
def test_time_is_linear(piece: bytes) -> None:
    started = time.process_time()
    decoded(piece * (250_000 // len(piece)))
    assert time.process_time() - started < 3


@pytest.mark.parametrize(
    ("raw", "is_bad"),
    [
        (b"=?utf-8?b?VOG7iW5oIOG7p3kgVsOtIEThu6U=?= <a@x.vn>", False),
        (b"=?utf-8?b?IMSR4bq/biA0MzEvMjAyNg==?=\r\n =?utf-8?q?a=3D?=", False),
        (b"Cong van = ? 12", False),
        (b"=?utf-8?b?S8Ot", True),
        (b"=?utf-8?x?S8Ot?=", True),
        (b"=?utf-8?b?S8OtIA==?= =?utf-8", True),
    ],
)
def test_a_word_that_ends_in_padding_is_none_that_was_broken(raw: bytes, is_bad: bool) -> None:
    assert (problems(raw) == (Problem.BAD_ENCODED_WORD,)) is is_bad
