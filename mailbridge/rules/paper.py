"""Paper in parallel: which documents also go on paper (Điều 8), and which do not (Điều 5.2).

The list of Điều 8 ends with "…", so it is data, and a person may add a ground of his own.
"""

from dataclasses import dataclass
from fnmatch import fnmatchcase

from mailbridge.model.evidence import Verdict
from mailbridge.model.reading import FieldName, Reading
from mailbridge.rules.wording import folded, has_one_of


@dataclass(frozen=True, slots=True)
class PaperRule:
    """One kind of Điều 8; all that is given must fit. Of `words` one stands in the summary."""

    code: str
    # Verbatim words of the regulation, for whoever asks why.
    ground: str
    # Patterns of the issuing body in the symbol: "TU", or "?*TU" for a body of the province.
    bodies: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    # Words of which one stands among the addressees.
    addressees: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """Whether paper is expected, and on what ground."""

    expected: bool
    code: str = ""
    ground: str = ""


UNSIGNED = Paper(
    expected=True,
    code="5.2",
    ground="Văn bản điện tử không có chữ ký số nên vẫn phát hành bản giấy",
)


def paper(reading: Reading, verdict: Verdict, rules: tuple[PaperRule, ...]) -> Paper:
    """Tell whether the document also comes, or goes, on paper; the first kind that fits counts."""
    said = _Said.of(reading)
    for rule in rules:
        if _fits(rule, said):
            return Paper(expected=True, code=rule.code, ground=rule.ground)
    # Điều 5.2: beside a signed document there is no paper; an unsigned one still owes its own.
    return Paper(expected=False) if verdict is Verdict.LEGAL else UNSIGNED


@dataclass(frozen=True, slots=True)
class _Said:
    """What the rules ask of a document, looked up once for all of them."""

    symbol: str | None
    type: str | None
    summary: str
    addressees: str

    @classmethod
    def of(cls, reading: Reading) -> "_Said":
        named = map(reading.value, (FieldName.ADDRESSEES, FieldName.RECIPIENTS))
        return cls(
            reading.value(FieldName.SYMBOL),
            reading.value(FieldName.TYPE),
            reading.value(FieldName.SUMMARY) or "",
            "; ".join(filter(None, named)),
        )


def _fits(rule: PaperRule, said: _Said) -> bool:
    return (
        _one_of_bodies(rule.bodies, said.symbol)
        and _one_of_types(rule.types, said.type)
        and (not rule.words or has_one_of(said.summary, rule.words))
        and (not rule.addressees or has_one_of(said.addressees, rule.addressees))
    )


def _one_of_bodies(bodies: tuple[str, ...], symbol: str | None) -> bool:
    if not bodies:
        return True
    body = (symbol or "").replace("-", "/").rpartition("/")[2]
    return bool(body) and any(fnmatchcase(body, pattern) for pattern in bodies)


def _one_of_types(types: tuple[str, ...], read: str | None) -> bool:
    return not types or (read is not None and folded(read) in {folded(one) for one in types})
