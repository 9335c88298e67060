"""Digest: which editions are due and not yet owed is asked of the register, and each is owed once.

A service that slept for days owes the newest one alone, which tells since the last that was sent.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from mailbridge.actions.gathering import Desk, Keys, gather
from mailbridge.actions.house import House
from mailbridge.letters.digests import digest as letter
from mailbridge.letters.digests import facts, letter_id
from mailbridge.letters.reply_codes import codes
from mailbridge.model.digested import Material
from mailbridge.model.letter import DigestFacts
from mailbridge.registry import digested, journal, outbox
from mailbridge.registry.database import Transaction
from mailbridge.rules.answerable import Hold, hold
from mailbridge.rules.digests import Edition, Issue, newest, since

# What was being examined when the last digest was made bears an earlier moment than it, and was not
# in it: told twice is better than never.
_OVERLAP = timedelta(minutes=10)


def digest(house: House, keys: Keys, now: datetime) -> int:
    """Owe every digest that is due and was not owed yet; says how many."""
    desks = (
        Desk(chancery, reader, keys, now)
        for chancery in house.chanceries
        for reader in chancery.digests.readers
    )
    return sum(_owe(house, desk) for desk in desks)


def preview(tx: Transaction, house: House, desk: Desk, edition: Edition) -> DigestFacts:
    """Write what the digest would say at this moment; nothing is owed."""
    issue = newest(desk.chancery.digests, desk.reader, house.regulation.calendar, desk.now)
    begun = _begun(tx, desk)
    begins = since(issue, begun) if issue and begun else desk.now
    return _facts(tx, house, desk, begins, edition)


def _owe(house: House, desk: Desk) -> bool:
    """Gather while others write, and write what was gathered; false where none is due."""
    issue = newest(desk.chancery.digests, desk.reader, house.regulation.calendar, desk.now)
    if issue is None:
        return False
    name = _name(house, desk, issue)
    with house.database.reading() as tx:
        made = None if outbox.get(tx, name) else _due(tx, house, desk, issue, name)
    if made is None:
        return False
    chancery, to = desk.chancery, desk.reader.to
    with house.database.transaction() as tx:
        outbox.owe(tx, letter(made, name, to, chancery.sending.mailbox))
        data = {"edition": issue.edition.value, "to": to}
        day = f"day:{issue.day.isoformat()}"
        journal.append(tx, chancery.code, "digest-owed", day, data, desk.now)
    return True


def _due(tx: Transaction, house: House, desk: Desk, issue: Issue, name: str) -> DigestFacts | None:
    begun = _begun(tx, desk)
    if begun is None or issue.at < begun:
        return None
    return _facts(tx, house, desk, since(issue, begun), issue.edition, name)


def _begun(tx: Transaction, desk: Desk) -> datetime | None:
    """Tell up to when a person knows everything: the last digest, or when we began to watch."""
    boxes = desk.chancery.mailboxes
    told = digested.told_at(tx, desk.reader.to, boxes)
    return told - _OVERLAP if told else digested.watched_since(tx, boxes)


def _facts(
    tx: Transaction,
    house: House,
    desk: Desk,
    begins: datetime,
    edition: Edition,
    name: str | None = None,
) -> DigestFacts:
    """Write what is told; a letter that has a name may be answered."""
    material = gather(tx, desk, begins)
    if name is not None and desk.chancery.telling.by_reply:
        material = replace(material, codes=_codes(house, desk, material, name))
    agency = house.parties[desk.chancery.mailboxes[0]].name
    return facts(material, agency, edition.value, sheet=desk.reader.sheet)


def _codes(house: House, desk: Desk, material: Material, name: str) -> dict[int, str]:
    """Name what the reader may act on now; rows of what we sent are read, and asked about."""
    ends = house.regulation.statuses.ends
    leads = desk.chancery.telling.leads(desk.reader.to)
    told = (*material.came, *material.urgent, *material.overdue)
    acts_on = (
        one.id
        for one in told
        if hold(one, desk.reader.to, leads=leads) is Hold.ACTS and not ends(one.status)
    )
    return codes(house.secret, name, acts_on, desk.reader.to)


def _name(house: House, desk: Desk, issue: Issue) -> str:
    day, office = issue.day.isoformat(), desk.chancery.code
    return letter_id(house.secret, office, desk.reader.to, day, issue.edition.value)
