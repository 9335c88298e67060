"""Settle: what the one transaction of `receive` writes for a mail."""

from dataclasses import replace
from datetime import datetime

from mailbridge.actions import applying, impounding, overtaken, recalled, renewing, repeats
from mailbridge.actions.case import Case, Stored, proposed_document, signers_of, why
from mailbridge.actions.entering import enter_incoming, supersede
from mailbridge.actions.house import House
from mailbridge.actions.owing import Alarm, owe_receipt, pass_on, stand, tell
from mailbridge.actions.reminded import note_reminder
from mailbridge.actions.tracking import carry_over, expect_paper
from mailbridge.letters import alerts
from mailbridge.model.directory import Directory
from mailbridge.model.document import Document, DocumentState
from mailbridge.model.errors import Reason
from mailbridge.model.letter import Stage
from mailbridge.model.message import Kind
from mailbridge.model.outcome import (
    Duplicate,
    Held,
    Impounded,
    Lane,
    Noted,
    Outcome,
    Quarantined,
    Registered,
)
from mailbridge.model.slot import Arrival
from mailbridge.model.status import MACHINE, StatusChange
from mailbridge.registry import (
    documents,
    enrolments,
    evidence,
    journal,
    ledger,
    outbox,
    search_index,
    similar,
)
from mailbridge.registry.database import Transaction
from mailbridge.rules import sameness
from mailbridge.rules.judge import Register

# A sender's mail that is delivered again gets its receipt again at most once in this time.
REPLAY_SECONDS = 3600
# The finding about a trusted certificate that the directory does not have.
_UNKNOWN = "certificate-unknown"


def settle(
    tx: Transaction,
    house: House,
    case: Case,
    stored: Stored,
    directory: Directory,
    now: datetime,
) -> Outcome:
    """Write everything that follows from the examination; the caller commits."""
    mailboxes = house.of_office(case.office).mailboxes
    outcome: Outcome | None = _known_before(tx, case, mailboxes)
    if isinstance(case.proposal, Impounded):
        # Whatever else it is: a letter of ours, a mail that was here before.
        outcome = case.proposal
        finding = impounding.Finding.of(case, outcome, stored)
        impounding.enter(tx, house, finding, directory, now)
    elif case.mail.message_id and outbox.is_ours(tx, case.mail.message_id, mailboxes):
        # Our own letter came back, known by its token.
        outcome = Noted(case.mail.kind)
    elif isinstance(outcome, Duplicate):
        _replay_receipt(tx, case, outcome, now)
        overtaken.comes_again(tx, case, stored, outcome.of)
    elif case.mail.kind is Kind.RECALL:
        outcome = recalled.apply(tx, house, case, directory, now)
        _record(tx, case, None, now)
    elif case.makes_document:
        outcome = _document(tx, house, case, stored, directory, now)
    else:
        outcome = _without_document(tx, house, case, directory, now)
    _write_row(tx, case, outcome, now)
    return outcome


def settle_unexamined(
    tx: Transaction,
    house: House,
    row: int,
    arrival: Arrival,
    outcome: Quarantined,
    now: datetime,
) -> None:
    """Write the row of a mail that could not be examined, and tell the clerk."""
    ledger.settle(tx, row, outcome, now, kind=None, mail=None)
    slot = arrival.slot
    _journal(tx, house.of_mailbox(slot.mailbox).code, row, outcome, now)
    facts = alerts.quarantined(row, slot.mailbox, now)
    tell(tx, house, Alarm(slot.mailbox, ("quarantined", str(row)), facts), now)


def _known_before(tx: Transaction, case: Case, mailboxes: tuple[str, ...]) -> Duplicate | None:
    """Find the same octets in another slot of this office (DESIGN section 3)."""
    earlier = ledger.by_fingerprint(tx, case.fingerprint, mailboxes)
    # What is a duplicate of this very row was not before it: it is examined a second time.
    others = [row for row in earlier if case.ledger not in {row.id, row.of}]
    settled = [row.id for row in others if row.outcome]
    return Duplicate(min(settled)) if settled else None


def _replay_receipt(tx: Transaction, case: Case, outcome: Duplicate, now: datetime) -> None:
    """Send the latest receipt once more, if this copy was delivered after we sent it.

    A UIDVALIDITY roll or a restored mailbox shows old copies again: those are not answered.
    """
    document = documents.by_ledger(tx, outcome.of)
    sent = [r for r in outbox.receipts_of(tx, document.id) if r.sent_at] if document else []
    delivered = case.mail.delivered_at
    if not sent or not delivered or sent[-1].sent_at is None:
        return
    last = sent[-1].sent_at
    if datetime.fromisoformat(delivered) > last and (now - last).total_seconds() > REPLAY_SECONDS:
        outbox.requeue(tx, sent[-1].id, now)


