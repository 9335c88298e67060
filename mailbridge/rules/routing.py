"""Whom a document is passed on to (Điều 5.2)."""

from collections.abc import Iterable
from dataclasses import dataclass

from mailbridge.model.reading import FieldName, Reading
from mailbridge.rules.wording import folded, has_words


@dataclass(frozen=True, slots=True)
class Route:
    """All that is given must fit; `words` fit when one of them stands in the summary."""

    to: str
    sender: str | None = None
    type: str | None = None
    words: tuple[str, ...] = ()


def route(
    routes: tuple[Route, ...], reading: Reading, sender: str, default: str
) -> tuple[str, str]:
    """Give the handler and, in Vietnamese, why; the first route that fits decides."""
    for candidate in routes:
        fitting = _fits(candidate, reading, sender)
        if fitting is not None:
            return candidate.to, fitting
    return default, "Không có quy tắc phân chuyển nào phù hợp; văn thư xử lý."


def _fits(candidate: Route, reading: Reading, sender: str) -> str | None:
    why = []
    if candidate.sender is not None:
        if candidate.sender.lower() != sender.lower():
            return None
        why.append(f"nơi gửi {sender}")
    if candidate.type is not None:
        if folded(candidate.type) != folded(reading.value(FieldName.TYPE) or ""):
            return None
        why.append(f"thể loại {candidate.type}")
    if candidate.words:
        summary = reading.value(FieldName.SUMMARY) or ""
        found = next((words for words in candidate.words if has_words(summary, words)), None)
        if found is None:
            return None
        why.append(f"trích yếu có “{found}”")
    return "Theo quy tắc phân chuyển: " + (", ".join(why) or "mọi văn bản") + "."


def may_be_given(person: str, known: Iterable[str], domains: Iterable[str]) -> bool:
    """Tell whether a document may go to that address: one of our people, or of an allowed domain.

    Điều 3.8: a slip of the keyboard must not carry a document out of the official mail.
    """
    local, _, domain = person.strip().lower().rpartition("@")
    named = {one.lower() for one in known}
    return bool(local) and (person.strip().lower() in named or domain in set(domains))
