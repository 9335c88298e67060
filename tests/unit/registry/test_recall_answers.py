"""What recipients answer to recalls is kept once for each receipt, and never changed."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from mailbridge.model.document import Document
from mailbridge.model.exchange import Weight
from mailbridge.model.letter import ReceiptFacts, Stage
from mailbridge.model.outcome import Direction
from mailbridge.model.sending import Exchange
from mailbridge.model.told import Proof
from mailbridge.registry import documents, exchanges, recall_answers
from mailbridge.registry.database import Database
from tests.unit.letters.sample import TO, owed
from tests.unit.registry.conftest import NOW, OFFICE


def test_an_answer_is_kept_once_with_its_proof(
    database: Database, document: Callable[..., Document]
) -> None:
    facts = owed(Stage.ARRIVED).facts
    assert isinstance(facts, ReceiptFacts)
    proof = Proof(("ab" * 32,), ("blob",), ("bản giấy",), NOW, "B")
    said = replace(facts, stage=Stage.RECALLED, proof=proof)
    with database.transaction() as tx:
        of = documents.add(tx, replace(document(0), direction=Direction.OUT))
        exchange = exchanges.add(tx, Exchange(0, OFFICE, of, TO, NOW))
        for _ in range(2):
            recall_answers.keep(tx, exchange, said, Weight.PROVEN, None, NOW)
    with database.reading() as tx:
        (kept,) = recall_answers.of_exchange(tx, exchange)
    assert (kept.code, kept.proof, kept.is_weak) == ("15", proof, False)
    with pytest.raises(SQLAlchemyError), database.transaction() as tx:
        tx.run(text("UPDATE recallanswer SET code = '16'"))
