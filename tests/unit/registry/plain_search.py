"""What search means, said slowly: every document is looked at, letter by letter."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from mailbridge.model.document import Document
from mailbridge.model.evidence import Verdict


def _letters(text: str) -> str:
    """Fold each letter; what is no letter or digit becomes a space, marks vanish."""
    folded = []
    for letter in unicodedata.normalize("NFKD", text):
        for one in unicodedata.normalize("NFKD", letter.casefold()):
            if (
                unicodedata.combining(one)
                or one in "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
            ):
                continue
            if "\u202a" <= one <= "\u202e":
                continue
            folded.append({"đ": "d"}.get(one, one) if one.isalnum() else " ")
    return "".join(folded)


def _words(text: str) -> list[str]:
    return [word[:40] for word in _letters(text).split()]


def _is_exact(document: Document, typed: str) -> bool:
    symbol = "".join(_letters(document.key.symbol or "").split())
    asked = "".join(_letters(typed).split())
    if asked and symbol == asked:
        return True
    number = document.number
    match = re.fullmatch(r"(?:([^:]{1,40}):)?\s*([0-9]{1,9})\s*(?:/\s*([0-9]{4}))?", typed.strip())
    if number is None or match is None:
        return False
    book, ordinal, year = match.groups()
    return (
        int(ordinal) == number.ordinal
        and (year is None or int(year) == number.year)
        and (book is None or book.strip() == number.book)
    )


def _said(document: Document, text: str) -> set[str]:
    texts = [field.value for field in document.reading.fields.values()]
    texts += [document.agency_name, document.key.agency, document.sender, document.subject, text]
    texts += [document.key.symbol or "", document.key.date or ""]
    texts += [file.name for file in document.files] + ["NGUYỄN VĂN CHỨNG THƯ"]
    return {word for one in texts for word in _words(one)}


def plainly_found(
    stored: Sequence[tuple[Document, str]], typed: str, verdicts: Iterable[Verdict]
) -> list[tuple[int, bool]]:
    """Give id and exactness in order: exact ones first, then the newest."""
    asked = _words(typed)
    found = []
    for document, text in stored:
        if verdicts and document.verdict not in verdicts:
            continue
        exact = bool(asked) and _is_exact(document, typed)
        listed = not typed.strip() or (bool(asked) and set(asked) <= _said(document, text))
        if exact or listed:
            found.append((document.id, exact))
    return sorted(found, key=lambda one: (not one[1], -one[0]))
