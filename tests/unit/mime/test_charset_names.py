"""Names of charsets as programs write them."""

import pytest

from mailbridge.mime.charset_names import codec, stated, width


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ('"UTF-8"', "utf-8"),
        ("'windows-1258' ", "windows-1258"),
        ("charset=utf-8", "utf-8"),
        ("utf-8; format=flowed", "utf-8"),
        ("unknown-8bit", ""),
        (None, ""),
        ("???", ""),
    ],
)
def test_a_name_is_taken_out_of_what_stands_there(written: str | None, name: str) -> None:
    assert stated(written) == name


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("us-ascii", "cp1252"),
        ("iso-8859-1", "cp1252"),
        ("windows-1258", "cp1258"),
        ("gb2312", "gb18030"),
        ("iso-8859-8-i", "iso8859-8"),
        ("ks_c_5601-1987", "cp949"),
        ("x-sjis", "cp932"),
        ("fakescii", None),
        ("punycode", None),
        ("unicode_escape", None),
        ("utf-7", None),
        ("zlib_codec", None),
        ("rot13", None),
    ],
)
def test_only_harmless_codecs_are_used(name: str, known: str | None) -> None:
    assert codec(name) == known


@pytest.mark.parametrize(
    ("name", "octets"), [("utf-16le", 2), ("ucs-4", 4), ("utf-32", 4), ("utf-8", 0)]
)
def test_wide_charsets_are_told(name: str, octets: int) -> None:
    assert width(name) == octets
