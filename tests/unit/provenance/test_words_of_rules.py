"""Findings of the rules: each has words, and none weighs enough to lower a verdict."""

from mailbridge.model.evidence import Level
from mailbridge.provenance.words_of_rules import OF_RULES


def test_no_rule_of_form_or_channel_fails_a_document() -> None:
    assert {level for level, _, _ in OF_RULES.values()} <= {Level.NOTE, Level.WARN}
    assert all(cites.startswith("Điều ") for _, cites, _ in OF_RULES.values())
