"""The verdict follows from findings and seals; an empty proof never passes."""

import pytest

from mailbridge.model.evidence import Finding, Level, Verdict
from mailbridge.provenance.verdict import decide


def verdict(*levels: Level, origin: bool = False, something: bool = True) -> Verdict | None:
    findings = tuple(Finding("x", level, "", "") for level in levels)
    return decide(findings, (), (), {}, origin_proven=origin, something=something)


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ((), Verdict.UNDETERMINED),
        ((Level.OK, Level.NOTE, Level.WARN), Verdict.UNDETERMINED),
        ((Level.UNCHECKED, Level.OK), Verdict.UNDETERMINED),
        ((Level.FAIL, Level.UNCHECKED, Level.OK), Verdict.FAILED),
    ],
)
def test_the_weakest_decides(levels: tuple[Level, ...], expected: Verdict) -> None:
    assert verdict(*levels) is expected


def test_a_proven_origin_alone_is_reference() -> None:
    assert verdict(Level.OK, origin=True) is Verdict.REFERENCE


def test_nothing_to_vouch_for_has_no_verdict() -> None:
    assert verdict(something=False) is None
