"""Looks are warned of; only an imitated sender fails."""

from mailbridge.model.evidence import Level
from mailbridge.provenance.codes import Code
from mailbridge.provenance.words_of_appearance import OF_APPEARANCE


def test_only_an_imitated_sender_fails() -> None:
    failing = {code for code, (level, _, _) in OF_APPEARANCE.items() if level is Level.FAIL}
    assert failing == {Code.LOOK_ALIKE_SENDER}
