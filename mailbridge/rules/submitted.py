"""What a person says in the words of a mail by which he submits a document.

Lines at its beginning, one for each wish, as people write them: "Hạn: 30/11/2026". The first line
that is none ends them; quoted text and signatures below are never read.
"""

import re
from dataclasses import dataclass, replace
from datetime import date

from mailbridge.model.reading import FieldName, Urgency
from mailbridge.model.sending import NumberWish
from mailbridge.rules.said import day, urgency
from mailbridge.rules.wording import folded

_LINE = re.compile(r"\s*([^:\n]{2,30}?)\s*:\s*(.*\S)\s*")
# Wishes stand at the beginning: who writes a letter of pages means none of them.
_LINES = 20


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was asked for."""

    # Why mail is used (Điều 5.3), and why warnings are overruled.
    ground: str = ""
    overrule: str = ""
    due: date | None = None
    urgency: Urgency | None = None
    number: NumberWish = NumberWish.NEXT
    encrypt: bool = False
    # What the person says of the document, as it is written there.
    fields: tuple[tuple[FieldName, str], ...] = ()
    # Lines that look like a wish and say nothing that is known: told, and never guessed.
    odd: tuple[str, ...] = ()


def wishes(text: str) -> Wishes:
    """Read the wishes at the beginning of a mail's words."""
    found = Wishes()
    for line in text.splitlines()[:_LINES]:
        if not line.strip():
            continue
        match = _LINE.fullmatch(line)
        key = folded(match[1]) if match else ""
        if match is None or key not in _KEYS:
            break
        found = _taken(found, key, match[2], line.strip())
    return found


def _taken(found: Wishes, key: str, said: str, line: str) -> Wishes:
    match _KEYS[key]:
        case "ground":
            taken = replace(found, ground=said)
        case "overrule":
            taken = replace(found, overrule=said)
        case "due":
            taken = replace(found, due=day(said))
        case "urgency":
            taken = replace(found, urgency=urgency(said))
        case "number":
            taken = replace(found, number=_NUMBERS.get(folded(said), found.number))
        case FieldName.DATE:
            issued = day(said)
            told = ((FieldName.DATE, issued.isoformat()),) if issued else ()
            taken = replace(found, fields=(*found.fields, *told))
        case FieldName() as name:
            taken = replace(found, fields=(*found.fields, (name, said)))
        case _:
            taken = replace(found, encrypt=folded(said) == "co")
    # What changed nothing was not understood.
    return taken if taken != found else replace(found, odd=(*found.odd, line))


_NUMBERS = {"da co": NumberWish.PRINTED, "he thong khac": NumberWish.PRINTED}
_KEYS = {
    "ly do gui qua thu": "ground",
    "ly do": "ground",
    "van gui": "overrule",
    "han": "due",
    "han xu ly": "due",
    "thoi han": "due",
    "muc do khan": "urgency",
    "do khan": "urgency",
    "so": "number",
    "ma hoa": "encrypt",
    "ngay": FieldName.DATE,
    "ngay ban hanh": FieldName.DATE,
    "trich yeu": FieldName.SUMMARY,
    "so ky hieu": FieldName.SYMBOL,
    "so va ky hieu": FieldName.SYMBOL,
    "loai van ban": FieldName.TYPE,
    "nguoi ky": FieldName.SIGNER,
}
