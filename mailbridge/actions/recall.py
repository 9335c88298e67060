"""Recall: the agency calls back a document that it sent, from one recipient or from all (Điều 9.2).

What has not left is withdrawn and never leaves; whoever may have it is asked to destroy it. The
document stays here as it is: what is sent is frozen, not destroyed (NĐ 30/2020, PL VI III.8).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mailbridge.actions.exchanging import learn
from mailbridge.actions.house import House
from mailbridge.letters.recalls import RecallTerms
from mailbridge.letters.recalls import recall as recall_letter
from mailbridge.model.document import Document
from mailbridge.model.exchange import ExchangeState, Fact, FactKind, Weight
from mailbridge.model.letter import Letter, LetterKind, LetterState
from mailbridge.model.outcome import Direction
from mailbridge.model.sending import Exchange
from mailbridge.model.status import StatusChange
from mailbridge.registry import documents, exchanges, journal, outbox, statuses, withdrawn
from mailbridge.registry.database import Transaction

# QCVN 102: the sender asks to have it back.
ASKED = "13"
# Of a letter that never left.
WITHDRAWN = "thu hồi trước khi gửi"
# A recall that was lost on the way or refused may be sent anew; one that is on its way may not.
_UNHEARD = {LetterState.FAILED, LetterState.UNCERTAIN}
# Facts that leave no doubt that the recipient has nothing of it.
_NOT_THERE = {FactKind.BOUNCED, FactKind.LATE}


class CannotRecallError(Exception):
    """There is no such document of ours, or nobody whom it was sent to; the text says why."""


class Asked(StrEnum):
    """What calling back did for one recipient."""

    # Its letter had not left, and never will.
    WITHDRAWN = "withdrawn"
    # A recall is owed.
    ASKED = "asked"
    # It was asked before, and has not answered.
    BEFORE = "before"
    # It is destroyed there already.
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants back: codes or addresses of recipients, none for all; and why."""

    reason: str
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recalled:
    """One recipient and what was done."""

    exchange: Exchange
    done: Asked


def recall(
    house: House, document_id: int, wish: Wish, who: str, now: datetime
) -> tuple[Recalled, ...]:
    """Write facts, letters owed, status 13 and journal; raises CannotRecallError."""
    if not wish.reason.strip():
        raise CannotRecallError("cần ghi lý do thu hồi (--reason)")
    with house.database.transaction() as tx:
        document = documents.get(tx, document_id)
        if document is None or document.direction is not Direction.OUT:
            raise CannotRecallError("không phải văn bản do cơ quan ta gửi đi")
        chosen = _chosen(exchanges.of_document(tx, document.id), wish)
        done = tuple(
            Recalled(one, _called_back(tx, house, document, one, wish, now)) for one in chosen
        )
        if any(one.done in {Asked.ASKED, Asked.WITHDRAWN} for one in done):
            _note(tx, document, wish, done, who, now)
    return done


def _chosen(known: tuple[Exchange, ...], wish: Wish) -> tuple[Exchange, ...]:
    if not known:
        raise CannotRecallError("văn bản chưa gửi qua hệ thống này cho nơi nào")
    if not wish.to:
        return known
    by_name = {name.lower(): one for one in known for name in (one.to.agency, one.to.address)}
    unknown = [name for name in wish.to if name.lower() not in by_name]
    if unknown:
        raise CannotRecallError(f"văn bản không gửi tới: {', '.join(unknown)}")
    return tuple(dict.fromkeys(by_name[name.lower()] for name in wish.to))


def _called_back(
    tx: Transaction, house: House, document: Document, exchange: Exchange, wish: Wish, now: datetime
) -> Asked:
    if exchange.state is ExchangeState.RECALLED:
        return Asked.DONE
    letters = outbox.of_exchange(tx, exchange.id)
    sent = [one for one in letters if one.kind is LetterKind.DOCUMENT]
    before = [one for one in letters if one.kind is LetterKind.RECALL]
    if _waits(before, exchange):
        return Asked.BEFORE
    stopped = withdrawn.withdraw(tx, [one.id for one in sent], WITHDRAWN)
    facts = {fact.kind for fact in exchanges.facts(tx, exchange.id)}
    if len(stopped) == len(sent) and facts <= _NOT_THERE:
        # Nothing of it can be there: that needs nobody's answer.
        fact = Fact(FactKind.RECALLED, now, Weight.OWN, reason=WITHDRAWN)
        learn(tx, exchange, "withdrawn", fact, None, now)
        return Asked.WITHDRAWN
    # Uncertain, or sent a second time by a person: it may be there, and is asked for.
    by = house.parties[document.mailbox]
    round_ = len(before) + 1
    # The mail that brought it, and not one that brought it up to date.
    brought = next((one for one in sent if one.id not in stopped), sent[0])
    terms = RecallTerms(by, wish.reason.strip(), brought, round_, house.secret, now)
    outbox.owe(tx, recall_letter(document, exchange, terms))
    fact = Fact(FactKind.RECALL_ASKED, now, Weight.OWN, reason=wish.reason.strip())
    learn(tx, exchange, f"{ASKED}:{round_}", fact, None, now)
    return Asked.ASKED


def _waits(before: list[Letter], exchange: Exchange) -> bool:
    """Tell whether a recall is on its way or unanswered."""
    return bool(before) and before[-1].state not in _UNHEARD and not exchange.recall_refused


def _note(
    tx: Transaction,
    document: Document,
    wish: Wish,
    done: tuple[Recalled, ...],
    who: str,
    now: datetime,
) -> None:
    statuses.note(tx, StatusChange(document.id, ASKED, now, who, note=wish.reason.strip()))
    data = {
        "by": who,
        "reason": wish.reason.strip(),
        **{one.exchange.to.agency: one.done.value for one in done},
    }
    journal.append(tx, document.office, "recall-asked", f"document:{document.id}", data, now)
