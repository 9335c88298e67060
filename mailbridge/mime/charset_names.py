"""Names of charsets as programs write them, into codecs that may be used on hostile octets."""

import codecs
import re

# Codecs that only map octets to letters; punycode, unicode_escape, utf-7 and their like are
# quadratic, warn, or give lone surrogates, which no database takes.
_PLAIN = re.compile(
    r"(ascii|utf-8(-sig)?|iso8859-\d+|cp\d+|koi8-[rtu]|tis-620|mac-\w+|gb2312|gbk|gb18030|hz"
    r"|big5|big5hkscs|euc_\w+|shift_jis\w*|iso2022_(jp|kr)\w*|ptcp154)"
)
# Programs say the smaller set and write the larger one (WHATWG Encoding §4.2).
_LARGER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
_ALIASES = {
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-8-e": "iso8859-8",
    "utf8mb4": "utf-8",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "windows-874": "cp874",
    "x-user-defined": "cp1252",
}
_UNSAID = {"", "unknown-8bit", "x-unknown", "unknown", "default", "binary", "8bit", "none"}
_WIDE = re.compile(r"(?:x-)?(?:utf_?-?(16|32)|ucs-?([24])|iso-10646-ucs-([24])|unicode$)")
_NAME = re.compile(r"[\w.:()+-]{1,40}")


def stated(charset: str | None) -> str:
    """Take the name out of what stands there: quotes, spaces, another parameter; "" if none."""
    found = _NAME.match((charset or "").strip(" \t\r\n\"'").lower().removeprefix("charset="))
    return "" if found is None or found[0] in _UNSAID else found[0]


def codec(name: str) -> str | None:
    """Look up the codec of a stated name; None where there is none that may be used."""
    given = _ALIASES.get(name, name)
    for candidate in (given, given.removeprefix("x-"), given.replace("windows-", "cp", 1)):
        try:
            known = codecs.lookup(candidate).name
        except (LookupError, ValueError):
            continue
        if _PLAIN.fullmatch(known):
            return _LARGER.get(known, known)
    return None


def width(name: str) -> int:
    """Tell how many octets a letter has in UTF-16 or UTF-32 of that name; 0 of another."""
    found = _WIDE.match(name)
    if found is None:
        return 0
    return 4 if "32" in (found[1] or "") or "4" in (found[2] or found[3] or "") else 2
