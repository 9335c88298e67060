"""Gathering: what one person's digest speaks of, asked of the register in one reading."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from mailbridge.actions.house import Chancery
from mailbridge.clock import in_vietnam
from mailbridge.model.digested import KeyEnd, Material, Missing, Standing
from mailbridge.model.directory import Directory
from mailbridge.model.document import Document
from mailbridge.model.outcome import OutcomeName
from mailbridge.model.paper import PaperTrack
from mailbridge.model.records import LedgerRow
from mailbridge.model.sending import Task, TaskKind
from mailbridge.registry import (
    agencies,
    closings,
    digested,
    documents,
    journal,
    ledger,
    mailboxes,
    paper_tracker,
    similar,
    statuses,
    strays,
    tasks_of_people,
)
from mailbridge.registry.database import Transaction
from mailbridge.rules.digests import OLDEST, Reader
from mailbridge.rules.gaps import BACK, Gap, gaps, together

# Hostile to memory alone: what is counted and filtered is all of it, and tables are cut later.
_MOST = 10_000
# Until when a key of our own speaks, by mailbox; None where it cannot be had now.
Keys = Mapping[str, datetime | None]


@dataclass(frozen=True, slots=True)
class Desk:
    """For whom a digest is made, of which office, and as of when."""

    chancery: Chancery
    reader: Reader
    keys: Keys
    now: datetime


def gather(tx: Transaction, desk: Desk, since: datetime) -> Material:
    """Gather what concerns a reader; what concerns the office as a whole goes to who reads all."""
    chancery, reader, now = desk.chancery, desk.reader, desk.now
    office, boxes = chancery.code, chancery.mailboxes
    oldest = now - OLDEST
    every = reader.filter.is_everything

    def mine(found: tuple[Document, ...]) -> tuple[Document, ...]:
        return tuple(one for one in found if reader.filter.takes(one, reader.to))

    sent = digested.answered(tx, office, since, oldest, _MOST)
    changes = digested.recalled(tx, office, since, _MOST)
    return Material(
        at=now,
        since=since,
        sent=tuple(
            one for one in sent if reader.filter.takes_sent(one.exchange, one.document, reader.to)
        ),
        came=mine(digested.came(tx, office, since, _MOST)),
        urgent=mine(documents.urgent_unacknowledged(tx, office)),
        overdue=mine(statuses.tasks(tx, office, overdue_at=now, limit=_MOST)),
        refused=mine(digested.refused(tx, office, since, _MOST)),
        recalled=tuple(one for one in changes if reader.filter.takes(one[1], reader.to)),
        papers=_papers(tx, office, now) if every else (),
        missing=_missing(tx, desk) if every and chancery.watches_gaps else None,
        held=ledger.rows(tx, outcome=OutcomeName.HELD, mailboxes=boxes, limit=_MOST)
        if every
        else (),
        quarantined=_quarantined(tx, chancery, oldest) if every else (),
        impounded=digested.impounded(tx, office) if every else 0,
        strays=strays.listed(tx, office, limit=_MOST) if every else (),
        tasks=tasks_of_people.undone(tx, office, person=None if every else reader.to, limit=_MOST),
        letters=digested.undelivered(tx, boxes, oldest, _MOST) if every else (),
        standing=_standing(tx, desk) if every else None,
    )


def _papers(tx: Transaction, office: str, now: datetime) -> tuple[tuple[PaperTrack, Document], ...]:
    tracks = paper_tracker.standing(tx, office, overdue_at=now)
    known = ((track, documents.get(tx, track.document)) for track in tracks)
    return tuple((track, document) for track, document in known if document is not None)


def _missing(tx: Transaction, desk: Desk) -> tuple[Missing, ...]:
    """List what is missing at this moment and waits for a person: what came since is gone."""
    office, now = desk.chancery.code, desk.now
    undone = tasks_of_people.undone(tx, office, TaskKind.GAP, limit=_MOST)
    tasks = {one.cause: one for one in undone}
    if not tasks:
        return ()
    since, until = (in_vietnam(one).date().isoformat() for one in (now - BACK, now))
    found = gaps(similar.numbered(tx, office, since, until))
    directory = agencies.directory(tx)
    return tuple(
        _between(tx, directory, missing, [tasks[one.name] for one in missing])
        for missing in together(one for one in found if one.name in tasks)
    )


def _between(
    tx: Transaction, directory: Directory, missing: tuple[Gap, ...], tasks: list[Task]
) -> Missing:
    first = missing[0]
    agency = directory.by_code(first.agency)
    return Missing(
        agency=agency.name if agency else first.agency,
        notation=first.notation,
        year=first.year,
        low=first.low,
        high=first.high,
        numbers=tuple(one.number for one in missing),
        tasks=tuple(one.id for one in tasks),
        since=min(one.opened_at for one in tasks),
        shown_by=documents.get(tx, first.shown_by),
    )


def _quarantined(tx: Transaction, chancery: Chancery, oldest: datetime) -> tuple[LedgerRow, ...]:
    rows = ledger.rows(
        tx, outcome=OutcomeName.QUARANTINED, mailboxes=chancery.mailboxes, limit=_MOST
    )
    return tuple(row for row in rows if row.first_seen >= oldest)


def _standing(tx: Transaction, desk: Desk) -> Standing:
    chancery, now = desk.chancery, desk.now
    boxes = chancery.mailboxes
    ours = [KeyEnd(name, until, own=True) for name, until in desk.keys.items() if name in boxes]
    soon = now + timedelta(days=chancery.digests.certificate_days)
    own = tuple(one for one in ours if one.until is None or one.until <= soon)
    return Standing(
        mails=digested.mails(tx, boxes),
        keys=(*own, *_ending(tx, soon, now)),
        closing=closings.latest(tx, chancery.code),
        journal=journal.head(tx, chancery.code),
        # The register is of all offices; names are KIND:MAILBOX.
        suspended={
            name: why
            for name, why in mailboxes.suspended(tx).items()
            if name.partition(":")[2] in boxes or name == mailboxes.RECEIPTS
        },
        proposals=digested.proposals(tx),
    )


def _ending(tx: Transaction, soon: datetime, now: datetime) -> tuple[KeyEnd, ...]:
    """List enrolled certificates that end soon, and have not ended yet."""
    today, last = in_vietnam(now).date(), in_vietnam(soon).date()
    return tuple(
        KeyEnd(
            f"{agency.name} ({one.holder or one.role})",
            datetime.combine(one.until, datetime.min.time(), now.tzinfo),
            own=False,
        )
        for agency in agencies.directory(tx).agencies
        for one in agency.certificates
        if one.until is not None and today <= one.until <= last
    )
