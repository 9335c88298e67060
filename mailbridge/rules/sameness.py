"""The same thing again: duplicates, conflicts, and the signed original that follows a reference."""

from dataclasses import dataclass

from mailbridge.model.evidence import Verdict
from mailbridge.model.records import Known


@dataclass(frozen=True, slots=True)
class Same:
    """The same document: same key, same files."""

    ledger: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """The same number and date with other octets: re-issue or forgery, a person decides."""

    document: int


@dataclass(frozen=True, slots=True)
class Supersedes:
    """The signed original of what was known for reference only; it takes over the number."""

    document: int


@dataclass(frozen=True, slots=True)
class New:
    """Not seen before."""


def compare(
    files: frozenset[str], verdict: Verdict, known: tuple[Known, ...], *, key_complete: bool
) -> Same | Conflict | Supersedes | New:
    """Compare a document with similar ones, the earliest first (DESIGN section 3).

    `known` share agency, number, notation and date. Those with another date are no duplicates:
    the clerk is warned of them, and they are entered. What came on paper is no mail that the new
    one could be a duplicate of.
    """
    alike = [other for other in known if other.files == files]
    for other in alike:
        if other.ledger:
            return Same(other.ledger)
    if not known or not (key_complete or alike):
        return New()
    newest = known[-1]
    if verdict is Verdict.LEGAL and newest.verdict is Verdict.REFERENCE:
        return Supersedes(newest.document)
    return Conflict(newest.document)
