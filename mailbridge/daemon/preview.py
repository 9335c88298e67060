"""What an intake would take in, shown before it acts."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from mailbridge.clock import in_vietnam
from mailbridge.daemon.intake import first_uid, moment_of
from mailbridge.mailbox.imap import Mailbox
from mailbridge.registry import ledger, mailboxes
from mailbridge.registry.database import Database


@dataclass(frozen=True, slots=True)
class Expected:
    """One mail that would be taken in."""

    mailbox: str
    uid: int
    arrived: str
    size: int
    subject: str


def preview(
    name: str,
    database: Database,
    mailbox: Mailbox,
    start: Literal["now", "all"] | date,
    now: datetime,
) -> list[Expected]:
    """List the mails without a settled row at or after the starting point; changes nothing."""
    with database.reading() as tx:
        state = mailboxes.state(tx, name)
        known = ledger.settled_uids(tx, name, mailbox.uidvalidity)
    if state is not None and state.uidvalidity == mailbox.uidvalidity:
        first = state.start_uid
    else:
        first = first_uid(mailbox, start, moment_of(start, now))
    return [
        Expected(
            name,
            arrival.slot.uid,
            in_vietnam(arrival.internal_date).strftime("%d/%m/%Y %H:%M"),
            arrival.size,
            arrival.subject,
        )
        for arrival in mailbox.arrivals(first - 1)
        if arrival.slot.uid not in known
    ]
