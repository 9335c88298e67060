"""Settle again: what the one transaction of `check_again` writes; nothing is taken back."""

from dataclasses import dataclass, replace
from datetime import datetime

from mailbridge.actions import impounding, recalled, repeats
from mailbridge.actions.case import Case, Stored, proposed_document, signers_of, why
from mailbridge.actions.entering import enter_incoming, supersede
from mailbridge.actions.house import House
from mailbridge.actions.owing import Alarm, owe_receipt, pass_on, stand, tell
from mailbridge.actions.settling import propose, settle
from mailbridge.actions.tracking import carry_over, expect_paper
from mailbridge.letters import alerts, words
from mailbridge.model.directory import Directory
from mailbridge.model.document import Document, DocumentState
from mailbridge.model.errors import Reason
from mailbridge.model.evidence import Evidence, Verdict
from mailbridge.model.letter import Stage
from mailbridge.model.message import Kind
from mailbridge.model.outcome import (
    Applied,
    Held,
    Impounded,
    Lane,
    Outcome,
    OutcomeName,
    Registered,
)
from mailbridge.model.status import MACHINE, StatusChange
from mailbridge.registry import (
    documents,
    evidence,
    journal,
    ledger,
    outbox,
    reexamined,
    search_index,
    similar,
    unproven,
)
from mailbridge.registry.database import Transaction
from mailbridge.rules import sameness
from mailbridge.rules.judge import Register

# From what is worth most to what is worth least; None was never judged.
_WORTH = (Verdict.LEGAL, Verdict.REFERENCE, Verdict.UNDETERMINED, None, Verdict.FAILED)


@dataclass(frozen=True, slots=True)
class Occasion:
    """Who had it checked again, when, and against which directory."""

    who: str
    now: datetime
    directory: Directory
    with_password: bool = False


@dataclass(frozen=True, slots=True)
class Again:
    """What another examination found and what became of the mail by it."""

    ledger: int
    # Number of the new record; None where a mark of secrecy leaves none (Điều 5.1).
    sequence: int | None
    before: Evidence | None
    after: Evidence
    # What became of a mail that was held or quarantined; None: it stays what it was.
    outcome: Outcome | None = None


def settle_again(
    tx: Transaction, house: House, case: Case, stored: Stored, occasion: Occasion
) -> Again:
    """Write what follows from another examination; the caller commits."""
    earlier = evidence.records(tx, case.ledger)
    before = earlier[-1].examination.opened.evidence if earlier else None
    document = documents.by_ledger(tx, case.ledger)
    if document is not None:
        key = proposed_document(case, stored, occasion.directory, occasion.now).key
        case = repeats.marked(tx, case, key, document.id)
    _journal(tx, case, before, occasion)
    outcome: Outcome | None = None
    if isinstance(case.proposal, Impounded):
        outcome = _impounded(tx, house, case, stored, case.proposal, occasion)
    elif document is None:
        outcome = _of_quarantined(tx, house, case, stored, occasion)
    elif document.state is DocumentState.HELD:
        outcome = _of_held(tx, house, case, stored, document, occasion)
    if (outcome is None or document is not None) and not isinstance(outcome, Impounded):
        _record(tx, case, document, occasion)
    if document is None and outcome is None:
        outcome = _of_recall(tx, house, case, occasion)
    is_registered = document is not None and document.state is DocumentState.REGISTERED
    if document is not None and is_registered and not isinstance(outcome, Impounded):
        _tell_if_worse(tx, house, case, document, occasion.now)
    return Again(
        case.ledger,
        _sequence(tx, case),
        before,
        case.examination.opened.evidence,
        outcome,
    )


def _sequence(tx: Transaction, case: Case) -> int | None:
    if isinstance(case.proposal, Impounded):
        return None
    return evidence.records(tx, case.ledger)[-1].sequence


def _record(tx: Transaction, case: Case, document: Document | None, occasion: Occasion) -> None:
    number = document.id if document else None
    evidence.record(tx, case.ledger, number, case.examination, occasion.now)
    if document is not None:
        propose(tx, case, occasion.now)


def _impounded(
    tx: Transaction,
    house: House,
    case: Case,
    stored: Stored,
    proposal: Impounded,
    occasion: Occasion,
) -> Impounded:
    """Leave of a mail, whatever it was, what is left of any that bears a mark (Điều 5.1)."""
    document = documents.by_ledger(tx, case.ledger)
    reexamined.impound(tx, case.ledger, document, proposal, occasion.now)
    if document is not None:
        # Letters that told of it, sent or not: what they say was read from it.
        clerk = house.of_mailbox(document.mailbox).telling.clerk
        held = alerts.alert_id(house.secret, clerk, "held", str(case.ledger))
        outbox.forget(tx, document.id, (held,))
    evidence.forget(tx, case.ledger)
    finding = impounding.Finding.of(case, proposal, stored)
    impounding.enter(tx, house, finding, occasion.directory, occasion.now)
    return proposal


