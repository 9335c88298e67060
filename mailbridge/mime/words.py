"""Header words into readable text: encoded words, parameters, raw UTF-8, and what programs do."""

import codecs
import re
import unicodedata
from base64 import b64decode
from binascii import Error as Base64Error
from quopri import decodestring
from urllib.parse import unquote_to_bytes

# RFC 2047 §2: charset, optional language (RFC 2231 §5), encoding, text.
_WORD = re.compile(r"=\?([^?*\s]{1,40})(?:\*[^?\s]*)?\?([bBqQ])\?([^?]*)\?=")
_BETWEEN = re.compile(r"(\?=)\s+(=\?)")


# Codecs that only map octets to letters; punycode, unicode_escape, utf-7 and their like are
# quadratic, warn, or give lone surrogates, which no database takes.
_PLAIN = re.compile(
    r"(ascii|utf-8(-sig)?|utf-(16|32)(-[bl]e)?|iso8859-\d+|cp\d+|koi8-[rtu]|tis-620|mac-\w+"
    r"|gb2312|gbk|gb18030|hz|big5|big5hkscs|euc_(jp|kr)|shift_jis|iso2022_(jp|kr)\w*)"
)


def _is_plain(charset: str) -> bool:
    try:
        return _PLAIN.fullmatch(codecs.lookup(charset).name) is not None
    except (LookupError, ValueError):
        return False


def as_text(octets: bytes, charset: str | None = None) -> str:
    """Decode octets of a stated, wrong or missing charset to NFC text; nothing is lost silently."""
    for candidate in (charset, "utf-8", "cp1258"):
        if not candidate or not _is_plain(candidate):
            continue
        try:
            return unicodedata.normalize("NFC", octets.decode(candidate))
        except (LookupError, UnicodeError, ValueError):
            continue
    return unicodedata.normalize("NFC", octets.decode("latin-1"))


def decoded(raw: bytes) -> str:
    """Decode one unfolded field body."""
    text = as_text(raw)
    # RFC 2047 §6.2: white space between two encoded words is not shown.
    joined = _BETWEEN.sub(r"\1\2", text)
    pieces: list[str] = []
    pending: tuple[str, bytes] | None = None
    at = 0
    for match in _WORD.finditer(joined):
        between = joined[at : match.start()]
        charset, octets = match[1].lower(), _word_octets(match[2], match[3])
        # A character may be split over two words: join octets of one charset before decoding.
        if pending and not between and pending[0] == charset:
            pending = (charset, pending[1] + octets)
        else:
            pieces.append(_flushed(pending))
            pieces.append(between)
            pending = (charset, octets)
        at = match.end()
    pieces += [_flushed(pending), joined[at:]]
    return unicodedata.normalize("NFC", "".join(pieces)).strip()


def _flushed(pending: tuple[str, bytes] | None) -> str:
    return as_text(pending[1], pending[0]) if pending else ""


def _word_octets(encoding: str, text: str) -> bytes:
    octets = text.encode("ascii", "replace")
    if encoding in "qQ":
        return decodestring(octets.replace(b"_", b" "))
    try:
        return b64decode(octets + b"=" * (-len(octets) % 4))
    except (Base64Error, ValueError):
        return octets


_PARAMETER = re.compile(r""";\s*([^\s=;"]{1,80})\s*=\s*("(?:[^"\\]|\\.)*"|[^;]*)""", re.DOTALL)
_QUOTED = re.compile(r'^"(.*)"$', re.DOTALL)
# RFC 2231 §4: charset'language'text.
_EXTENDED = re.compile(r"[^']*'[^']*'")
_SECTION = re.compile(r"^(.*?)\*(?:(\d{1,3})(\*)?)?$")


def parameters(value: str) -> tuple[tuple[str, str], ...]:
    """Read the parameters of a Content-Type or Content-Disposition (RFC 2231 §3, §4)."""
    plain: dict[str, str] = {}
    sections: dict[str, dict[int, tuple[bool, str]]] = {}
    for match in _PARAMETER.finditer(";" + value.partition(";")[2] if ";" in value else ""):
        name, text = match[1].lower(), _unquoted(match[2].strip())
        section = _SECTION.match(name)
        if section is None:
            octets = text.encode("utf-8", "surrogateescape")
            # A boundary is compared, never read.
            plain.setdefault(name, text if name == "boundary" else decoded(octets))
            continue
        number = int(section[2]) if section[2] else 0
        is_encoded = section[2] is None or section[3] is not None
        sections.setdefault(section[1], {}).setdefault(number, (is_encoded, text))
    for name, found in sections.items():
        plain[name] = _joined(found)
    return tuple(plain.items())


def _unquoted(text: str) -> str:
    quoted = _QUOTED.match(text)
    return re.sub(r"\\(.)", r"\1", quoted[1]) if quoted else text


def _joined(sections: dict[int, tuple[bool, str]]) -> str:
    charset = None
    octets = b""
    for number in sorted(sections):
        is_encoded, text = sections[number]
        if is_encoded and number == 0 and _EXTENDED.match(text):
            charset, _, text = text.split("'", 2)
        octets += unquote_to_bytes(text) if is_encoded else text.encode("utf-8", "replace")
    return as_text(octets, charset)
