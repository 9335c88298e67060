from mailbridge.letters.ids import is_own, message_id, receipt_id
from mailbridge.model.batch import batch_id


def test_causes_that_join_to_the_same_text_differ() -> None:
    assert message_id(b"s", "a", "bc") != message_id(b"s", "ab", "c")


def test_name_holds_at_least_128_bits_and_fits_a_local_part() -> None:
    token = message_id(b"s", "a")
    assert len(token) <= 64
    assert len(token.partition(".")[2]) * 5 >= 128
    assert len(receipt_id(b"s", "a")) * 5 >= 128


def test_receipt_id_does_not_give_the_message_id_away() -> None:
    assert receipt_id(b"s", "a") not in message_id(b"s", "a")


def test_own_form_is_known_under_own_domains_only() -> None:
    token = message_id(b"s", "a")
    assert is_own(f"<{token}@hungyen.gov.vn>", "HungYen.gov.vn")
    assert is_own(f"{batch_id((token, 'x'))}@hungyen.gov.vn", "hungyen.gov.vn")
    assert not is_own(f"<{token}@elsewhere.vn>", "hungyen.gov.vn")
    assert not is_own("<mb.short@hungyen.gov.vn>", "hungyen.gov.vn")


def test_batch_is_named_by_its_members() -> None:
    assert batch_id(("a",)) == "a"
    assert batch_id(("a", "b")) == batch_id(("a", "b")) != batch_id(("a", "b", "c"))
