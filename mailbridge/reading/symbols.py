"""Số và ký hiệu: number and notation as the Party and the State write them, and as people do."""

import re
from dataclasses import dataclass

# A code of the kind or a symbol of the agency: "QĐ", "BTGDVTU", "QLĐT&HTĐT", "VP2".
_CODE = r"[A-ZĐ][A-Za-zĐđ0-9&.]{0,24}"
_DASH = "[-–—‐]"
_LEAD = r"^S[ốôo]ˊ? ?[:.]? ?"
# Digits that stand apart are one number: written by hand, or with letters spaced.
_NUMBER = r"(?P<num>\d{1,6}|\d(?: \d){1,5}|\d{1,3} \d{1,3})?(?P<more>[a-zA-Z]?)[ .…_]*"
_END = r"(?![^\W_])"
# Party: 123-CV/VPTU. The code of the kind is open: local practice knows KHPH, CTrHĐ, …
_PARTY = re.compile(
    rf"{_LEAD}{_NUMBER}{_DASH} ?(?P<nota>{_CODE} ?/ ?{_CODE}(?: ?{_DASH} ?{_CODE}){{0,3}}){_END}",
    re.IGNORECASE,
)
# State: 12/QĐ-UBND, 15/BNV-VP, 30/2020/NĐ-CP.
_STATE = re.compile(
    rf"{_LEAD}{_NUMBER}/ ?(?:(?P<year>(?:19|20)\d\d) ?/ ?)?"
    rf"(?P<nota>{_CODE}(?: ?[-–—/] ?{_CODE}){{0,4}}){_END}",
    re.IGNORECASE,
)
_LOOSE = re.compile(r" ?([-–—‐/]) ?")


@dataclass(frozen=True, slots=True)
class Symbol:
    """Number and notation; no number where it is blank. `sure` is false where it was pieced."""

    number: str | None
    notation: str
    joint: str
    sure: bool

    @property
    def text(self) -> str | None:
        """As printed: "123-CV/VPTU", "12/QĐ-UBND"; nothing without a number."""
        return f"{self.number}{self.joint}{self.notation}" if self.number else None


def symbol_in(line: str) -> Symbol | None:
    """Read a line that begins with the word for number; `line` is NFC with single blanks."""
    party = _PARTY.match(line)
    match = party or _STATE.match(line)
    if match is None or not _is_written(line, match["nota"]):
        return None
    notation = _LOOSE.sub(lambda sign: "/" if sign[1] == "/" else "-", match["nota"]).rstrip(".-")
    if not party and match["year"]:
        notation = f"{match['year']}/{notation}"
    digits = match["num"] or ""
    apart = digits.split(" ")
    number = "".join(apart) + match["more"] if digits else None
    sure = len(apart) == 1 or all(len(each) == 1 for each in apart)
    return Symbol(number, notation, "-" if party else "/", sure)


def _is_written(line: str, notation: str) -> bool:
    """Tell a notation from words: it begins with capitals, and the line does not cite."""
    letters = [letter for letter in notation if letter.isalpha()]
    capitals = sum(letter.isupper() for letter in letters)
    return notation[:1].isupper() and 2 * capitals > len(letters) and line[:1] == "S"


def cited_in(text: str) -> list[Symbol]:
    """Find symbols anywhere in running text: "Công văn số 123-CV/VPTU ngày …"."""
    found = []
    for match in re.finditer(
        r"\b[Ss][ốô] ?[:.]? ?(?=[0-9])|(?<![\w/-])(?=\d{1,6}[-/][A-ZĐ])", text
    ):
        symbol = symbol_in(f"Số {text[match.end() : match.end() + 80]}")
        if symbol is not None:
            found.append(symbol)
    return found
