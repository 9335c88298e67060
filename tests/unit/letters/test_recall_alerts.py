"""Our own people read what to do about a recall, and nothing of the content."""

from datetime import timedelta

import pytest

from mailbridge.letters.recall_alerts import doubtful, overdue, withheld
from mailbridge.model.letter import AlertFacts
from mailbridge.model.reading import FieldName
from mailbridge.model.recall import Claim, Recall, RecallState, Strength
from tests.unit.letters.sample import DOCUMENT, NOW, TO

CLAIM = Claim("r", TO.agency, "125-CV/TU", "2026-03-01", reason="ban hành nhầm")
RECALL = Recall(
    1,
    "H28.02",
    9,
    CLAIM,
    TO.address,
    Strength.SEAL,
    RecallState.WITHHELD,
    NOW,
    DOCUMENT.id,
    NOW + timedelta(hours=24),
)


def test_whoever_has_the_document_reads_that_it_must_go_although_he_works_on_it() -> None:
    told = withheld(DOCUMENT, RECALL)
    assert "125-CV/TU, số đến 431/2026" in told.title
    said = "\n".join(told.lines)
    assert "ban hành nhầm" in said
    assert "kể cả khi đang xử lý" in said
    assert "03/03/2026" in said


@pytest.mark.parametrize(
    "told", [withheld(DOCUMENT, RECALL), overdue(DOCUMENT, RECALL), doubtful(3, "a@x", "b", NOW)]
)
def test_no_alert_quotes_what_the_document_says(told: AlertFacts) -> None:
    summary = DOCUMENT.reading.value(FieldName.SUMMARY)
    assert summary
    assert summary not in told.title + "".join(told.lines)
    assert told.command


def test_what_is_overdue_names_the_command_that_destroys_it() -> None:
    assert overdue(DOCUMENT, RECALL).command == "mailbridge recall destroy 431/2026"
