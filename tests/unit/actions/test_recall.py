"""An agency calls back what it sent: what has not left never leaves, everybody else is asked."""

from datetime import timedelta

import pytest

from mailbridge.actions.exchanging import learn
from mailbridge.actions.house import House
from mailbridge.actions.recall import Asked, CannotRecallError, Wish, recall
from mailbridge.model.exchange import ExchangeState, Fact, FactKind, Weight
from mailbridge.model.letter import Letter, LetterKind, LetterState, RecallFacts
from mailbridge.model.sending import Exchange
from mailbridge.registry import claiming, exchanges, journal, outbox, statuses
from tests.unit.actions.sent_documents import ONE, PRINT, TWO, sent_to
from tests.unit.provenance.samples import NOW

WISH = Wish("ban hành nhầm thể thức")
LATER = NOW + timedelta(hours=1)


def leave(house: House) -> None:
    with house.database.transaction() as tx:
        while letters := claiming.take(tx, NOW, ("vanthu",)).letters:
            outbox.sent(tx, [one.id for one in letters], NOW)


def know(house: House, fact: FactKind, weight: Weight = Weight.PROVEN) -> None:
    with house.database.transaction() as tx:
        exchange = one(house)
        learn(tx, exchange, fact.value, Fact(fact, NOW, weight), None, NOW)


def one(house: House) -> Exchange:
    with house.database.reading() as tx:
        return exchanges.of_document(tx, 1)[0]


def recalls(house: House) -> tuple[Letter, ...]:
    with house.database.reading() as tx:
        found = outbox.letters(tx)
    return tuple(letter for letter in found if letter.kind is LetterKind.RECALL)


def test_every_recipient_is_asked_with_what_names_the_document(house: House) -> None:
    document, letters = sent_to(house, ONE, TWO)
    leave(house)
    done = recall(house, document, WISH, "Văn thư A", LATER)
    assert [(each.exchange.to, each.done) for each in done] == [
        (ONE, Asked.ASKED),
        (TWO, Asked.ASKED),
    ]
    asked = sorted(recalls(house), key=lambda letter: letter.exchange or 0)
    facts = [letter.facts for letter in asked]
    assert all(isinstance(each, RecallFacts) for each in facts)
    assert [each.message_id for each in facts if isinstance(each, RecallFacts)] == [
        f"{letter.id}@hungyen.gov.vn" for letter in letters
    ]
    first = facts[0]
    assert isinstance(first, RecallFacts)
    assert (first.reason, first.files[0].sha256) == (WISH.reason, PRINT)
    assert (first.document_key, first.to) == ("DEMO.02.07,2026/11/23,12-CV/ĐU", ONE)
    with house.database.reading() as tx:
        assert [each.recall_asked for each in exchanges.of_document(tx, document)] == [True, True]
        assert [each.code for each in statuses.history(tx, document)] == ["13"]
        (line,) = journal.about(tx, "DEMO.02.07", [f"document:{document}"])
    assert (line.event, line.data["by"]) == ("recall-asked", "Văn thư A")


def test_one_recipient_alone_is_asked(house: House) -> None:
    document, _ = sent_to(house, ONE, TWO)
    leave(house)
    recall(house, document, Wish("nhầm nơi nhận", (TWO.agency.lower(),)), "A", LATER)
    assert [letter.to for letter in recalls(house)] == [TWO.address]


def test_what_has_not_left_never_leaves_and_nobody_is_asked(house: House) -> None:
    document, (letter,) = sent_to(house, ONE)
    (done,) = recall(house, document, WISH, "A", LATER)
    assert done.done is Asked.WITHDRAWN
    assert recalls(house) == ()
    with house.database.transaction() as tx:
        assert claiming.take(tx, LATER, ("vanthu",)).letters == ()
        withdrawn = outbox.get(tx, letter.id)
    assert withdrawn is not None
    assert withdrawn.state is LetterState.FAILED
    exchange = one(house)
    assert (exchange.state, exchange.is_weak) == (ExchangeState.RECALLED, False)


def test_what_is_being_posted_is_asked_for(house: House) -> None:
    document, _ = sent_to(house, ONE)
    with house.database.transaction() as tx:
        claiming.take(tx, NOW, ("vanthu",))
    (done,) = recall(house, document, WISH, "A", LATER)
    assert done.done is Asked.ASKED


def test_what_perhaps_left_is_asked_for_although_it_is_owed_again(house: House) -> None:
    document, (letter,) = sent_to(house, ONE)
    know(house, FactKind.UNCERTAIN, Weight.OWN)
    (done,) = recall(house, document, WISH, "A", LATER)
    assert done.done is Asked.ASKED
    with house.database.reading() as tx:
        found = outbox.get(tx, letter.id)
    assert found is not None
    assert found.state is LetterState.FAILED


def test_asked_twice_is_asked_once_until_it_is_refused_or_lost(house: House) -> None:
    document, _ = sent_to(house, ONE)
    leave(house)
    recall(house, document, WISH, "A", LATER)
    (again,) = recall(house, document, WISH, "A", LATER)
    assert again.done is Asked.BEFORE
    assert len(recalls(house)) == 1
    know(house, FactKind.RECALL_REFUSED)
    (anew,) = recall(house, document, WISH, "A", LATER)
    assert anew.done is Asked.ASKED
    assert len({letter.id for letter in recalls(house)}) == 2


def test_what_is_destroyed_is_not_asked_for(house: House) -> None:
    document, _ = sent_to(house, ONE)
    leave(house)
    know(house, FactKind.RECALLED)
    (done,) = recall(house, document, WISH, "A", LATER)
    assert done.done is Asked.DONE
    assert recalls(house) == ()


def test_a_recall_needs_a_reason_and_recipients_that_got_it(house: House) -> None:
    document, _ = sent_to(house, ONE)
    with pytest.raises(CannotRecallError, match="lý do"):
        recall(house, document, Wish(" "), "A", LATER)
    with pytest.raises(CannotRecallError, match=r"DEMO\.99"):
        recall(house, document, Wish("x", ("DEMO.99",)), "A", LATER)
    with pytest.raises(CannotRecallError, match="không phải văn bản"):
        recall(house, 77, WISH, "A", LATER)
    assert recalls(house) == ()


def test_a_recall_whose_answer_was_lost_leaves_again_only_when_a_person_asks(house: House) -> None:
    document, _ = sent_to(house, ONE)
    leave(house)
    recall(house, document, WISH, "A", LATER)
    with house.database.transaction() as tx:
        (letter,) = claiming.take(tx, LATER, ("vanthu",)).letters
        outbox.uncertain(tx, (letter.id,), "cut", LATER)
    with house.database.transaction() as tx:
        assert claiming.take(tx, LATER + timedelta(days=1), ("vanthu",)).letters == ()
    (again,) = recall(house, document, WISH, "A", LATER)
    assert again.done is Asked.ASKED
    assert [letter.state for letter in recalls(house)] == [LetterState.OWED, LetterState.UNCERTAIN]
