"""Silent recipients are warned once before their time is over, each in one letter."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from mailbridge.actions.chase import chase_answers
from mailbridge.actions.exchanging import learn, posted
from mailbridge.actions.house import House
from mailbridge.actions.send import send
from mailbridge.actions.warn_early import warn_early
from mailbridge.clock import in_vietnam
from mailbridge.model.exchange import Fact, FactKind, Weight
from mailbridge.model.letter import Letter, LetterKind, ReminderFacts, ReminderStage
from mailbridge.model.reading import Urgency
from mailbridge.model.sending import Exchange, Sent
from mailbridge.registry import exchanges, outbox
from mailbridge.rules.early import Early
from tests.unit.actions.drafts import NEIGHBOUR, NOW, drafted, printed, signed

HOUR = timedelta(hours=1)
MORNING = in_vietnam(NOW).replace(hour=8, minute=0)
EARLY = Early(HOUR, timedelta(minutes=15), 2)
Submit = Callable[..., Exchange]


@pytest.fixture
def warning(house: House) -> House:
    """An office that warns."""
    return _with(house, EARLY)


def _with(house: House, early: Early) -> House:
    asked = tuple(
        replace(one, sending=replace(one.sending, early=early)) for one in house.chanceries
    )
    return replace(house, chanceries=asked)


@pytest.fixture
def submit(house: House, tmp_path: Path) -> Submit:
    """Let a document leave in the morning; gives its exchange."""

    def leave(number: str = "1", **more: object) -> Exchange:
        paper = signed(printed(number, f"về việc thử {number}"))
        draft = drafted(house, tmp_path, paper, f"{number}.pdf", **more)
        done = send(house, draft, "An", MORNING)
        assert isinstance(done, Sent)
        with house.database.transaction() as tx:
            (exchange,) = exchanges.of_document(tx, done.document)
            (letter,) = outbox.of_exchange(tx, exchange.id)
            outbox.sent(tx, (letter.id,), MORNING)
            posted(tx, letter, FactKind.SUBMITTED, "", MORNING)
        return _now(house, exchange)

    return leave


def _now(house: House, exchange: Exchange) -> Exchange:
    with house.database.reading() as tx:
        found = exchanges.get(tx, exchange.id)
    assert found is not None
    return found


def _soon(exchange: Exchange) -> datetime:
    assert exchange.answer_by is not None
    return exchange.answer_by - timedelta(minutes=50)


def _owed(house: House) -> list[Letter]:
    with house.database.reading() as tx:
        found = [one for one in outbox.letters(tx) if one.kind is LetterKind.REMINDER]
    return list(reversed(found))


def _stages(house: House) -> list[ReminderStage]:
    return [x.facts.stage for x in _owed(house) if isinstance(x.facts, ReminderFacts)]


def test_who_is_silent_is_warned_once_and_then_reminded(warning: House, submit: Submit) -> None:
    one = submit()
    assert warn_early(warning, MORNING + HOUR) == 0
    assert warn_early(warning, _soon(one)) == 1
    assert warn_early(warning, _soon(one) + timedelta(minutes=1)) == 0
    assert _now(warning, one).answer_warned_at == _soon(one)
    assert one.answer_by is not None
    chase_answers(warning, one.answer_by + HOUR)
    # The day that a reminder gives more is asked for by the next reminder, and by nothing before.
    again = _now(warning, one)
    warn_early(warning, _soon(again))
    assert _stages(warning) == [ReminderStage.ANSWER_SOON, ReminderStage.OVERDUE]


def test_several_documents_to_one_recipient_are_one_letter(warning: House, submit: Submit) -> None:
    every = [submit(str(number)) for number in (1, 2, 3)]
    assert warn_early(warning, _soon(every[0])) == 1
    (letter,) = _owed(warning)
    assert letter.to == every[0].to.address
    assert isinstance(letter.facts, ReminderFacts)
    named = [letter.facts.symbol, *(one.symbol for one in letter.facts.also)]
    assert named == [f"{number}-CV/ĐU" for number in (1, 2, 3)]
    assert all(_now(warning, one).answer_warned_at for one in every)


@pytest.mark.parametrize(
    "fact", [FactKind.ARRIVED, FactKind.REFUSED, FactKind.BOUNCED, FactKind.RECALL_ASKED]
)
def test_who_answered_or_never_got_it_or_lost_it_is_not_warned(
    warning: House, submit: Submit, fact: FactKind
) -> None:
    one = submit()
    with warning.database.transaction() as tx:
        later = MORNING + timedelta(minutes=5)
        learn(tx, one, "f", Fact(fact, later, Weight.PROVEN, 1), None, later)
    assert warn_early(warning, _soon(one)) == 0


def test_what_has_not_left_warns_nobody(warning: House, tmp_path: Path) -> None:
    done = send(warning, drafted(warning, tmp_path, signed(printed())), "An", MORNING)
    assert isinstance(done, Sent)
    with warning.database.reading() as tx:
        (owed,) = exchanges.of_document(tx, done.document)
    assert warn_early(warning, _soon(owed)) == 0


def test_a_warning_changes_nothing_of_where_an_exchange_stands(
    warning: House, submit: Submit
) -> None:
    before = submit()
    warn_early(warning, _soon(before))
    after = _now(warning, before)
    assert replace(after, answer_warned_at=None) == before
    with warning.database.reading() as tx:
        assert [one.kind for one in exchanges.facts(tx, before.id)] == [FactKind.SUBMITTED]


def test_nobody_is_warned_who_is_spared_or_where_it_is_not_wanted(
    house: House, submit: Submit
) -> None:
    one = submit()
    assert warn_early(house, _soon(one)) == 0
    spared = replace(EARLY, spared=frozenset({NEIGHBOUR.code.lower()}))
    assert warn_early(_with(house, spared), _soon(one)) == 0


def test_an_urgent_document_is_warned_of_apart_and_as_urgent(
    warning: House, submit: Submit
) -> None:
    one = submit(urgency=Urgency.URGENT)
    assert one.answer_by is not None
    assert warn_early(warning, one.answer_by - timedelta(minutes=14)) == 1
    (letter,) = _owed(warning)
    assert letter.urgent


def test_handling_is_asked_for_of_who_entered_it(warning: House, submit: Submit) -> None:
    calendar = warning.regulation.calendar
    due = calendar.after_working_days(MORNING.date(), 6)
    one = submit(due=due)
    near = calendar.beginning_of_day(calendar.before_working_days(due, 2))
    with warning.database.transaction() as tx:
        came = Fact(FactKind.REGISTERED, MORNING, Weight.PROVEN, 1, "431/2026")
        learn(tx, one, "r", came, None, MORNING)
    assert warn_early(warning, near) == 1
    assert warn_early(warning, near + HOUR) == 0
    (letter,) = _owed(warning)
    assert isinstance(letter.facts, ReminderFacts)
    assert (letter.facts.stage, letter.facts.number) == (ReminderStage.HANDLE_SOON, "431/2026")
    with warning.database.transaction() as tx:
        learn(tx, one, "d", Fact(FactKind.DONE, near, Weight.PROVEN, 2), None, near)
