"""What the facts of an exchange say together: a function of their set, and of no order.

So it is commutative, associative and idempotent: duplicates, late and reordered receipts change
nothing, and what contradicts itself is shown to a person instead of being overwritten.
"""

from collections.abc import Iterable
from datetime import datetime

from mailbridge.model.exchange import (
    Dispute,
    ExchangeState,
    Fact,
    FactKind,
    Standing,
    Weight,
)

Facts = frozenset[Fact]

_STATE = {
    FactKind.ARRIVED: ExchangeState.ARRIVED,
    FactKind.REGISTERED: ExchangeState.REGISTERED,
    FactKind.ASSIGNED: ExchangeState.ASSIGNED,
    FactKind.PROCESSING: ExchangeState.PROCESSING,
    FactKind.DONE: ExchangeState.DONE,
}
# How far a receipt shows that the recipient has come.
_RANK = {kind: rank for rank, kind in enumerate(_STATE, 1)}
_WORKED = {FactKind.ASSIGNED, FactKind.PROCESSING, FactKind.DONE}
_RECEIPTS = {*_STATE, FactKind.REFUSED, FactKind.RECALLED, FactKind.RECALL_REFUSED}

# A gap wider than this is a broken sender and no list for a person.
_GAPS = 20


def join(*known: Iterable[Fact]) -> Facts:
    """Put together what is known here and there."""
    return frozenset(fact for facts in known for fact in facts)


def standing(facts: Iterable[Fact]) -> Standing:
    """Say where the document stands with its recipient (Điều 11.8)."""
    every = join(facts)
    receipts = sorted((f for f in every if f.kind in _RECEIPTS), key=_order)
    refusal = _last(receipts, FactKind.REFUSED)
    # What came before a refusal does not outweigh it; a later 03 takes it back.
    anew = [f for f in receipts if f.kind is FactKind.REGISTERED and _after(f, refusal)]
    stands = refusal if not anew else None
    counted = [f for f in receipts if not anew or not _before(f, refusal)]
    recalled = _last(receipts, FactKind.RECALLED)
    best = max((f for f in counted if f.kind in _RANK), key=_weighed, default=None)
    state = _state(every, stands, recalled, best)
    answers = [f for f in receipts if f.kind not in {FactKind.RECALLED, FactKind.RECALL_REFUSED}]
    deadline = min((f.at for f in every if f.kind is FactKind.LATE), default=None)
    refused = _last(receipts, FactKind.RECALL_REFUSED)
    return Standing(
        state=state,
        number=_number(counted),
        reason=stands.reason if stands else "",
        is_return=stands is not None and _registered_before(receipts, stands),
        is_weak=_is_weak(receipts, state),
        is_late=deadline is not None and not answers and recalled is None,
        was_late=_was_late(deadline, answers),
        recall_asked=any(f.kind is FactKind.RECALL_ASKED for f in every),
        recall_refused=refused.reason if refused and recalled is None else None,
        missing=_missing(receipts),
        disputes=_disputes(receipts, stands, recalled),
    )


def _order(fact: Fact) -> tuple[bool, int, datetime, str, str, str]:
    """Order receipts by their sender's own count, then by stated time and code; never by arrival.

    What has no count stands before what has one: it is weaker, and raises where it can.
    """
    counted = fact.seq is not None
    return counted, fact.seq or 0, fact.at, fact.kind.value, fact.number, fact.reason


def _weighed(fact: Fact) -> tuple[int, bool]:
    return _RANK[fact.kind], fact.weight is Weight.PROVEN


def _last(receipts: list[Fact], kind: FactKind) -> Fact | None:
    return next((f for f in reversed(receipts) if f.kind is kind), None)


def _after(fact: Fact, other: Fact | None) -> bool:
    return other is not None and _order(fact) > _order(other)


def _before(fact: Fact, other: Fact | None) -> bool:
    return other is not None and _order(fact) < _order(other)


def _state(
    every: Facts, refusal: Fact | None, recalled: Fact | None, best: Fact | None
) -> ExchangeState:
    # Điều 10.2: what was destroyed is gone, whatever else is said.
    if recalled is not None:
        return ExchangeState.RECALLED
    if refusal is not None:
        return ExchangeState.REFUSED
    if best is not None:
        return _STATE[best.kind]
    return _transported(every)


def _transported(every: Facts) -> ExchangeState:
    last = {fact.kind: fact.at for fact in sorted(every, key=lambda fact: fact.at)}
    bounced, submitted = last.get(FactKind.BOUNCED), last.get(FactKind.SUBMITTED)
    # A server that gave it back had it: it can arrive only if a person sent it again.
    if bounced is not None and (submitted is None or submitted <= bounced):
        return ExchangeState.BOUNCED
    if submitted is not None:
        return ExchangeState.SUBMITTED
    return ExchangeState.UNCERTAIN if FactKind.UNCERTAIN in last else ExchangeState.OWED


def _number(counted: list[Fact]) -> str:
    given = [f for f in counted if f.kind is FactKind.REGISTERED and f.number]
    proven = [f for f in given if f.weight is Weight.PROVEN] or given
    return proven[-1].number if proven else ""


def _registered_before(receipts: list[Fact], refusal: Fact) -> bool:
    return any(f.kind is FactKind.REGISTERED and _before(f, refusal) for f in receipts)


def _is_weak(receipts: list[Fact], state: ExchangeState) -> bool:
    """Tell whether the state rests on words that nobody signed."""
    says = {kind for kind, meant in _STATE.items() if meant is state}
    says |= {FactKind.REFUSED} if state is ExchangeState.REFUSED else set()
    says |= {FactKind.RECALLED} if state is ExchangeState.RECALLED else set()
    saying = [f for f in receipts if f.kind in says]
    return bool(saying) and all(f.weight is Weight.WEAK for f in saying)


def _was_late(deadline: datetime | None, answers: list[Fact]) -> bool:
    if deadline is None or not answers:
        return False
    return min(f.at for f in answers) > deadline


def _missing(receipts: list[Fact]) -> tuple[int, ...]:
    came = {f.seq for f in receipts if f.seq is not None}
    gaps = [n for n in range(1, min(max(came, default=0), 10_000)) if n not in came]
    return tuple(gaps[:_GAPS])


def _disputes(
    receipts: list[Fact], refusal: Fact | None, recalled: Fact | None
) -> frozenset[Dispute]:
    found = set[Dispute]()
    if len({f.number for f in receipts if f.kind is FactKind.REGISTERED and f.number}) > 1:
        found.add(Dispute.TWO_NUMBERS)
    if any(f.kind in _WORKED and _after(f, refusal) for f in receipts):
        found.add(Dispute.WORKED_AFTER_RETURN)
    alive = {FactKind.REGISTERED, *_WORKED}
    if any(f.kind in alive and f.seq is not None and _after(f, recalled) for f in receipts):
        found.add(Dispute.ALIVE_AFTER_RECALL)
    return frozenset(found)
