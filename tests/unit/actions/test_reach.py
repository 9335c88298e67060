"""The sender sees how far a recall has come, recipient by recipient."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from mailbridge.actions.exchanging import learn
from mailbridge.actions.house import House
from mailbridge.actions.reach import ReachState, reach
from mailbridge.actions.recall import Wish, recall
from mailbridge.model.exchange import Fact, FactKind, Weight
from mailbridge.model.letter import Party, ReceiptFacts, Stage
from mailbridge.model.told import Proof
from mailbridge.registry import claiming, exchanges, outbox, recall_answers
from tests.unit.actions.sent_documents import ONE, TWO, sent_to
from tests.unit.letters.sample import owed
from tests.unit.provenance.samples import NOW

THREE = Party("DEMO.05", "Đảng ủy xã Thí Dụ", "xa.thidu@hungyen.gov.vn")
PROOF = Proof(("ab" * 32,), ("blob", "imap"), ("bản sao lưu",), NOW, "Văn thư B")


def said(stage: Stage, **more: Any) -> ReceiptFacts:
    facts = owed(Stage.ARRIVED).facts
    assert isinstance(facts, ReceiptFacts)
    return replace(facts, stage=stage, **more)


def test_each_recipient_stands_where_it_is(house: House) -> None:
    document, letters = sent_to(house, ONE, TWO, THREE)
    with house.database.transaction() as tx:
        for letter in claiming.take(tx, NOW, ("vanthu",)).letters:
            outbox.sent(tx, [letter.id], NOW)
        for letter in letters:
            outbox.sent(tx, [letter.id], NOW)
    recall(house, document, Wish("nhầm", (ONE.agency, TWO.agency)), "A", NOW)
    later = NOW + timedelta(hours=1)
    facts = said(Stage.RECALLED, proof=PROOF)
    with house.database.transaction() as tx:
        first = exchanges.of_document(tx, document)[0]
        learn(tx, first, "r", Fact(FactKind.RECALLED, later, Weight.PROVEN, 2), None, later)
        for _ in range(2):
            recall_answers.keep(tx, first.id, facts, Weight.PROVEN, None, later)
    with house.database.reading() as tx:
        found = reach(tx, document)
    assert [one.state for one in found] == [
        ReachState.DESTROYED,
        ReachState.SILENT,
        ReachState.NOT_ASKED,
    ]
    assert found[0].answer is not None
    assert found[0].answer.proof == PROOF
    assert (found[1].asked_at, found[2].asked_at) == (NOW, None)


def test_a_refusal_shows_its_words_and_who_withdrew_was_never_asked(house: House) -> None:
    document, (letter, _) = sent_to(house, ONE, TWO)
    with house.database.transaction() as tx:
        claiming.take(tx, NOW, ("vanthu",))
        outbox.sent(tx, [letter.id], NOW)
    recall(house, document, Wish("nhầm"), "A", NOW)
    facts = said(Stage.RECALL_REFUSED, words="chưa nhận được")
    with house.database.transaction() as tx:
        first = exchanges.of_document(tx, document)[0]
        learn(tx, first, "r", Fact(FactKind.RECALL_REFUSED, NOW, Weight.WEAK), None, NOW)
        recall_answers.keep(tx, first.id, facts, Weight.WEAK, None, NOW)
    with house.database.reading() as tx:
        refused, withdrawn = reach(tx, document)
    assert (refused.state, withdrawn.state) == (ReachState.REFUSED, ReachState.WITHDRAWN)
    assert refused.answer is not None
    assert (refused.answer.words, refused.answer.is_weak) == ("chưa nhận được", True)
