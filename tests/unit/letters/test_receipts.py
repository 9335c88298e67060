from dataclasses import replace

import pytest

from mailbridge.letters.canonical import digest
from mailbridge.letters.grounds import GROUNDS
from mailbridge.letters.templates import WORDING, render
from mailbridge.model.codec import decode, encode
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.letter import Letter, Proof, ReceiptFacts, Stage
from tests.unit.letters.sample import DOCUMENT, NOW, TO, owed


def _facts(letter: Letter) -> ReceiptFacts:
    assert isinstance(letter.facts, ReceiptFacts)
    return letter.facts


def test_retry_bears_the_same_name() -> None:
    assert owed(Stage.ARRIVED) == owed(Stage.ARRIVED)


def test_stage_recipient_and_secret_each_make_another_name() -> None:
    first = owed(Stage.ARRIVED)
    others = (
        owed(Stage.REGISTERED),
        owed(Stage.ARRIVED, to=replace(TO, address="khac@vidu.gov.vn")),
        owed(Stage.ARRIVED, secret=b"another"),
        owed(Stage.ARRIVED, (first,)),
    )
    names = {letter.id for letter in (first, *others)}
    receipt_ids = {_facts(letter).receipt_id for letter in (first, *others)}
    assert len(names) == len(receipt_ids) == 5


def test_receipts_chain_by_seq_and_digest() -> None:
    first = owed(Stage.ARRIVED)
    second = owed(Stage.REGISTERED, (first,))
    third = owed(Stage.REFUSED, (second, first), reason=Reason.NOTHING_ATTACHED)
    assert [_facts(one).seq for one in (first, second, third)] == [1, 2, 3]
    assert _facts(first).previous is None
    assert _facts(second).previous == digest(_facts(first))
    assert _facts(third).previous == digest(_facts(second))


def test_receipts_to_another_address_are_no_part_of_the_chain() -> None:
    other = owed(Stage.ARRIVED, to=replace(TO, address="khac@vidu.gov.vn"))
    assert _facts(owed(Stage.REGISTERED, (other,))).seq == 1


def test_what_has_only_arrived_tells_no_number() -> None:
    assert _facts(owed(Stage.ARRIVED)).number is None


ENTERED = (Stage.REGISTERED, Stage.ASSIGNED, Stage.PROCESSING, Stage.DONE)


@pytest.mark.parametrize("stage", ENTERED)
def test_what_stands_in_the_book_bears_its_number(stage: Stage) -> None:
    assert _facts(owed(stage)).number == DOCUMENT.number
    with pytest.raises(RefusedError):
        owed(stage, document=replace(DOCUMENT, number=None))


@pytest.mark.parametrize("reason", sorted(set(Reason) - set(GROUNDS)))
def test_reason_that_may_not_be_told_has_no_letter(reason: Reason) -> None:
    with pytest.raises(RefusedError):
        owed(Stage.REFUSED, reason=reason)


def test_refusal_without_a_reason_is_refused() -> None:
    with pytest.raises(RefusedError):
        owed(Stage.REFUSED)


def test_ground_of_the_clerks_own_needs_words() -> None:
    with pytest.raises(RefusedError):
        owed(Stage.REFUSED, reason=Reason.AWAITS_CLERK, words="  ")
    told = owed(Stage.REFUSED, reason=Reason.AWAITS_CLERK, words="Sai thẩm quyền ký.")
    assert _facts(told).words == "Sai thẩm quyền ký."


@pytest.mark.parametrize("date", [None, "", "2026-13-45", "hôm qua"])
def test_date_that_is_none_is_left_out(date: str | None) -> None:
    document = replace(DOCUMENT, key=replace(DOCUMENT.key, date=date))
    assert _facts(owed(Stage.ARRIVED, document=document)).issued is None


def test_letter_survives_the_store() -> None:
    letter = owed(Stage.REGISTERED)
    assert decode(Letter, encode(Letter, letter)) == letter


def test_a_proof_of_destruction_says_in_words_what_was_erased_and_what_is_left() -> None:
    proof = Proof(("ab" * 32,), ("blob", "imap", "later"), ("bản giấy: đã yêu cầu",), NOW, "B")
    facts = owed(Stage.RECALLED, proof=proof).facts
    assert isinstance(facts, ReceiptFacts)
    assert (facts.proof, str(facts.number)) == (proof, "431/2026")
    told = render(WORDING, "receipt.txt", facts=facts, stage="recalled", verdict="x", ground=None)
    assert "Đã xóa: thư trong hộp thư" in told
    assert "Đã xóa: later" in told
    assert "Chưa hủy được: bản giấy" in told


def test_nothing_is_said_to_be_destroyed_without_its_proof() -> None:
    with pytest.raises(RefusedError):
        owed(Stage.RECALLED)
