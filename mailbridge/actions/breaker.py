"""The breaker: receipts leave no faster than servers and people would believe of an office.

A peer or a robot that makes us answer thousands of times gets few mails a minute, and what exceeds
even that stops every receipt for a while and calls a person. Nothing is lost: receipts stay owed,
and leave together (`registry/mailings`).
"""

from datetime import datetime, timedelta

from mailbridge.actions import owing
from mailbridge.actions.house import House
from mailbridge.letters import alerts_of_receipts
from mailbridge.registry import journal, mailboxes, receipt_rate
from mailbridge.registry.database import Transaction
from mailbridge.registry.receipt_rate import Held

# Under this name the pause is listed, and ended by a person (`mailbridge account resume`).
_SUBJECT = f"account:{mailboxes.RECEIPTS}"
_MINUTE = timedelta(seconds=60)
_WINDOW = timedelta(minutes=10)
# Urgent receipts are slowed so much later: a flood of mails that all call themselves urgent.
_URGENT = 4


def held(tx: Transaction, house: House, now: datetime) -> Held:
    """Tell which receipts wait now; opens and closes the breaker as it counts."""
    bounds = house.answering
    if _is_paused(tx, house, now):
        return Held(every=True)
    if not bounds.per_minute and not bounds.most:
        return Held()
    left = receipt_rate.left(tx, now - _MINUTE, now)
    # Who exceeds the bound of ten minutes exceeds its tenth in one of them.
    busy = bounds.most and sum(left.values()) * (_WINDOW // _MINUTE) >= bounds.most
    if busy and _opens(tx, house, now):
        return Held(every=True)
    if not bounds.per_minute:
        return Held()
    return Held(
        slow=tuple(to for to, mails in left.items() if mails >= bounds.per_minute),
        slower=tuple(to for to, mails in left.items() if mails >= bounds.per_minute * _URGENT),
    )


def _is_paused(tx: Transaction, house: House, now: datetime) -> bool:
    since = mailboxes.suspended_at(tx, mailboxes.RECEIPTS)
    if since is None:
        return False
    # A clock that was set back must not keep receipts for years.
    if timedelta() <= now - since < timedelta(minutes=house.answering.pause_minutes):
        return True
    mailboxes.resume(tx, mailboxes.RECEIPTS)
    journal.append(tx, journal.HOUSE, "resumed", _SUBJECT, {"who": "mailbridge"}, now)
    return False


def _opens(tx: Transaction, house: House, now: datetime) -> bool:
    """Count ten minutes, or since receipts were last let go; pause them when it is too much."""
    resumed = [
        # What leaves at that very moment counts.
        line.at - timedelta.resolution
        for line in journal.about(tx, journal.HOUSE, (_SUBJECT,))
        if line.event == "resumed" and line.at <= now
    ]
    left = receipt_rate.left(tx, max([now - _WINDOW, *resumed[-1:]]), now)
    count, bounds = sum(left.values()), house.answering
    if count <= bounds.most:
        return False
    until = now + timedelta(minutes=bounds.pause_minutes)
    mailboxes.suspend(tx, mailboxes.RECEIPTS, alerts_of_receipts.why(count, until), now)
    data = {"count": str(count), "most": str(bounds.most), "until": until.isoformat()}
    journal.append(tx, journal.HOUSE, "paused", _SUBJECT, data, now)
    facts = alerts_of_receipts.paused(left, until)
    for chancery in house.chanceries:
        cause = ("receipts-paused", chancery.code, now.isoformat())
        owing.tell(tx, house, owing.Alarm(chancery.mailboxes[0], cause, facts), now)
    return True
