"""The encodings from before Unicode, against texts of known spelling."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.mime import legacy_fonts
from tests.unit.mime.legacy import TEXT, tcvn, viscii

READERS = (legacy_fonts.tcvn, legacy_fonts.vni, legacy_fonts.viscii, legacy_fonts.viqr)


def test_abc_fonts_are_read() -> None:
    assert legacy_fonts.tcvn("Céng hoµ x· héi chñ nghÜa".encode("latin-1")) == (
        "Cộng hoà xã hội chủ nghĩa"
    )
    assert legacy_fonts.tcvn(tcvn(TEXT)) == TEXT


def test_vni_fonts_are_read() -> None:
    sent = "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, Ñoäc laäp - Töï do, ñöôïc ngöôøi, Quyeát ñònh"
    assert legacy_fonts.vni(sent.encode("latin-1")) == (
        "Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập - Tự do, được người, Quyết định"
    )


def test_viscii_is_read() -> None:
    assert legacy_fonts.viscii(viscii(TEXT)) == TEXT


def test_viqr_is_read() -> None:
    sent = b"Co^.ng ho`a xa~ ho^.i, ddu+o+.c; het\\."
    assert legacy_fonts.viqr(sent) == "Cộng hòa xã hội, được; het."


@pytest.mark.parametrize("text", ["What? Done. x^2 + y^2", "C++ and a+b", "add odd buddy" * 50])
def test_english_does_not_look_like_viqr(text: str) -> None:
    assert not legacy_fonts.looks_like_viqr(text)


@given(st.binary(max_size=300))
def test_any_octets_are_read_to_nfc(octets: bytes) -> None:
    for read in READERS:
        assert unicodedata.is_normalized("NFC", read(octets))
