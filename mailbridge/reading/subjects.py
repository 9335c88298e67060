"""What subject, cover and file names say of a document: weak, and used where nothing else speaks.

People write about other documents too, so these sources fill gaps and contradict nobody.
"""

import re
from collections.abc import Iterable

from mailbridge.model.reading import Field, FieldName
from mailbridge.reading.merging import Found
from mailbridge.reading.rows import tidy
from mailbridge.reading.symbols import Symbol, cited_in, symbol_in

_SYMBOL, _SUMMARY = 0.4, 0.3
_ANSWERED = re.compile(
    r"^(?:(?:re|fw|fwd|tr|vs|chuyển tiếp|trả lời) ?: ?|\[[^\]]{1,40}\] ?)+", re.IGNORECASE
)
_ABOUT = re.compile(r"\b(?:v/v|về việc)\b[ :.]*(?P<what>.{4,})", re.IGNORECASE)
# File names cannot hold a slash: 123-CV-VPTU.pdf, 12_QĐ-UBND.signed.pdf.
_NAME = re.compile(
    r"^(?:so[ _-]?|số[ _-]?)?(?P<num>\d{1,6}[a-z]?)[-_. ]+(?P<code>[A-ZĐ][A-Za-zĐđ]{0,5})"
    r"[-_. /]+(?P<organ>[A-ZĐ][A-ZĐa-zđ0-9&]{0,20})(?![^\W\d_])"
)
_TEXT = 2_000


def of_subject(subject: str) -> Found:
    """Read a subject: a symbol that it names, and what it is about."""
    text = _ANSWERED.sub("", tidy(subject[:_TEXT]))
    found = _symbol(cited_in(text), "subject")
    about = _ABOUT.search(text)
    if about:
        found[FieldName.SUMMARY] = Field(tidy(about["what"]), "subject", _SUMMARY)
    return found


def of_cover(texts: Iterable[str]) -> Found:
    """Read the words of the mail itself: only a symbol that they name."""
    for text in texts:
        found = _symbol(cited_in(tidy(text[:_TEXT].replace("\n", " "))), "cover")
        if found:
            return found
    return {}


def of_name(name: str) -> Found:
    """Read the name of the main file."""
    match = _NAME.match(tidy(name))
    if match is None:
        return {}
    symbol = symbol_in(f"Số {match['num']}-{match['code']}/{match['organ']}")
    # Whether Party or State, a name without its slash does not say: the number alone is read.
    if symbol is None or symbol.number is None:
        return {}
    return {FieldName.NUMBER: Field(symbol.number, f"name:{name}", _SYMBOL)}


def _symbol(cited: list[Symbol], source: str) -> Found:
    """Take a symbol where the text names one and no other."""
    distinct = {symbol.text: symbol for symbol in cited if symbol.text}
    if len(distinct) != 1:
        return {}
    (symbol,) = distinct.values()
    values = {
        FieldName.NUMBER: symbol.number,
        FieldName.NOTATION: symbol.notation,
        FieldName.SYMBOL: symbol.text,
    }
    return {name: Field(value, source, _SYMBOL) for name, value in values.items() if value}
