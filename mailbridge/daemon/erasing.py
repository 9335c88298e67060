"""Mails of destroyed documents are erased from their mailbox: a wish of the register, carried out.

Under the UIDVALIDITY and UID that it was found under, or, where it was filed or moved since, in the
folders that mails are filed into; always known by its octets.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import structlog

from mailbridge.actions import destroying
from mailbridge.actions.house import House
from mailbridge.daemon.filing import FilingPlan
from mailbridge.mailbox.imap import Mailbox
from mailbridge.mailbox.wire import RejectedError
from mailbridge.model.recall import CopyState, RecallCopy
from mailbridge.model.records import LedgerRow
from mailbridge.registry import ledger, recall_copies

_log = structlog.get_logger(__name__)

_NOT_THERE = "thư không còn trong các thư mục của hộp thư {mailbox}; tìm ở nơi khác và xóa"
_CANNOT = "thư trong hộp thư {mailbox}: máy chủ thư không cho xóa; văn thư tự xóa"


def erase_recalled(
    house: House, mailbox: Mailbox, plan: FilingPlan, name: str, now: datetime
) -> None:
    """Erase every mail of this mailbox that must go; a server that is away is asked again."""
    with house.database.reading() as tx:
        waiting = recall_copies.in_mailbox(tx, name)
        rows = {copy.id: ledger.get(tx, copy.ledger or 0) for copy in waiting}
    if not waiting:
        return
    for copy in waiting:
        row = rows[copy.id]
        state, words = _erased(mailbox, plan, row) if row else (CopyState.LEFT, _NOT_THERE)
        _note(house, copy, state, words.format(mailbox=name), now)
        _log.info("recalled mail", mailbox=name, ledger=copy.ledger, state=state.value)
    destroying.finish(house, now)


def _erased(mailbox: Mailbox, plan: FilingPlan, row: LedgerRow) -> tuple[CopyState, str]:
    digest, size = row.fingerprint or "", row.arrival.size
    try:
        found = mailbox.erase(size, digest)
        for folder in _folders(mailbox, plan):
            with Mailbox(replace(mailbox.account, folder=folder)) as other:
                found += other.erase(size, digest)
    except RejectedError as error:
        _log.warning("a recalled mail stays on its server", detail=error.detail)
        return CopyState.LEFT, _CANNOT
    return (CopyState.ERASED, "") if found else (CopyState.LEFT, _NOT_THERE)


def _folders(mailbox: Mailbox, plan: FilingPlan) -> Iterator[str]:
    for folder in dict.fromkeys(plan.folders.values()):
        if folder and mailbox.has_folder(folder):
            yield folder


def _note(house: House, copy: RecallCopy, state: CopyState, words: str, now: datetime) -> None:
    with house.database.transaction() as tx:
        recall_copies.settle(tx, copy.id, state, now, words)
