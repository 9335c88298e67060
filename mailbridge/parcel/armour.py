"""CMS as text: PEM under any label (RFC 7468 §8, §9), or base64 without any frame."""

import base64
import binascii
import re

# At the very beginning: a mail that quotes one in its text stays a mail.
_FRAME = re.compile(
    rb"\s*-----BEGIN (?!PGP)[^\n-]{1,60}-----[^\n]*\n(?P<body>.*?)(?:-----END |\Z)", re.DOTALL
)
# RFC 7468 §2 forbids header lines, older writers have them: they end at an empty line.
_FIELDS = re.compile(rb"\A(?:[^\n:]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*)+\r?\n")
_LETTERS = re.compile(rb"[A-Za-z0-9+/\s]+=*\s*")
_SPACE = b" \t\r\n"


def binary(octets: bytes) -> bytes:
    """Give the DER or BER inside; what is no such text comes back as it is."""
    if octets[:1] == b"\x30":
        return octets
    framed = _FRAME.match(octets)
    if framed is not None:
        return _decoded(_FIELDS.sub(b"", framed["body"])) or octets
    if _LETTERS.fullmatch(octets):
        return _decoded(octets) or octets
    return octets


def _decoded(letters: bytes) -> bytes:
    """Decode as far as whole groups go: the beginning of a long text is cut anywhere."""
    plain = letters.translate(None, _SPACE)
    try:
        return base64.b64decode(plain[: len(plain) - len(plain) % 4])
    except binascii.Error:
        return b""
