"""Every outcome, verdict, reason and state has a word that people read."""

from mailbridge.cli import words
from mailbridge.model.errors import Reason
from mailbridge.model.evidence import Verdict
from mailbridge.model.letter import LetterState
from mailbridge.model.outcome import OutcomeName
from mailbridge.model.records import ChangeKind


def test_nothing_is_shown_as_a_code() -> None:
    assert set(words.OUTCOMES) == set(OutcomeName)
    assert set(words.VERDICTS) == set(Verdict)
    assert set(words.REASONS) == set(Reason)
    assert set(words.LETTERS) == set(LetterState)
    assert set(words.CHANGES) == set(ChangeKind)
