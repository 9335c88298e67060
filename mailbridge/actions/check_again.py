"""Check again: a stored mail is examined anew with today's trust, or with a clerk's password.

The moment of signing stays our first receipt (DESIGN section 3). Another record of evidence is
added and none is changed. What was held is settled anew as `receive` would; of what is in the book
or was returned only the record changes, and the clerk is told when the verdict became worse.
"""

from dataclasses import dataclass
from datetime import datetime

import structlog

from mailbridge.actions import impounding
from mailbridge.actions.case import Case
from mailbridge.actions.examine import Matter, examine
from mailbridge.actions.house import House
from mailbridge.actions.settling_again import Again, Occasion, settle_again
from mailbridge.isolation.pool import BugError, ChildDiedError
from mailbridge.model.directory import Directory
from mailbridge.model.document import Document, DocumentState
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.incident import Incident
from mailbridge.model.outcome import Impounded, OutcomeName
from mailbridge.model.records import LedgerRow
from mailbridge.model.slot import Fingerprint
from mailbridge.registry import agencies, documents, ledger
from mailbridge.registry.incidents import standing
from mailbridge.rules.judge import judge

# Of these nothing is here that could be examined, or nothing may be.
_CLOSED = {OutcomeName.IMPOUNDED, OutcomeName.DUPLICATE, None}
# Withheld or destroyed, since its sender called it back (Điều 10.2).
_CALLED_BACK = {DocumentState.WITHHELD, DocumentState.DESTROYED}

_log = structlog.get_logger(__name__)


class CannotCheckAgainError(Exception):
    """There is no such mail with octets of its own, or examining it failed; `reason` says how."""

    def __init__(self, reason: Reason | None = None) -> None:
        super().__init__(reason or "")
        self.reason = reason


@dataclass(frozen=True, slots=True)
class _Mail:
    """A settled mail with what is known of it."""

    row: LedgerRow
    fingerprint: Fingerprint
    document: Document | None
    directory: Directory
    incidents: tuple[Incident, ...]


def check_again(
    house: House, row: int, who: str, now: datetime, *, password: str | None = None
) -> Again:
    """Examine the mail of that ledger row anew; raises CannotCheckAgainError.

    The password is tried once on whatever is closed, in the child, and is kept nowhere.
    """
    mail = _mail(house, row)
    try:
        again = _examined(house, mail, who, now, password)
    except RefusedError as refusal:
        raise CannotCheckAgainError(refusal.reason) from refusal
    except ChildDiedError as death:
        raise CannotCheckAgainError(death.reason) from death
    except BugError as bug:
        _log.error("examination failed", ledger=row, traceback=str(bug))
        raise CannotCheckAgainError(Reason.INTERNAL) from bug
    if isinstance(again.outcome, Impounded):
        _erase(house, mail)
    return again


def _mail(house: House, row: int) -> _Mail:
    with house.database.reading() as tx:
        found = ledger.get(tx, row)
        document = documents.by_ledger(tx, row)
        directory = agencies.directory(tx)
        # Điều 5.3: what permitted mail is what stood open when it came.
        incidents = standing(tx, found.first_seen) if found else ()
    if found is None or found.fingerprint is None or found.outcome in _CLOSED:
        raise CannotCheckAgainError
    if document is not None and document.state in _CALLED_BACK:
        raise CannotCheckAgainError(Reason.VANISHED)
    if not house.blobs.path(found.fingerprint).exists():
        raise CannotCheckAgainError(Reason.VANISHED)
    return _Mail(found, found.fingerprint, document, directory, incidents)


def _examined(
    house: House, mail: _Mail, who: str, now: datetime, password: str | None
) -> Again:  # fmt: skip
    chancery = house.of_mailbox(mail.row.mailbox)
    matter = Matter(
        source=house.blobs.path(mail.fingerprint),
        trust=house.trust,
        at=now,
        directory=mail.directory,
        first_receipt=mail.row.first_seen,
        passwords=(("*", password),) if password is not None else (),
        required=chancery.office.required,
        keys=chancery.keys,
        own=chancery.code,
        regulation=house.regulation,
        incidents=mail.incidents,
        permissions=house.permissions,
        searched=True,
    )
    with examine(house.rooms, matter) as examined:
        proposal = judge(examined.examination, chancery.office, mail.directory, now)
        case = Case(
            mail.row.id,
            mail.row.arrival,
            mail.fingerprint,
            examined.examination,
            proposal,
            chancery.code,
            examined.text,
        )
        stored = impounding.store(house, case, examined.folder)
    with house.database.transaction() as tx:
        occasion = Occasion(who, now, mail.directory, with_password=password is not None)
        return settle_again(tx, house, case, stored, occasion)


def _erase(house: House, mail: _Mail) -> None:
    """Erase the octets of what bears a mark of secrecy after all; housekeeping does the rest."""
    files = mail.document.files if mail.document else ()
    with house.database.reading() as tx:
        names = {mail.fingerprint, *(file.sha256 for file in files if file.stored)}
        gone = [name for name in names if not ledger.speaks_of(tx, name)]
    impounding.erase(house, tuple(gone))