def _of_quarantined(
    tx: Transaction, house: House, case: Case, stored: Stored, occasion: Occasion
) -> Outcome | None:
    """Settle what could not be examined before as if it came now; leave correspondence alone."""
    row = ledger.get(tx, case.ledger)
    if row is None or row.outcome is not OutcomeName.QUARANTINED:
        return None
    reexamined.reopen(tx, case.ledger)
    return settle(tx, house, case, stored, occasion.directory, occasion.now)


def _of_recall(
    tx: Transaction, house: House, case: Case, occasion: Occasion
) -> Outcome | None:  # fmt: skip
    """Judge a recall again that may be proven now; of another nothing follows once more."""
    waits = case.mail.kind is Kind.RECALL and unproven.of(tx, case.ledger) is not None
    if not waits or isinstance(case.proposal, Impounded):
        return None
    outcome = recalled.apply(tx, house, case, occasion.directory, occasion.now)
    if not isinstance(outcome, Applied):
        return None
    unproven.proven(tx, case.ledger, outcome, occasion.now)
    return outcome


def _of_held(
    tx: Transaction,
    house: House,
    case: Case,
    stored: Stored,
    document: Document,
    occasion: Occasion,
) -> Outcome:
    proposal = case.proposal
    found = proposed_document(case, stored, occasion.directory, occasion.now)
    found = replace(found, id=document.id, received_at=document.received_at)
    found = reexamined.rewrite(tx, found)
    search_index.index(tx, found, case.text, signers_of(case.examination))
    if isinstance(proposal, Register):
        entered = _entered(tx, house, case, found, occasion)
        if isinstance(entered, Registered):
            return entered
        proposal = entered
    if not isinstance(proposal, Held):
        # It is no document after all: that is for the clerk to say, who may release or refuse it.
        proposal = Held(Reason.AWAITS_CLERK, "Thư đã mở không phải là văn bản; văn thư xem xét.")
    reexamined.hold(tx, case.ledger, proposal)
    if proposal.lane is not Lane.UNKNOWN_SENDER and not outbox.receipts_of(tx, document.id):
        owe_receipt(tx, house, found, Stage.ARRIVED, occasion.now)
    return proposal


def _entered(
    tx: Transaction, house: House, case: Case, found: Document, occasion: Occasion
) -> Registered | Held:
    """Register what was held, as it would be if it came now."""
    now = occasion.now
    prints = frozenset(file.sha256 for file in found.files)
    alike = similar.similar(tx, case.office, found.key, prints)
    known = tuple(one for one in alike if one.document != found.id)
    same = sameness.compare(prints, found.verdict, known, key_complete=found.key.is_complete)
    if isinstance(same, sameness.Same):
        return Held(Reason.NUMBER_CONFLICT, f"đã có văn bản như vậy: thư số {same.ledger}")
    if isinstance(same, sameness.Conflict):
        return Held(Reason.NUMBER_CONFLICT, f"khác nội dung với văn bản {same.document}")
    number = None
    if isinstance(same, sameness.Supersedes):
        number = supersede(tx, case.office, same.document, found.id, now)
    number = number or enter_incoming(tx, house, found, occasion.directory, now)
    documents.set_state(tx, found.id, DocumentState.REGISTERED)
    stand(tx, house, StatusChange(found.id, Stage.REGISTERED, now, MACHINE))
    ledger.decide(tx, case.ledger, Registered((number,)), now)
    found = replace(found, number=number, entered_at=now, state=DocumentState.REGISTERED)
    owe_receipt(tx, house, found, Stage.REGISTERED, now)
    pass_on(tx, house, found, now, why=why(case.examination))
    if isinstance(same, sameness.Supersedes):
        carry_over(tx, house, same.document, found, now)
    expect_paper(tx, house, found, now)
    return Registered((number,))


def _tell_if_worse(
    tx: Transaction, house: House, case: Case, document: Document, now: datetime
) -> None:
    """Alert the clerk; the number and the verdict under which it was entered stay (Điều 4)."""
    after = case.examination.opened.evidence.verdict
    mailbox, row = document.mailbox, str(case.ledger)
    if _WORTH.index(after) > _WORTH.index(document.verdict):
        before, name = words.verdict(document.verdict), f"số đến {document.number}"
        facts = alerts.worsened(case.ledger, name, before, words.verdict(after), now)
        cause = ("worsened", row, after.value if after else "none")
        tell(tx, house, Alarm(mailbox, cause, facts), now)


def _journal(tx: Transaction, case: Case, before: Evidence | None, occasion: Occasion) -> None:
    after = case.examination.opened.evidence.verdict
    data = {
        "by": occasion.who,
        "before": before.verdict.value if before and before.verdict else "",
        "after": after.value if after else "",
        # That there was one; the password itself is kept nowhere.
        "with_password": "yes" if occasion.with_password else "no",
    }
    journal.append(tx, case.office, "checked-again", f"mail:{case.ledger}", data, occasion.now)
