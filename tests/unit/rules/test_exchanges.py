"""What facts say together, whatever their order, their number and their delay."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.model.exchange import Dispute, ExchangeState, Fact, FactKind, Standing, Weight
from mailbridge.rules.exchanges import join, standing

START = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
_OWN = {
    FactKind.SUBMITTED,
    FactKind.UNCERTAIN,
    FactKind.BOUNCED,
    FactKind.RECALL_ASKED,
    FactKind.LATE,
}


def fact(kind: FactKind, seq: int | None = None, hour: int = 0, **more: str) -> Fact:
    weight = Weight.OWN if kind in _OWN else Weight.PROVEN if seq else Weight.WEAK
    return Fact(kind, START + timedelta(hours=hour), weight, seq, **more)


def stands(*facts: Fact) -> Standing:
    return standing(facts)


FACTS = st.builds(
    fact,
    st.sampled_from(FactKind),
    st.none() | st.integers(1, 6),
    st.integers(0, 30),
    number=st.sampled_from(["", "431/2026", "7/2026"]),
    reason=st.sampled_from(["", "wrong-addressee"]),
)
SETS = st.frozensets(FACTS, max_size=12)


@given(SETS, st.randoms())
def test_neither_order_nor_duplicates_change_anything(
    facts: frozenset[Fact], random: object
) -> None:
    shuffled = [*facts, *facts]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert standing(shuffled) == standing(sorted(facts, key=repr))


@given(SETS, SETS, SETS)
def test_joining_is_commutative_associative_and_idempotent(
    one: frozenset[Fact], two: frozenset[Fact], three: frozenset[Fact]
) -> None:
    assert join(one, two) == join(two, one)
    assert join(join(one, two), three) == join(one, join(two, three))
    assert join(one, one) == one
    assert standing(join(join(one, two), three)) == standing(join(three, join(two, one)))


@given(SETS, FACTS)
def test_late_progress_never_lowers_the_state(facts: frozenset[Fact], more: Fact) -> None:
    order = list(ExchangeState)
    progress = {FactKind.ARRIVED, FactKind.REGISTERED, FactKind.ASSIGNED, FactKind.PROCESSING}
    ends = {ExchangeState.REFUSED, ExchangeState.RECALLED}
    before = standing(facts).state
    if more.kind in progress and before not in ends:
        assert order.index(standing(join(facts, [more])).state) >= order.index(before)


@given(SETS, FACTS)
def test_what_was_destroyed_stays_destroyed(facts: frozenset[Fact], more: Fact) -> None:
    gone = join(facts, [fact(FactKind.RECALLED, 3)])
    assert standing(join(gone, [more])).state is ExchangeState.RECALLED


@given(SETS)
def test_a_dispute_is_never_taken_back_by_more_facts(facts: frozenset[Fact]) -> None:
    two = join(
        facts, [fact(FactKind.REGISTERED, 1, number="1"), fact(FactKind.REGISTERED, 2, number="2")]
    )
    assert Dispute.TWO_NUMBERS in standing(two).disputes


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ((), ExchangeState.OWED),
        ((fact(FactKind.UNCERTAIN),), ExchangeState.UNCERTAIN),
        ((fact(FactKind.UNCERTAIN), fact(FactKind.SUBMITTED)), ExchangeState.SUBMITTED),
        ((fact(FactKind.SUBMITTED), fact(FactKind.BOUNCED)), ExchangeState.BOUNCED),
        ((fact(FactKind.BOUNCED), fact(FactKind.ARRIVED, 1)), ExchangeState.ARRIVED),
        ((fact(FactKind.DONE, 5), fact(FactKind.ARRIVED, 1)), ExchangeState.DONE),
        ((fact(FactKind.REGISTERED, 1), fact(FactKind.REFUSED, 2)), ExchangeState.REFUSED),
        ((fact(FactKind.REFUSED, 1), fact(FactKind.REGISTERED, 2)), ExchangeState.REGISTERED),
        ((fact(FactKind.REFUSED, 2), fact(FactKind.DONE, 1)), ExchangeState.REFUSED),
        ((fact(FactKind.RECALLED, 2), fact(FactKind.DONE, 3)), ExchangeState.RECALLED),
    ],
)
def test_the_state_is_what_the_facts_say(facts: tuple[Fact, ...], state: ExchangeState) -> None:
    assert stands(*facts).state is state


def test_a_refusal_after_a_number_is_a_lawful_return_and_no_dispute() -> None:
    found = stands(
        fact(FactKind.REGISTERED, 1, number="431/2026"), fact(FactKind.REFUSED, 2, reason="x")
    )
    assert (found.is_return, found.reason, found.number) == (True, "x", "431/2026")
    assert found.disputes == frozenset()


def test_work_after_a_return_is_for_a_person_unless_it_was_registered_anew() -> None:
    returned = (fact(FactKind.REGISTERED, 1), fact(FactKind.REFUSED, 2), fact(FactKind.DONE, 4))
    assert stands(*returned).disputes == {Dispute.WORKED_AFTER_RETURN}
    assert stands(*returned, fact(FactKind.REGISTERED, 3)).disputes == frozenset()


def test_life_after_destruction_is_for_a_person() -> None:
    facts = (fact(FactKind.RECALLED, 2), fact(FactKind.PROCESSING, 3))
    assert stands(*facts).disputes == {Dispute.ALIVE_AFTER_RECALL}
    assert stands(fact(FactKind.PROCESSING, 1), fact(FactKind.RECALLED, 2)).disputes == frozenset()


def test_what_nobody_signed_is_shown_as_weak_until_it_is_proven() -> None:
    assert stands(fact(FactKind.REGISTERED)).is_weak
    assert not stands(fact(FactKind.REGISTERED), fact(FactKind.REGISTERED, 1)).is_weak


def test_silence_is_late_and_an_answer_after_it_was_late() -> None:
    late = fact(FactKind.LATE, hour=10)
    assert stands(fact(FactKind.SUBMITTED), late).is_late
    answered = stands(late, fact(FactKind.ARRIVED, 1, hour=12))
    assert (answered.is_late, answered.was_late) == (False, True)
    assert not stands(late, fact(FactKind.ARRIVED, 1, hour=9)).was_late


def test_a_refused_recall_is_void_once_it_is_done() -> None:
    asked = fact(FactKind.RECALL_ASKED)
    refused = fact(FactKind.RECALL_REFUSED, 1, reason="unproven")
    assert stands(asked, refused).recall_refused == "unproven"
    assert stands(asked, refused, fact(FactKind.RECALLED, 2)).recall_refused is None


def test_a_receipt_that_is_missing_shows() -> None:
    assert stands(fact(FactKind.ARRIVED, 1), fact(FactKind.ASSIGNED, 4)).missing == (2, 3)
    assert len(stands(fact(FactKind.DONE, 1_000_000_000)).missing) == 20


def test_what_was_returned_and_sent_again_is_sent() -> None:
    first, back = fact(FactKind.SUBMITTED), fact(FactKind.BOUNCED, hour=1)
    assert stands(first, back).state is ExchangeState.BOUNCED
    again = fact(FactKind.SUBMITTED, hour=2)
    assert stands(again, first, back).state is ExchangeState.SUBMITTED
    assert stands(again, fact(FactKind.BOUNCED, hour=3), back).state is ExchangeState.BOUNCED
