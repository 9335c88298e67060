"""Writers of the old Vietnamese encodings, for the tests that read them."""

import unicodedata

from mailbridge.mime import legacy_fonts

TEXT = "Kính gửi Văn phòng Tỉnh ủy; đề nghị các cơ quan thực hiện đúng quy định của Đảng"
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def windows_1258(text: str) -> bytes:
    """Write base letters with combining tones, as Windows does."""
    octets = b""
    for letter in text:
        split = unicodedata.normalize("NFD", letter)
        tones = "".join(mark for mark in split if mark in _TONES)
        bare = unicodedata.normalize("NFC", "".join(m for m in split if m not in _TONES))
        octets += bare.encode("cp1258") + tones.encode("cp1258")
    return octets


def _inverted(read: object) -> dict[str, bytes]:
    assert callable(read)
    return {read(bytes((at,))): bytes((at,)) for at in (*range(0xA1, 0xB0), *range(0xB5, 0xFF))}


def tcvn(text: str) -> bytes:
    """Write for an ABC font."""
    table = _inverted(legacy_fonts.tcvn)
    return b"".join(table.get(letter) or letter.encode("ascii") for letter in text)


def viscii(text: str) -> bytes:
    """Write VISCII, without the six capitals in the place of controls."""
    table = {legacy_fonts.viscii(bytes((at,))): bytes((at,)) for at in range(0x80, 0x100)}
    return b"".join(table.get(letter) or letter.encode("ascii") for letter in text)
