"""What is said of a deadline names the document, the moment and what helps."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mailbridge.letters.due import LISTED, due, papers
from mailbridge.model.paper import PaperState, PaperTrack
from mailbridge.model.status import Warned
from tests.unit.letters.sample import DOCUMENT, NOW

LATE = replace(DOCUMENT, deadline=NOW + timedelta(days=1), handler="b@hungyen.gov.vn")


@pytest.mark.parametrize("said", [Warned.BEFORE, Warned.AT, Warned.HEAD])
def test_each_document_is_named_with_its_deadline(said: Warned) -> None:
    facts = due(said, (LATE,))
    assert "Số đến 431/2026: 125-CV/TU" in facts.lines[0]
    assert "03/03/2026" in facts.lines[0]
    assert facts.title.startswith("1 văn bản")


def test_the_head_learns_who_has_it_and_the_handler_needs_not() -> None:
    assert "b@hungyen.gov.vn" in due(Warned.HEAD, (LATE,)).lines[0]
    assert "b@hungyen.gov.vn" not in due(Warned.AT, (LATE,)).lines[0]


def test_a_long_list_is_cut_and_says_so() -> None:
    facts = due(Warned.HEAD, (LATE,) * (LISTED + 7))
    assert any("7 văn bản khác" in line for line in facts.lines)
    assert len(facts.lines) == LISTED + 2


def test_a_digest_names_late_paper_with_its_ground() -> None:
    until = NOW + timedelta(days=10)
    track = PaperTrack(
        1, "H28.02", 7, False, "", "8.1-TCBM", "nhân sự", PaperState.EXPECTED, NOW, until
    )
    (line,) = papers(((track, DOCUMENT),))
    for said in ("431/2026", "125-CV/TU", "02/03/2026", "12/03/2026", "8.1-TCBM: nhân sự"):
        assert said in line
