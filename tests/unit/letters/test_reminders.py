"""Each round of a reminder is a letter of its own; an early warning is one letter for all."""

import email
from dataclasses import replace
from datetime import timedelta
from email import policy
from pathlib import Path

import pytest

from mailbridge.letters.compose import compose
from mailbridge.letters.reminders import Waiting, early, reminder
from mailbridge.letters.subjects import subject
from mailbridge.model.letter import Letter, LetterKind, ReminderFacts, ReminderStage
from tests.unit.letters.sample import NOW, SECRET, SENDER
from tests.unit.letters.sent import DOCUMENT, letter

SENT = letter(LetterKind.DOCUMENT, exchange=7, document=3)
OTHER = Waiting(
    replace(SENT, id="mb." + "b" * 52, exchange=8),
    replace(DOCUMENT, symbol="13-CV/HU", summary="về việc khác"),
    NOW + timedelta(hours=1),
    "432/2026",
)
ONE = Waiting(SENT, DOCUMENT, NOW + timedelta(hours=2))


def _text(made: Letter) -> str:
    octets = compose((made,), SENDER, Path).octets
    body = email.message_from_bytes(octets, policy=policy.default).get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def test_a_round_is_a_letter_and_a_retry_is_not() -> None:
    waiting = Waiting(SENT, DOCUMENT, NOW)
    made = [reminder(waiting, SECRET, NOW, n) for n in (1, 1, 2)]
    assert made[0] == made[1]
    assert made[0].id != made[2].id
    assert made[0].to == SENT.to


@pytest.mark.parametrize("stage", [ReminderStage.ANSWER_SOON, ReminderStage.HANDLE_SOON])
def test_an_early_warning_names_every_document_and_answers_every_mail(
    stage: ReminderStage,
) -> None:
    made = early((ONE, OTHER), stage, SECRET, NOW)
    said = _text(made)
    assert all(symbol in said for symbol in ("12-CV/HU", "13-CV/HU"))
    assert "sắp đến" in said
    mail = email.message_from_bytes(compose((made,), SENDER, Path).octets, policy=policy.default)
    assert all(one.sent.id in mail["References"] for one in (ONE, OTHER))
    assert mail["Auto-Submitted"] == "auto-generated"


def test_an_early_warning_of_several_belongs_to_no_exchange() -> None:
    alone = early((ONE,), ReminderStage.ANSWER_SOON, SECRET, NOW)
    assert (alone.exchange, alone.document) == (7, 3)
    several = early((ONE, OTHER), ReminderStage.ANSWER_SOON, SECRET, NOW)
    assert (several.exchange, several.document) == (None, None)


def test_each_stage_and_deadline_is_a_letter_of_its_own_and_a_retry_is_not() -> None:
    later = replace(ONE, due=ONE.due + timedelta(days=1))
    names = {
        early((one,), stage, SECRET, NOW).id
        for one in (ONE, later, ONE)
        for stage in (ReminderStage.ANSWER_SOON, ReminderStage.HANDLE_SOON)
    }
    assert len(names) == 4


def test_the_subject_says_what_is_due_and_until_when() -> None:
    alone = early((ONE,), ReminderStage.ANSWER_SOON, SECRET, NOW)
    assert subject((alone,)) == "Sắp đến hạn phản hồi văn bản 12-CV/HU: 02/03/2026 10:14"
    several = early((ONE, OTHER), ReminderStage.ANSWER_SOON, SECRET, NOW)
    # The nearest deadline of all.
    assert subject((several,)) == ("Sắp đến hạn phản hồi 2 văn bản (12-CV/HU, …): 02/03/2026 09:14")
    handled = early((ONE,), ReminderStage.HANDLE_SOON, SECRET, NOW)
    assert subject((handled,)) == "Sắp đến hạn xử lý văn bản 12-CV/HU: 02/03/2026"


def test_a_handling_warning_names_the_recipient_s_own_number() -> None:
    assert "432/2026" in _text(early((OTHER,), ReminderStage.HANDLE_SOON, SECRET, NOW))


def test_what_must_be_locked_is_locked_here_too() -> None:
    locked = replace(ONE, facts=replace(DOCUMENT, encrypt=True))
    facts = early((locked,), ReminderStage.ANSWER_SOON, SECRET, NOW).facts
    assert isinstance(facts, ReminderFacts)
    assert facts.encrypt
