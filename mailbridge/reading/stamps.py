"""Dấu chỉ mức độ khẩn: a stamp is a line of its own in capitals (NĐ 30, PL I; Điều 11.5)."""

from collections.abc import Iterable

from mailbridge.model.reading import Urgency
from mailbridge.model.wording import fold

_FRAME = " \t|[](){}<>*-–—_=+.:•■□▪#\"'“”«»"
_STAMPS = {
    "khan": Urgency.URGENT,
    "thuongkhan": Urgency.VERY_URGENT,
    "hoatoc": Urgency.EXPRESS,
    "hoatochengio": Urgency.EXPRESS,
}
_LONGEST = 30


def urgency_in(lines: Iterable[str]) -> Urgency:
    """Find the highest stamp of urgency."""
    found = [level for line in lines if (level := _level(line)) is not None]
    return max(found, key=lambda one: one.rank, default=Urgency.NORMAL)


def _level(line: str) -> Urgency | None:
    text = line.strip(_FRAME)
    if len(text) > _LONGEST or not text.isupper():
        return None
    return _STAMPS.get("".join(fold(text).split()))
