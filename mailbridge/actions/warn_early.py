"""Warn early: a recipient hears once that its time is over soon, in one letter for all of it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from mailbridge.actions.house import Chancery, House
from mailbridge.letters.reminders import Waiting, early
from mailbridge.model.letter import DocumentFacts, ReminderStage
from mailbridge.model.sending import Exchange
from mailbridge.registry import due_soon, outbox
from mailbridge.registry.database import Transaction
from mailbridge.rules.early import answer_is_near, handled_until, handling_is_near

# A letter that names more is not read; the others are named in the next.
_IN_ONE = 20
# Of an office that sends to hundreds, so many are warned in one round.
_AT_ONCE = 200


def warn_early(house: House, now: datetime) -> int:
    """Owe each warning that is due; asked again, it owes none twice. Says how many letters."""
    asked = [one for one in house.chanceries if one.sending.early.is_wanted]
    if not asked:
        return 0
    with house.database.transaction() as tx:
        return sum(_answers(tx, house, one, now) + _handlings(tx, house, one, now) for one in asked)


def _answers(tx: Transaction, house: House, chancery: Chancery, now: datetime) -> int:
    rule, calendar = chancery.sending.early, house.regulation.calendar
    found = due_soon.answers(tx, chancery.code, now, now + rule.longest)
    left = due_soon.left(tx, [one.id for one in found])
    near = []
    for one in found:
        if one.answer_by is None or one.id not in left or rule.spares(one.to.agency):
            continue
        at, urgent = left[one.id]
        if answer_is_near(rule, at, one.answer_by, now, calendar, urgent=urgent):
            near.append(one)
    return _owe(tx, house, near[:_AT_ONCE], ReminderStage.ANSWER_SOON, now)


def _handlings(tx: Transaction, house: House, chancery: Chancery, now: datetime) -> int:
    rule, calendar = chancery.sending.early, house.regulation.calendar
    if not rule.handling_days:
        return 0
    until = handled_until(rule, now, calendar)
    found = due_soon.handlings(tx, chancery.code, now, until)
    left = due_soon.left(tx, [one.id for one in found])
    near = [
        one
        for one in found
        if one.handle_by is not None
        and one.id in left
        and not rule.spares(one.to.agency)
        and handling_is_near(rule, left[one.id][0], one.handle_by, now, calendar)
    ]
    return _owe(tx, house, near[:_AT_ONCE], ReminderStage.HANDLE_SOON, now)


def _owe(
    tx: Transaction, house: House, near: Sequence[Exchange], stage: ReminderStage, now: datetime
) -> int:
    """Write one letter to each recipient, and that they were warned."""
    handling = stage is ReminderStage.HANDLE_SOON
    together: dict[tuple[str, str, bool, bool], list[Waiting]] = defaultdict(list)
    for one in near:
        waiting = _waiting(tx, one, handling=handling)
        if waiting is not None:
            sent, facts = waiting.sent, waiting.facts
            # What must be locked never shares a letter with what need not be.
            together[sent.mailbox, sent.to, sent.urgent, facts.encrypt].append(waiting)
    letters = [
        early(every[at : at + _IN_ONE], stage, house.secret, now)
        for every in together.values()
        for at in range(0, len(every), _IN_ONE)
    ]
    for letter in letters:
        outbox.owe(tx, letter)
    due_soon.warned(tx, [one.id for one in near], now, handling=handling)
    return len(letters)


def _waiting(tx: Transaction, exchange: Exchange, *, handling: bool) -> Waiting | None:
    due = exchange.handle_by if handling else exchange.answer_by
    letters = outbox.of_exchange(tx, exchange.id)
    for sent in letters:
        if isinstance(sent.facts, DocumentFacts) and due is not None:
            return Waiting(sent, sent.facts, due, exchange.number)
    return None
