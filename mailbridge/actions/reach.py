"""Reach: how far a recall of ours has come, recipient by recipient."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mailbridge.model.exchange import ExchangeState, Fact, FactKind, Weight
from mailbridge.model.recall import RecallAnswer
from mailbridge.model.sending import Exchange
from mailbridge.registry import exchanges, recall_answers
from mailbridge.registry.database import Transaction


class ReachState(StrEnum):
    """What is known of one recipient."""

    NOT_ASKED = "not-asked"
    # The document had not left.
    WITHDRAWN = "withdrawn"
    SILENT = "silent"
    # 15; weak where nobody signed it.
    DESTROYED = "destroyed"
    # 16.
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Reach:
    """One recipient: when it was asked, and what it answered."""

    exchange: Exchange
    state: ReachState
    asked_at: datetime | None = None
    answer: RecallAnswer | None = None


def reach(tx: Transaction, document: int) -> tuple[Reach, ...]:
    """List all recipients of a document that we sent, in their order."""
    return tuple(_reach(tx, one) for one in exchanges.of_document(tx, document))


def _reach(tx: Transaction, exchange: Exchange) -> Reach:
    facts = exchanges.facts(tx, exchange.id)
    asked = [fact.at for fact in facts if fact.kind is FactKind.RECALL_ASKED]
    answers = recall_answers.of_exchange(tx, exchange.id)
    state = _state(exchange, facts)
    code = {ReachState.DESTROYED: "15", ReachState.REFUSED: "16"}.get(state)
    answer = next((one for one in reversed(answers) if one.code == code), None)
    return Reach(exchange, state, max(asked, default=None), answer)


def _state(exchange: Exchange, facts: tuple[Fact, ...]) -> ReachState:
    if exchange.state is ExchangeState.RECALLED:
        answered = any(
            fact.kind is FactKind.RECALLED and fact.weight is not Weight.OWN for fact in facts
        )
        return ReachState.DESTROYED if answered else ReachState.WITHDRAWN
    if exchange.recall_refused:
        return ReachState.REFUSED
    return ReachState.SILENT if exchange.recall_asked else ReachState.NOT_ASKED
