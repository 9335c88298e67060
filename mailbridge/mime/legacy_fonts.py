"""Encodings of Vietnamese from before Unicode that no codec of Python knows.

TCVN 5712:1993 (VN3, the "ABC" fonts of .VnTime), VNI Windows fonts, VISCII and VIQR (RFC-1456).
Each reads octets as Latin text and gives NFC; whether a text is one of them, `syllables` tells.
"""

import re
import unicodedata

# TCVN 5712:1993, octets A1 to FE.
_TCVN_HIGH = (
    "ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽ"
    "éẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵ"
)
_TCVN = {0xA1 + at: letter for at, letter in enumerate(_TCVN_HIGH)}
# RFC-1456: VISCII, octets 80 to FF, and six capitals in the place of controls.
_VISCII_HIGH = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝ"
    "ỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
_VISCII = {0x80 + at: letter for at, letter in enumerate(_VISCII_HIGH)} | {
    0x02: "Ẳ",
    0x05: "Ẵ",
    0x06: "Ẫ",
    0x14: "Ỷ",
    0x19: "Ỹ",
    0x1E: "Ỵ",
}
# VNI writes the marks of a vowel as a letter of their own after it.
_VNI_MARKS = {
    "ù": "\u0301",
    "ø": "\u0300",
    "û": "\u0309",
    "õ": "\u0303",
    "ï": "\u0323",
    "â": "\u0302",
    "á": "\u0302\u0301",
    "à": "\u0302\u0300",
    "å": "\u0302\u0309",
    "ã": "\u0302\u0303",
    "ä": "\u0302\u0323",
    "ê": "\u0306",
    "é": "\u0306\u0301",
    "è": "\u0306\u0300",
    "ú": "\u0306\u0309",
    "ü": "\u0306\u0303",
    "ë": "\u0306\u0323",
}
_VNI_LETTERS = {
    "ô": "ơ",
    "ö": "ư",
    "ñ": "đ",
    "í": "í",
    "ì": "ì",
    "æ": "ỉ",
    "ó": "ĩ",
    "ò": "ị",
    "î": "ỵ",
}
_VNI_CASED = _VNI_LETTERS | {one.upper(): two.upper() for one, two in _VNI_LETTERS.items()}
_VNI = re.compile(r"([aeouyôöAEOUYÔÖ])([ùøûõïâáàåãäêéèúüëÙØÛÕÏÂÁÀÅÃÄÊÉÈÚÜË])|[ôöñíìæóòîÔÖÑÍÌÆÓÒÎ]")
_VIQR_MARKS = {
    "(": "\u0306",
    "^": "\u0302",
    "+": "\u031b",
    "'": "\u0301",
    "`": "\u0300",
    "?": "\u0309",
    "~": "\u0303",
    ".": "\u0323",
}
# RFC-1456: a backslash makes the next letter literal; dd is đ.
_VIQR = re.compile(r"\\(.)|(dd|DD|Dd)|([aeiouyAEIOUY])([(^+]?)(['`?~.]?)", re.DOTALL)
# So many of them are no chance.
_SHAPES = 8
_VIQR_SHAPES = re.compile(r"[AaEeOo]\^|[UuOo]\+|[Aa]\(|\b[Dd]d[aeiouyAEIOUY]")


def tcvn(octets: bytes) -> str:
    """Read TCVN 5712 VN3 octets."""
    return _nfc(octets.decode("latin-1").translate(_TCVN))


def viscii(octets: bytes) -> str:
    """Read VISCII octets."""
    return _nfc(octets.decode("latin-1").translate(_VISCII))


def vni(octets: bytes) -> str:
    """Read octets written for a VNI Windows font."""
    return _nfc(_VNI.sub(_vni_letter, octets.decode("latin-1")))


def _vni_letter(match: re.Match[str]) -> str:
    if match[1] is None:
        return _VNI_CASED[match[0]]
    return _VNI_CASED.get(match[1], match[1]) + _VNI_MARKS[match[2].lower()]


def viqr(octets: bytes) -> str:
    """Read VIQR: marks written behind their letters in ASCII."""
    return _nfc(_VIQR.sub(_viqr_letter, octets.decode("latin-1")))


def _viqr_letter(match: re.Match[str]) -> str:
    if match[1] is not None:
        return match[1]
    if match[2] is not None:
        return "đ" if match[2] == "dd" else "Đ"
    letter, shape, tone = match[3], match[4], match[5]
    if shape and shape not in {"a": "(^", "e": "^", "o": "^+", "u": "+"}.get(letter.lower(), ""):
        return match[0]
    return letter + "".join(_VIQR_MARKS[mark] for mark in shape + tone)


def looks_like_viqr(text: str) -> bool:
    """Tell whether ASCII text writes letters as VIQR does; few other texts have a^, u+ or dda."""
    found = sum(1 for _ in _VIQR_SHAPES.finditer(text[:100_000]))
    return found >= _SHAPES and found * 40 >= min(len(text), 100_000)


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
