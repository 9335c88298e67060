"""Octets of a stated, wrong or missing charset become the text that was meant."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.mime.charsets import as_text, read
from mailbridge.model.problem import Problem
from tests.unit.mime.legacy import TEXT, tcvn, viscii, windows_1258

STATED = [None, "us-ascii", "iso-8859-1", "windows-1252", "utf-8", "windows-1258", "gb2312", "x-no"]


@pytest.mark.parametrize("charset", STATED)
@pytest.mark.parametrize("write", [windows_1258, tcvn, viscii, str.encode])
def test_vietnamese_is_read_whatever_is_stated(write: object, charset: str | None) -> None:
    assert callable(write)
    assert as_text(write(TEXT), charset) == TEXT


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
def test_wide_text_is_read_with_and_without_its_mark(codec: str) -> None:
    octets = TEXT.encode(codec)
    assert as_text(octets, codec) == TEXT
    assert as_text(octets, codec.rpartition("-")[0] if codec.endswith("e") else codec) == TEXT


def test_utf_16_that_nobody_stated_is_told_by_its_zeros() -> None:
    assert as_text(TEXT.encode("utf-16-le")) == TEXT


@pytest.mark.parametrize("charset", ["utf-7", "unicode-1-1-utf-7"])
def test_utf_7_is_read_only_where_it_is_stated(charset: str) -> None:
    octets = TEXT.encode("utf-7")
    assert read(octets, charset).text == TEXT
    assert read(octets, charset).problem is Problem.UTF_7
    assert as_text(octets) == octets.decode()


@pytest.mark.parametrize(
    ("octets", "charset", "problem"),
    [
        (b"plain", None, None),
        (b"plain", "us-ascii", None),
        (b"plain", "fakescii", Problem.UNKNOWN_CHARSET),
        (TEXT.encode(), "utf-8", None),
        (TEXT.encode(), "us-ascii", Problem.WRONG_CHARSET),
        (windows_1258(TEXT), None, Problem.NO_CHARSET),
        (windows_1258(TEXT), "utf-8", Problem.WRONG_CHARSET),
        (tcvn(TEXT), "iso-8859-1", Problem.LEGACY_FONT),
        (TEXT.encode().decode("latin-1").encode(), "utf-8", Problem.MOJIBAKE),
        ("été à Genève".encode("latin-1"), "iso-8859-1", None),
        ("été à Genève".encode("latin-1"), "utf-8", Problem.WRONG_CHARSET),
    ],
)
def test_what_was_odd_is_named(octets: bytes, charset: str | None, problem: Problem | None) -> None:
    assert read(octets, charset).problem is problem


@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1252", None, "utf-8"])
def test_a_language_of_the_west_stays_what_it_is(charset: str | None) -> None:
    french = "Voilà une école française où les élèves sont très gâtés; 12 € — “oui”"
    assert as_text(french.encode("cp1252"), charset) == french


def test_html_may_name_its_charset_itself() -> None:
    page = b'<html><meta http-equiv=x content="text/html; charset=koi8-r">' + "да".encode("koi8-r")
    assert read(page, html=True).text.endswith("да")
    assert read(page, "us-ascii", html=True).text.endswith("ÄÁ")


@given(st.binary(max_size=200), st.sampled_from([*STATED, "utf-7", "utf-16", "hz", "viqr", "vni"]))
def test_any_octets_become_text_that_can_be_stored(octets: bytes, charset: str | None) -> None:
    text = as_text(octets, charset)
    text.encode()
    assert unicodedata.is_normalized("NFC", text)
    assert "\0" not in text


@pytest.mark.parametrize("octets", [b"+A", b"\xff", b"a^", "Ã¡".encode(), b"\x00", b"<meta "])
@pytest.mark.parametrize("charset", [None, "utf-7", "utf-8", "iso-8859-1"])
def test_time_is_linear(octets: bytes, charset: str | None) -> None:
    started = time.process_time()
    read(octets * (1_000_000 // len(octets)), charset, html=True)
    assert time.process_time() - started < 5
