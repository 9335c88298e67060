"""File: put settled mails where people look for them. Idempotent, and never before the commit."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import structlog

from mailbridge.actions.house import House
from mailbridge.mailbox.imap import Mailbox
from mailbridge.model.outcome import OutcomeName
from mailbridge.registry import ledger

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class FilingPlan:
    """How mails are filed, and the folder of each outcome; those without one stay."""

    method: Literal["auto", "move", "copy", "keywords", "none"]
    folders: dict[OutcomeName, str]


def file_settled(
    house: House, mailbox: Mailbox, plan: FilingPlan, name: str, now: datetime
) -> None:
    """File every settled mail of this mailbox that is not filed yet."""
    with house.database.reading() as tx:
        rows = ledger.unfiled(tx, name)
    by_folder: dict[str, list[tuple[int, int]]] = defaultdict(list)
    left = []
    for row, slot, outcome in rows:
        if slot.uidvalidity != mailbox.uidvalidity:
            # The mail has another slot now; the old one can never be filed.
            left.append(row)
        elif outcome is OutcomeName.IMPOUNDED or not plan.folders.get(outcome):
            # What is impounded is left untouched on the server (Điều 5.1).
            left.append(row)
        else:
            by_folder[plan.folders[outcome]].append((row, slot.uid))
    _note(house, left, [], now)
    for folder, mails in by_folder.items():
        filed = mailbox.file(tuple(uid for _, uid in mails), folder, plan.method)
        gone = [row for row, uid in mails if uid in filed.gone]
        _note(house, [row for row, uid in mails if uid not in filed.gone], gone, now)
        _log.info("filed", mailbox=name, mails=len(mails), gone=len(gone))


def _note(house: House, filed: list[int], gone: list[int], now: datetime) -> None:
    if not filed and not gone:
        return
    # Filing is idempotent: what a power cut takes is noted again.
    with house.database.transaction(durable=False) as tx:
        for row in filed:
            ledger.filed(tx, row, now)
        for row in gone:
            ledger.gone(tx, row, now)
