"""The same thing again is told from a conflict and from the signed original."""

from mailbridge.model.evidence import Verdict
from mailbridge.model.records import Known
from mailbridge.rules.sameness import Conflict, New, Same, Supersedes, compare

FILES = frozenset({"a"})
REFERENCE = Known(1, 10, Verdict.REFERENCE, frozenset({"b"}))
LEGAL = Known(2, 20, Verdict.LEGAL, frozenset({"b"}))


def test_nothing_known_is_new() -> None:
    assert compare(FILES, Verdict.LEGAL, (), key_complete=True) == New()


def test_the_same_files_are_the_same_document() -> None:
    known = Known(3, 30, Verdict.LEGAL, FILES)
    assert compare(FILES, Verdict.LEGAL, (LEGAL, known), key_complete=True) == Same(30)


def test_other_octets_under_the_same_number_are_a_conflict() -> None:
    assert compare(FILES, Verdict.LEGAL, (LEGAL,), key_complete=True) == Conflict(2)
    assert compare(FILES, Verdict.REFERENCE, (REFERENCE,), key_complete=True) == Conflict(1)


def test_the_signed_original_supersedes_the_reference() -> None:
    assert compare(FILES, Verdict.LEGAL, (REFERENCE,), key_complete=True) == Supersedes(1)


def test_without_a_number_other_files_are_new() -> None:
    assert compare(FILES, Verdict.LEGAL, (LEGAL,), key_complete=False) == New()
