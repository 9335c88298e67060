"""The journey of a received mail, from the blob to its one ledger row, its number and its letters.

    begin    the ledger row and the attempt are committed before anything is parsed
    examine  parse, unwrap, establish, read: in child processes; decides and writes nothing
    judge    the rules and the policy table propose an outcome
    settle   one transaction: outcome, document, files, evidence, number, journal, letters owed

The mailbox is touched only afterwards, and letters leave later. Whoever dies on the way finds the
mail in the mailbox and its row in the ledger.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import structlog

from mailbridge.actions import destroying, impounding
from mailbridge.actions.case import Case
from mailbridge.actions.examine import Matter, examine
from mailbridge.actions.house import House
from mailbridge.actions.settling import settle, settle_unexamined
from mailbridge.isolation.pool import BugError, ChildDiedError
from mailbridge.model.directory import Directory
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.incident import Incident
from mailbridge.model.outcome import Applied, Duplicate, Impounded, Outcome, Quarantined
from mailbridge.model.slot import Arrival, Fingerprint
from mailbridge.reading.secrecy import mark_in_subject
from mailbridge.registry import agencies, ledger
from mailbridge.registry.incidents import standing
from mailbridge.rules.judge import judge

# A mail that kills its child, or the daemon alone with it, three times is not tried a fourth time.
DEATHS = 3

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Begun:
    """A mail whose octets are stored and whose ledger row is committed."""

    ledger: int
    arrival: Arrival
    fingerprint: Fingerprint
    deaths: int = 0
    is_settled: bool = False


def begin(
    house: House,
    mails: Iterable[tuple[Arrival, Fingerprint]],
    now: datetime,
    *,
    alone: bool = False,
) -> list[Begun]:
    """Commit ledger row and attempt of these mails, in one transaction for all of a backlog."""
    begun = []
    # A beginning outlives the process; if a power cut takes it, the mail is simply begun again.
    with house.database.transaction(durable=False) as tx:
        for arrival, fingerprint in mails:
            attempt = ledger.begin(tx, arrival, fingerprint, now, alone=alone)
            settled = attempt.outcome is not None
            begun.append(Begun(attempt.ledger, arrival, fingerprint, attempt.deaths, settled))
    return begun


def receive(house: House, mail: Begun, now: datetime) -> Outcome | None:
    """Lead one mail to its outcome; None if it was settled before and needs only filing.

    Raises TryLaterError when the house cannot work (disk full, registry locked): the mail stays
    where it is, and its beginning does not count against it.
    """
    if mail.is_settled:
        return None
    twin = impounding.taken_along(house, mail.fingerprint)
    if twin is not None:
        return _impound_unexamined(house, mail, twin, now)
    return _led(house, mail, now)


def _led(house: House, mail: Begun, now: datetime) -> Outcome:
    deaths = mail.deaths
    while deaths < DEATHS:
        try:
            return _examine_and_settle(house, mail, now)
        except ChildDiedError as death:
            _log.warning("child died", ledger=mail.ledger, reason=death.reason, detail=death.detail)
            deaths = _count_death(house, mail, now)
        except RefusedError as refusal:
            return quarantine(house, mail, refusal.reason, refusal.detail, now)
        except BugError as bug:
            _log.error("examination failed", ledger=mail.ledger, traceback=str(bug))
            return quarantine(house, mail, Reason.INTERNAL, "a bug: see the log", now)
    return quarantine(house, mail, Reason.CRASHED, f"{deaths} examinations died of it", now)


def _examine_and_settle(house: House, mail: Begun, now: datetime) -> Outcome:
    directory, incidents = _known(house, now)
    chancery = house.of_mailbox(mail.arrival.slot.mailbox)
    source = house.blobs.path(mail.fingerprint)
    matter = Matter(
        source,
        house.trust,
        now,
        directory,
        required=chancery.office.required,
        keys=chancery.keys,
        own=chancery.code,
        regulation=house.regulation,
        incidents=incidents,
        permissions=house.permissions,
        searched=True,
    )
    with examine(house.rooms, matter) as examined:
        proposal = judge(examined.examination, chancery.office, directory, now)
        case = Case(
            mail.ledger,
            mail.arrival,
            mail.fingerprint,
            examined.examination,
            proposal,
            chancery.code,
            examined.text,
        )
        # The files go first: a row without its blob is a lie, a blob without a row is litter.
        stored = impounding.store(house, case, examined.folder)
    with house.database.transaction() as tx:
        outcome = settle(tx, house, case, stored, directory, now)
    if isinstance(outcome, Impounded):
        # Điều 5.1: the row is committed, so that the octets may go.
        impounding.erase(house, (mail.fingerprint,))
    if isinstance(outcome, (Applied, Duplicate)):
        # Điều 10.2: a recall may have destroyed something, or something recalled came again.
        destroying.finish(house, now)
    return outcome


def _known(house: House, now: datetime) -> tuple[Directory, tuple[Incident, ...]]:
    with house.database.reading() as tx:
        return agencies.directory(tx), standing(tx, now)


def _count_death(house: House, mail: Begun, now: datetime) -> int:
    with house.database.transaction() as tx:
        ledger.died(tx, mail.ledger, now)
        return ledger.begin(tx, mail.arrival, mail.fingerprint, now).deaths


def quarantine(house: House, mail: Begun, reason: Reason, detail: str, now: datetime) -> Outcome:
    """Settle a mail that cannot be examined; its octets stay as they are.

    But not under a subject that bears a mark of secrecy, nor where its twin was impounded while
    it was examined (Điều 5.1).
    """
    mark = mark_in_subject(mail.arrival.subject)
    found = Impounded(mark) if mark else impounding.taken_along(house, mail.fingerprint)
    if found is not None:
        return _impound_unexamined(house, mail, found, now)
    outcome = Quarantined(reason, detail)
    with house.database.transaction() as tx:
        settle_unexamined(tx, house, mail.ledger, mail.arrival, outcome, now)
    return outcome


def _impound_unexamined(house: House, mail: Begun, outcome: Impounded, now: datetime) -> Outcome:
    office = house.of_mailbox(mail.arrival.slot.mailbox).code
    custody = impounding.keep(house, mail.fingerprint)
    finding = impounding.Finding(
        office, mail.ledger, mail.arrival, mail.fingerprint, outcome.mark, custody
    )
    with house.database.transaction() as tx:
        ledger.settle(tx, mail.ledger, outcome, now, kind=None, mail=None)
        impounding.enter(tx, house, finding, Directory(), now)
    impounding.erase(house, (mail.fingerprint,))
    return outcome
