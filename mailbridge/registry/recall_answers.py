"""What recipients answered to recalls of ours, with their proof: kept beside the facts."""

from datetime import datetime

from sqlmodel import col, select

from mailbridge.model import codec
from mailbridge.model.exchange import Weight
from mailbridge.model.letter import ReceiptFacts
from mailbridge.model.recall import RecallAnswer
from mailbridge.model.told import Proof
from mailbridge.registry import recall_tables, tables
from mailbridge.registry.database import Transaction

_ANSWER = tables.table(recall_tables.RecallAnswer)
Row = recall_tables.RecallAnswer


def keep(
    tx: Transaction,
    exchange: int,
    facts: ReceiptFacts,
    weight: Weight,
    ledger: int | None,
    now: datetime,
) -> None:
    """Keep the words and the proof of a 15 or 16; the same receipt again is kept once."""
    tx.add_once(
        _ANSWER,
        exchange=exchange,
        name=facts.receipt_id,
        code=facts.stage.value,
        words=facts.words,
        is_weak=weight is Weight.WEAK,
        proof=codec.encode(Proof, facts.proof).decode() if facts.proof else "",
        ledger=ledger,
        at=now,
    )


def of_exchange(tx: Transaction, exchange: int) -> tuple[RecallAnswer, ...]:
    """List the answers of a recipient, the oldest first."""
    found = select(Row).where(Row.exchange == exchange).order_by(col(Row.id))
    return tuple(map(_value, tx.session.exec(found)))


def _value(row: Row) -> RecallAnswer:
    return RecallAnswer(
        exchange=row.exchange,
        code=row.code,
        words=row.words,
        at=row.at,
        is_weak=row.is_weak,
        proof=codec.decode(Proof, row.proof) if row.proof else None,
        ledger=row.ledger,
    )
