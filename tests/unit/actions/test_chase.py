"""Silence is reminded of, then called late, and then a person decides: each once."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from mailbridge.actions.chase import chase_answers
from mailbridge.actions.exchanging import learn, posted
from mailbridge.actions.house import House
from mailbridge.actions.send import send
from mailbridge.model.exchange import Fact, FactKind, Weight
from mailbridge.model.letter import AlertFacts, LetterKind, ReminderFacts
from mailbridge.model.sending import Exchange, Sent, TaskKind
from mailbridge.registry import exchanges, outbox, tasks_of_people
from tests.unit.actions.drafts import NOW, OWN, drafted, printed, signed


@pytest.fixture
def submitted(house: House, tmp_path: Path) -> Exchange:
    done = send(house, drafted(house, tmp_path, signed(printed())), "An", NOW)
    assert isinstance(done, Sent)
    with house.database.transaction() as tx:
        letter = outbox.letters(tx)[0]
        outbox.sent(tx, (letter.id,), NOW)
        posted(tx, letter, FactKind.SUBMITTED, "", NOW)
        (exchange,) = exchanges.of_document(tx, done.document)
    return exchange


def _now(house: House, exchange: Exchange) -> Exchange:
    with house.database.reading() as tx:
        found = exchanges.get(tx, exchange.id)
    assert found is not None
    return found


def _due(exchange: Exchange) -> datetime:
    assert exchange.answer_by is not None
    return exchange.answer_by + timedelta(minutes=1)


def _reminders(house: House) -> list[ReminderFacts]:
    with house.database.reading() as tx:
        facts = [x.facts for x in outbox.letters(tx) if x.kind is LetterKind.REMINDER]
    return [x for x in facts if isinstance(x, ReminderFacts)]


def test_before_the_deadline_nobody_is_asked(house: House, submitted: Exchange) -> None:
    chase_answers(house, NOW + timedelta(minutes=1))
    assert _reminders(house) == []
    assert _now(house, submitted) == submitted


def test_two_reminders_then_a_person(house: House, submitted: Exchange) -> None:
    for count in (1, 2):
        at = _due(_now(house, submitted))
        chase_answers(house, at)
        chase_answers(house, at)
        assert len(_reminders(house)) == count
        assert not _now(house, submitted).is_late
    at = _due(_now(house, submitted))
    chase_answers(house, at)
    chase_answers(house, at + timedelta(days=9))
    late = _now(house, submitted)
    assert (late.is_late, late.answer_by, late.reminders) == (True, None, 2)
    assert len(_reminders(house)) == 2
    with house.database.reading() as tx:
        (task,) = tasks_of_people.undone(tx, OWN.code)
    assert (task.kind, task.exchange) == (TaskKind.SILENT, submitted.id)


def test_who_was_reminded_is_overdue_and_asked_for_a_moment_that_is_to_come(
    house: House, submitted: Exchange
) -> None:
    at = _due(submitted)
    chase_answers(house, at)
    (facts,) = _reminders(house)
    assert facts.due > at
    reminded = _now(house, submitted)
    assert (reminded.is_overdue, reminded.is_late, reminded.answer_by) == (True, False, facts.due)
    with house.database.reading() as tx:
        assert exchanges.listed(tx, OWN.code, late=True) == (reminded,)
    with house.database.transaction() as tx:
        learn(tx, reminded, "r1", Fact(FactKind.ARRIVED, at, Weight.PROVEN, 1), None, at)
    assert not _now(house, submitted).is_overdue
    with house.database.reading() as tx:
        assert exchanges.listed(tx, OWN.code, late=True) == ()


def test_an_answer_ends_the_chase(house: House, submitted: Exchange) -> None:
    with house.database.transaction() as tx:
        learn(tx, submitted, "r1", Fact(FactKind.ARRIVED, NOW, Weight.PROVEN, 1), None, NOW)
    chase_answers(house, NOW + timedelta(days=30))
    assert _reminders(house) == []


def test_a_reminder_names_the_document_and_answers_its_mail(
    house: House, submitted: Exchange
) -> None:
    chase_answers(house, _due(submitted))
    (facts,) = _reminders(house)
    assert (facts.symbol, facts.round) == ("1-CV/ĐU", 1)
    assert facts.message_id.startswith("mb.")


def test_what_has_not_left_is_told_to_the_clerk_once(house: House, tmp_path: Path) -> None:
    send(house, drafted(house, tmp_path, signed(printed())), "An", NOW)
    for hours in (0, 2, 3):
        chase_answers(house, NOW + timedelta(hours=hours))
    with house.database.reading() as tx:
        told = [x.facts for x in outbox.letters(tx) if x.kind is LetterKind.ALERT]
    assert [isinstance(x, AlertFacts) and "chưa gửi được" in x.title for x in told] == [True]


def test_what_has_not_left_is_not_called_silent_and_is_chased_once_it_has(
    house: House, tmp_path: Path
) -> None:
    done = send(house, drafted(house, tmp_path, signed(printed())), "An", NOW)
    assert isinstance(done, Sent)
    with house.database.reading() as tx:
        (owed,) = exchanges.of_document(tx, done.document)
    late = _due(owed)
    chase_answers(house, late)
    waits = _now(house, owed)
    assert (waits.is_late, waits.reminders) == (False, 0)
    assert _due(waits) > late
    with house.database.transaction() as tx:
        assert tasks_of_people.undone(tx, OWN.code) == ()
        posted(tx, outbox.letters(tx)[-1], FactKind.SUBMITTED, "", late)
    chase_answers(house, _due(waits))
    assert len(_reminders(house)) == 1
