"""Impounding, the parts that more than one action writes: no level of secrecy stays (Điều 5.1).

    keep     the octets are locked for the cơ yếu officer, durably, before any row speaks of them
    enter    in the transaction of the outcome: the incident, the alerts, the warning owed
    erase    once that is committed, the plain octets go

Whoever dies after `keep` examines the mail again and writes the same file; whoever dies after
`enter` leaves octets that `finish` erases, at the next start and every day.
"""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import structlog

from mailbridge.actions.case import Case, Stored
from mailbridge.actions.house import House
from mailbridge.actions.owing import Alarm, tell
from mailbridge.clock import in_vietnam
from mailbridge.letters import alerts
from mailbridge.letters.warnings_of_secrecy import warning
from mailbridge.model.directory import Agency, Directory
from mailbridge.model.errors import TryLaterError
from mailbridge.model.examination import MailView
from mailbridge.model.impounded import Impoundment, ImpoundState
from mailbridge.model.letter import AlertFacts, Party
from mailbridge.model.message import Kind
from mailbridge.model.outcome import Impounded
from mailbridge.model.slot import Arrival, Fingerprint
from mailbridge.parcel import officer
from mailbridge.registry import impounded, journal, ledger, outbox
from mailbridge.registry.database import Transaction
from mailbridge.rules.senders import known_sender

# Nothing that a machine sent is answered.
_WRITTEN_BY_PEOPLE = {Kind.DOCUMENT, Kind.OTHER}

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Finding:
    """A mail in which a mark was found; without its view its sender cannot be told."""

    office: str
    ledger: int
    arrival: Arrival
    fingerprint: Fingerprint
    level: str
    custody: ImpoundState
    mail: MailView = field(default_factory=MailView)

    @classmethod
    def of(cls, case: Case, proposal: Impounded, stored: Stored) -> "Finding":
        """Take what is told of an examined mail."""
        custody = stored.custody or ImpoundState.ABSENT
        return cls(
            case.office,
            case.ledger,
            case.arrival,
            case.fingerprint,
            proposal.mark,
            custody,
            case.mail,
        )


def store(house: House, case: Case, folder: Path) -> Stored:
    """Put the files of a document into the store, or a marked mail under the officer's lock."""
    stored = Stored.store(house.blobs, case, folder)
    if isinstance(case.proposal, Impounded):
        return Stored(stored.files, keep(house, case.fingerprint))
    return stored


def keep(house: House, fingerprint: Fingerprint) -> ImpoundState:
    """Lock the octets of a mail for the officer, durably; without his certificate keep nothing.

    Nor where that fails: the mail lies on its server, and its plain octets must go at once.
    """
    custody, path = house.custody, house.blobs.path(fingerprint)
    if not path.exists():
        # Its twin came before it and took the octets along.
        return ImpoundState.KEPT if custody.has(fingerprint) else ImpoundState.ABSENT
    if custody.certificate is None:
        return ImpoundState.ABSENT
    try:
        custody.put(fingerprint, officer.lock(path.read_bytes(), custody.certificate))
    except (OSError, ValueError, TryLaterError) as error:
        _log.error("an impounded mail could not be locked", error=type(error).__name__)
        return ImpoundState.ABSENT
    return ImpoundState.KEPT


def taken_along(house: House, fingerprint: Fingerprint) -> Impounded | None:
    """Tell whether the octets of a mail went when another with the same ones was impounded."""
    if house.blobs.path(fingerprint).exists():
        return None
    with house.database.reading() as tx:
        level = impounded.level_of(tx, fingerprint)
    return Impounded(level) if level is not None else None


def enter(
    tx: Transaction,
    house: House,
    finding: Finding,
    directory: Directory,
    now: datetime,
) -> None:
    """Write the incident once for the same octets; call the officer; owe the sender the warning."""
    mailbox = finding.arrival.slot.mailbox
    number = _incident(tx, house, finding, now)
    data = {"state": finding.custody.value, "incident": str(number or "")}
    journal.append(tx, finding.office, "impounded", f"mail:{finding.ledger}", data, now)
    kept = finding.custody is ImpoundState.KEPT
    # A mail that came by LMTP lies in no mailbox of a server.
    delivered = not finding.arrival.slot.uidvalidity
    called = alerts.impounded(finding.ledger, mailbox, now, kept=kept, delivered=delivered)
    _call(tx, house, finding.ledger, mailbox, called, now)
    agency = _known(house, finding, directory, now)
    if number is not None and agency is not None:
        to = Party(agency.code, agency.name, finding.mail.from_[0].spec)
        outbox.owe(tx, warning(number, house.parties[mailbox], to, mailbox, house.secret, now))


def call(tx: Transaction, house: House, row: int, mailbox: str, now: datetime) -> None:
    """Call the clerk and the officer to a marked mail that was never fetched."""
    _call(tx, house, row, mailbox, alerts.impounded(row, mailbox, now), now)


def _call(
    tx: Transaction, house: House, row: int, mailbox: str, facts: AlertFacts, now: datetime
) -> None:
    people = dict.fromkeys((house.of_mailbox(mailbox).telling.clerk, house.custody.officer))
    for person in filter(None, people):
        tell(tx, house, Alarm(mailbox, ("impounded", str(row)), facts, person), now)


def _incident(tx: Transaction, house: House, finding: Finding, now: datetime) -> int | None:
    """Give the number of the incident that was written; None where there is one already."""
    if impounded.open_with(tx, finding.office, finding.fingerprint) is not None:
        return None
    path = house.blobs.path(finding.fingerprint)
    incident = Impoundment(
        id=0,
        office=finding.office,
        ledger=finding.ledger,
        digest=finding.fingerprint,
        size=path.stat().st_size if path.exists() else finding.arrival.size,
        slot=finding.arrival.slot,
        level=finding.level,
        at=now,
        state=finding.custody,
    )
    return impounded.add(tx, incident)


def _known(house: House, finding: Finding, directory: Directory, now: datetime) -> Agency | None:
    """Find the agency to warn: a stranger or a machine gets nothing."""
    if finding.mail.kind not in _WRITTEN_BY_PEOPLE or finding.mail.own_letter:
        return None
    domains = house.of_office(finding.office).office.allowed_domains
    return known_sender(finding.mail, directory, domains, in_vietnam(now).date())


def erase(house: House, digests: tuple[str, ...]) -> None:
    """Erase plain octets now; what cannot be erased now is erased by `finish`."""
    with suppress(TryLaterError):
        for digest in digests:
            house.blobs.erase(digest)
        house.database.fold()


def finish(house: House) -> None:
    """Erase what a death left behind: plain octets of impounded mails, and locked ones let go."""
    with house.database.reading() as tx:
        plain = ledger.impounded_fingerprints(tx)
        closed = {each.digest for each in impounded.impoundments(tx)}
        let_go = [
            digest
            for digest in house.custody.digests()
            if digest in closed and not impounded.is_kept(tx, Fingerprint(digest))
        ]
    for digest in plain:
        house.blobs.erase(digest)
    for locked in let_go:
        house.custody.erase(locked)
    if plain:
        house.database.fold()
