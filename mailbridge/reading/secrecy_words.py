"""The words of marks of secrecy, and a line in every spelling in which it may have been written."""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress

from mailbridge.mime import legacy_fonts

# Decree 26/2020 and Circular 24/2020/TT-BCA have three levels and this one further stamp.
SECRET, TOP, UTMOST, RECALLED = "MẬT", "TỐI MẬT", "TUYỆT MẬT", "TÀI LIỆU THU HỒI"
# From the lowest to the highest: the highest that is found is the mark.
RANKS = (RECALLED, SECRET, TOP, UTMOST)

# Zero-width and direction marks, and the soft hyphen: nobody sees them in a stamp.
_INVISIBLE = dict.fromkeys(
    (0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF)
)
_VIETNAMESE = re.compile(r"[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
# A line of megabytes is no stamp; what stands in it is looked at as text alone.
LINE = 300


def normal(text: str) -> str:
    """Compose compatibility forms, drop what cannot be seen, and fold white space."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_INVISIBLE).split())


def fold(text: str) -> str:
    """Drop accents and lower the case; letters keep their places in NFC text."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(each for each in bare if not unicodedata.combining(each)).lower()


def is_accented(text: str) -> bool:
    """Tell whether letters that only Vietnamese has stand in it: so its writer uses them."""
    return _VIETNAMESE.search(text) is not None


def spellings(line: str) -> Iterator[str]:
    """Give a line as it is, and as the encodings from before Unicode would have it.

    TCVN 5712 and VNI reach us as Latin letters where a PDF or a mail does not say what they are;
    UTF-8 that was read as Windows-1252 is as common.
    """
    shown = normal(line[:LINE])
    yield shown
    if shown.isascii():
        if "." in shown and "^" in shown:
            # RFC-1456 writes MẬT as MA^.T
            yield normal(legacy_fonts.viqr(shown.encode("ascii")))
        return
    if not is_accented(shown):
        yield from _undecoded(line[:LINE])


def _undecoded(line: str) -> Iterator[str]:
    with suppress(UnicodeError):
        octets = line.encode("latin-1")
        yield normal(legacy_fonts.vni(octets))
        # The capital fonts of TCVN 5712 show small letters as capitals.
        yield normal(legacy_fonts.tcvn(octets)).upper()
    with suppress(UnicodeError):
        yield normal(line.encode("cp1252").decode("utf-8"))


def highest(marks: Iterator[str | None] | list[str | None]) -> str | None:
    """Give the highest of the marks that were found."""
    found = [each for each in marks if each]
    return max(found, key=RANKS.index) if found else None
