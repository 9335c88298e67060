"""Chase: what nobody has answered is reminded of, then called late, and then a person decides."""

from datetime import datetime, timedelta

from mailbridge.actions.exchanging import learn
from mailbridge.actions.house import Chancery, House
from mailbridge.actions.owing import Alarm, tell
from mailbridge.letters import alerts
from mailbridge.letters.reminders import Waiting, reminder
from mailbridge.model.exchange import ExchangeState, Fact, FactKind, Weight
from mailbridge.model.letter import DocumentFacts, Letter
from mailbridge.model.reading import Urgency
from mailbridge.model.sending import Exchange, TaskKind
from mailbridge.registry import exchanges, outbox, tasks_of_people
from mailbridge.registry.database import Transaction
from mailbridge.registry.tasks_of_people import Cause
from mailbridge.rules.answers import Chase, chase, next_deadline

# Of an office that was away for weeks, so many are chased in one round.
_AT_ONCE = 200
# What has not left by then is told to the clerk: Điều 6.3 counts from the signature.
_STUCK = timedelta(hours=1)
_STUCK_URGENT = timedelta(minutes=10)


def chase_answers(house: House, now: datetime) -> int:
    """Chase what is overdue at this moment; asked again, it does nothing twice. Says how many."""
    with house.database.transaction() as tx:
        return sum(
            _overdue(tx, house, chancery, now) + _stuck(tx, house, chancery, now)
            for chancery in house.chanceries
        )


def _overdue(tx: Transaction, house: House, chancery: Chancery, now: datetime) -> int:
    found = exchanges.unanswered(tx, chancery.code, now, _AT_ONCE)
    for exchange in found:
        sent = _sent(tx, exchange)
        due = chase(exchange.state, exchange.reminders, chancery.sending.reminders)
        if due is Chase.REMIND and sent is not None:
            _remind(tx, house, exchange, sent, now)
        elif due is Chase.WAIT and sent is not None:
            # Its time to answer begins anew; that it has not left is told by `_stuck`.
            exchanges.expect(tx, exchange.id, _until(house, sent, now))
        else:
            _call(tx, chancery, exchange, now)
    return len(found)


def _remind(tx: Transaction, house: House, exchange: Exchange, sent: Letter, now: datetime) -> None:
    facts = sent.facts
    if not isinstance(facts, DocumentFacts) or exchange.answer_by is None:
        return
    # It asks for an answer by a moment that is still to come.
    until = _until(house, sent, now)
    again = reminder(Waiting(sent, facts, until), house.secret, now, exchange.reminders + 1)
    outbox.owe(tx, again)
    exchanges.reminded(tx, exchange.id, until)


def _until(house: House, sent: Letter, now: datetime) -> datetime:
    regulation, facts = house.regulation, sent.facts
    urgency = facts.urgency if isinstance(facts, DocumentFacts) else Urgency.NORMAL
    return next_deadline(now, urgency, regulation.calendar, regulation.minutes)


def _call(tx: Transaction, chancery: Chancery, exchange: Exchange, now: datetime) -> None:
    """Call the recipient late, and a person: once, for no deadline is left."""
    at = exchange.answer_by or now
    learn(tx, exchange, "late", Fact(FactKind.LATE, at, Weight.OWN), None, now)
    exchanges.expect(tx, exchange.id, None)
    what = "chưa phản hồi về" if exchange.state is ExchangeState.SUBMITTED else "chưa nhận được"
    words = (
        f"{exchange.to.name} {what} văn bản đã gửi (sent:{exchange.document}), đã quá hạn. "
        "Liên hệ nơi nhận; nếu có căn cứ theo Điều 7.4 thì gửi bản giấy "
        f"(mailbridge exchange paper {exchange.id} --ground …)."
    )
    cause = Cause(
        exchange.office,
        TaskKind.SILENT,
        f"exchange:{exchange.id}:{at.isoformat()}",
        exchange.document,
        exchange.id,
    )
    tasks_of_people.open_(tx, cause, words, now, chancery.telling.clerk)


def _stuck(tx: Transaction, house: House, chancery: Chancery, now: datetime) -> int:
    """Tell the clerk what has not left: our own server is away, or our key."""
    waiting = exchanges.listed(tx, chancery.code, (ExchangeState.OWED,), _AT_ONCE)
    told = 0
    for exchange in waiting:
        sent = _sent(tx, exchange)
        limit = _STUCK_URGENT if sent is not None and sent.urgent else _STUCK
        if sent is None or now - exchange.owed_at < limit:
            continue
        facts = alerts.stuck(exchange.document, exchange.to.name, exchange.owed_at, sent.last_error)
        cause = ("stuck", str(exchange.document))
        tell(tx, house, Alarm(sent.mailbox, cause, facts), now)
        told += 1
    return told


def _sent(tx: Transaction, exchange: Exchange) -> Letter | None:
    letters = outbox.of_exchange(tx, exchange.id)
    return next((x for x in letters if isinstance(x.facts, DocumentFacts)), None)
