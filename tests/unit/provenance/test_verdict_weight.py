"""The verdict follows from findings and seals."""

from mailbridge.model.evidence import Verdict
from mailbridge.provenance.codes import Code
from mailbridge.provenance.verdict import decide
from mailbridge.provenance.words import finding


def test_a_fail_outweighs_what_was_not_checked() -> None:
    found = (finding(Code.NO_CHAIN), finding(Code.SEAL_BROKEN))
    verdict = decide(found, (), (), {}, origin_proven=True, something=True)
    assert verdict is Verdict.FAILED


def test_nothing_to_vouch_for_has_no_verdict() -> None:
    assert decide((), (), (), {}, origin_proven=False, something=False) is None