def _document(
    tx: Transaction,
    house: House,
    case: Case,
    stored: Stored,
    directory: Directory,
    now: datetime,
) -> Outcome:
    document = proposed_document(case, stored, directory, now)
    case = repeats.marked(tx, case, document.key)
    prints = frozenset(file.sha256 for file in stored.files)
    late = overtaken.called_back(tx, house, case, stored, document, now)
    if isinstance(late, Held):
        return _hold(tx, house, case, document, late, now)
    if late is not None:
        return late
    known = similar.similar(tx, document.office, document.key, prints)
    same = sameness.compare(prints, document.verdict, known, key_complete=document.key.is_complete)
    if isinstance(same, sameness.Same):
        renewing.updated(tx, house, case, same.ledger, now)
        return Duplicate(same.ledger)
    held = case.proposal if isinstance(case.proposal, Held) else None
    if isinstance(same, sameness.Conflict) and held is None:
        held = Held(Reason.NUMBER_CONFLICT, f"khác nội dung với văn bản {same.document}")
    if held is not None:
        return _hold(tx, house, case, document, held, now)
    document = replace(document, id=documents.add(tx, document))
    over = same.document if isinstance(same, sameness.Supersedes) else None
    number = supersede(tx, case.office, over, document.id, now) if over else None
    number = number or enter_incoming(tx, house, document, directory, now)
    document = replace(document, number=number, entered_at=now, state=DocumentState.REGISTERED)
    _register(tx, house, case, document, over, now)
    return Registered((number,))


def _register(
    tx: Transaction,
    house: House,
    case: Case,
    document: Document,
    over: int | None,
    now: datetime,
) -> None:
    documents.set_state(tx, document.id, DocumentState.REGISTERED)
    stand(tx, house, StatusChange(document.id, Stage.REGISTERED, now, MACHINE))
    _record(tx, case, document.id, now)
    search_index.index(tx, document, case.text, signers_of(case.examination))
    owe_receipt(tx, house, document, Stage.REGISTERED, now)
    pass_on(tx, house, document, now, why=why(case.examination))
    if over is not None:
        carry_over(tx, house, over, document, now)
    expect_paper(tx, house, document, now)
    renewing.replaced(tx, house, case, document, now)


def _hold(
    tx: Transaction,
    house: House,
    case: Case,
    document: Document,
    held: Held,
    now: datetime,
) -> Outcome:
    document = replace(document, id=documents.add(tx, document))
    stand(tx, house, StatusChange(document.id, Stage.ARRIVED, now, MACHINE))
    _record(tx, case, document.id, now)
    search_index.index(tx, document, case.text, signers_of(case.examination))
    if held.lane is not Lane.UNKNOWN_SENDER:
        # Held mail gets 01; strangers get nothing (DESIGN section 4).
        owe_receipt(tx, house, document, Stage.ARRIVED, now)
    facts = alerts.held(
        case.ledger, document.agency_name or document.sender, document.subject, held.detail, now
    )
    tell(tx, house, Alarm(document.mailbox, ("held", str(case.ledger)), facts), now)
    return held


def _without_document(
    tx: Transaction, house: House, case: Case, directory: Directory, now: datetime
) -> Outcome:
    outcome = case.proposal
    if isinstance(outcome, Register):
        raise TypeError("a registration makes a document")
    _record(tx, case, None, now)
    note_reminder(tx, house, case, directory, now)
    return applying.apply(tx, house, case, directory, now) or outcome


def _record(tx: Transaction, case: Case, document: int | None, now: datetime) -> None:
    evidence.record(tx, case.ledger, document, case.examination, now)
    if document is not None:
        propose(tx, case, now)


def propose(tx: Transaction, case: Case, now: datetime) -> None:
    """Propose the unknown certificates of a known agency: under a trusted root, for its mailbox.

    Nobody vouches yet that they are the agency's: a clerk compares their fingerprints.
    """
    found = case.examination.opened.evidence
    if found.sender is None:
        return
    unknown = [
        (seal.signer, seal.form) for seal in found.seals if seal.signer and _UNKNOWN in seal.why
    ]
    if unknown:
        enrolments.propose(tx, case.ledger, found.sender, unknown, now)


def _write_row(tx: Transaction, case: Case, outcome: Outcome, now: datetime) -> None:
    # Of what is impounded nothing stays but digest, size and source.
    mail = case.mail
    if isinstance(outcome, Impounded):
        mail = replace(mail, subject="", message_id=None, in_reply_to=None, to=(), cc=())
    ledger.settle(tx, case.ledger, outcome, now, kind=mail.kind, mail=mail)
    _journal(tx, case.office, case.ledger, outcome, now)


def _journal(tx: Transaction, office: str, row: int, outcome: Outcome, now: datetime) -> None:
    data = {"outcome": type(outcome).__name__.lower()}
    if isinstance(outcome, Registered):
        data["numbers"] = " ".join(map(str, outcome.numbers))
    elif isinstance(outcome, Duplicate):
        data["of"] = str(outcome.of)
    elif isinstance(outcome, (Held, Quarantined)):
        data["reason"] = outcome.reason.value
    journal.append(tx, office, "settled", f"mail:{row}", data, now)
