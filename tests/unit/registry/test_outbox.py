"""Letters leave at least once, in order, ever more slowly, and not for ever."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from mailbridge.model.document import Document
from mailbridge.model.letter import (
    LetterKind,
    LetterState,
)
from mailbridge.model.slot import Arrival, Fingerprint
from mailbridge.registry import claiming, documents, ledger, outbox
from mailbridge.registry.database import Database
from tests.unit.registry import owed
from tests.unit.registry.conftest import NOW
from tests.unit.registry.plans import plans


@pytest.mark.parametrize("kind", LetterKind)
def test_a_letter_comes_back_with_its_facts(database: Database, kind: LetterKind) -> None:
    owed.owe(database, owed.letter("one", kind))
    assert owed.get(database, "one") == owed.letter("one", kind)


def test_the_same_cause_owes_the_same_letter_once(database: Database) -> None:
    owed.owe(database, owed.letter("one"), owed.letter("one", to="binh@hungyen.gov.vn"))
    assert owed.claim(database) == ["one"]
    assert owed.claim(database) == []
    assert owed.get(database, "one").to == "an@hungyen.gov.vn"


def test_a_server_that_names_a_time_is_obeyed(database: Database) -> None:
    owed.owe(database, owed.letter("one"))
    owed.claim(database)
    with database.transaction() as tx:
        outbox.again(tx, ("one",), "mai", NOW, after=7200)
    assert owed.get(database, "one").not_before == NOW + timedelta(hours=2)


@pytest.mark.parametrize("put_back", [outbox.again, outbox.uncertain])
def test_a_letter_is_given_up_after_two_days_and_named(
    database: Database, put_back: Callable[..., tuple[str, ...]]
) -> None:
    owed.owe(database, owed.letter("one"))
    now = NOW
    given_up: tuple[str, ...] = ()
    while not given_up:
        assert now < NOW + timedelta(hours=50)
        assert owed.claim(database, now) == ["one"]
        with database.transaction() as tx:
            given_up = put_back(tx, ("one",), "im lặng", now)
        now = max(owed.get(database, "one").not_before, now)
    assert given_up == ("one",)
    assert owed.get(database, "one").state is LetterState.FAILED
    assert owed.claim(database, now + timedelta(days=30)) == []
    with database.transaction() as tx:
        outbox.requeue(tx, "one", now)
    assert owed.claim(database, now) == ["one"]
    assert owed.get(database, "one").attempts == 1


def test_an_uncertain_letter_leaves_again_as_the_same_one(database: Database) -> None:
    owed.owe(database, owed.letter("one", LetterKind.RECEIPT))
    owed.claim(database)
    with database.transaction() as tx:
        outbox.uncertain(tx, ("one",), "cắt sau DATA", NOW)
    assert owed.get(database, "one").state is LetterState.UNCERTAIN
    assert owed.claim(database, NOW + timedelta(seconds=4)) == []
    assert owed.claim(database, NOW + timedelta(seconds=5)) == ["one"]


def test_what_is_sent_or_refused_for_good_rests(database: Database) -> None:
    owed.owe(database, owed.letter("one"), owed.letter("two"))
    with database.transaction() as tx:
        claiming.take(tx, NOW, owed.DESKS)
        claiming.take(tx, NOW, owed.DESKS)
        outbox.sent(tx, ("one",), NOW)
        outbox.failed(tx, ("two",), "550 không có hộp thư", NOW)
    assert owed.claim(database, NOW + timedelta(days=9)) == []
    one, two = owed.get(database, "one"), owed.get(database, "two")
    assert (one.state, one.sent_at, one.last_error) == (LetterState.SENT, NOW, "")
    assert (two.state, two.last_error) == (LetterState.FAILED, "550 không có hộp thư")


def test_what_was_being_posted_at_death_is_owed_again(database: Database) -> None:
    owed.owe(database, owed.letter("one"), owed.letter("rest"))
    owed.claim(database)
    with database.transaction() as tx:
        outbox.recover(tx, NOW + timedelta(seconds=5), ["vanthu"])
    assert [owed.claim(database, NOW + timedelta(seconds=5)) for _ in range(3)] == [
        ["one"],
        ["rest"],
        [],
    ]
    # The second death of the same letter waits for the back-off that was registered before it.
    with database.transaction() as tx:
        outbox.recover(tx, NOW + timedelta(seconds=10), ["vanthu"])
    assert owed.claim(database, NOW + timedelta(seconds=10)) == ["rest"]
    assert owed.claim(database, NOW + timedelta(seconds=305)) == ["one"]


def test_receipts_of_a_document_are_in_the_order_they_were_owed(
    database: Database, arrival: Callable[..., Arrival], document: Callable[..., Document]
) -> None:
    with database.transaction() as tx:
        row = ledger.begin(tx, arrival(), Fingerprint("f" * 64), NOW).ledger
        added = documents.add(tx, document(row))
    receipt = LetterKind.RECEIPT
    owed.owe(
        database,
        owed.letter("z", receipt, document=added),
        owed.letter("n", LetterKind.NOTICE, document=added),
        owed.letter("a", receipt, document=added),
        owed.letter("other", receipt),
    )
    with database.reading() as tx:
        assert [letter.id for letter in outbox.receipts_of(tx, added)] == ["z", "a"]


@pytest.mark.parametrize(
    ("message_id", "ours"),
    [
        ("<one@hungyen.gov.vn>", True),
        (" one@x ", True),
        ("<two@hungyen.gov.vn>", False),
        ("", False),
    ],
)
def test_only_the_outbox_knows_our_own_letters(
    database: Database, message_id: str, ours: bool
) -> None:
    owed.owe(database, owed.letter("one"))
    with database.reading() as tx:
        assert outbox.is_ours(tx, message_id, ["vanthu"]) is ours


@pytest.mark.parametrize("kind", [LetterKind.DOCUMENT, LetterKind.RECALL])
def test_a_document_whose_answer_was_lost_never_leaves_again_by_itself(
    database: Database, kind: LetterKind
) -> None:
    owed.owe(database, owed.letter("a", kind))
    with database.transaction() as tx:
        (claimed,) = claiming.take(tx, NOW, owed.DESKS).letters
        assert outbox.uncertain(tx, (claimed.id,), "cut", NOW + timedelta(days=3)) == ()
        assert claiming.take(tx, NOW + timedelta(days=9), owed.DESKS).letters == ()
        found = outbox.get(tx, "a")
    assert found is not None
    assert found.state is LetterState.UNCERTAIN


def test_a_document_that_was_being_posted_when_we_died_is_uncertain(database: Database) -> None:
    owed.owe(database, owed.letter("a", LetterKind.DOCUMENT), owed.letter("b"))
    with database.transaction() as tx:
        claiming.take(tx, NOW, owed.DESKS)
        claiming.take(tx, NOW, owed.DESKS)
    with database.transaction() as tx:
        (perhaps,) = outbox.recover(tx, NOW, owed.DESKS)
        assert perhaps.id == "a"
        (again,) = claiming.take(tx, NOW, owed.DESKS).letters
        assert again.id == "b"


def test_a_letter_that_is_put_off_was_not_tried(database: Database) -> None:
    owed.owe(database, owed.letter("a"))
    with database.transaction() as tx:
        claiming.take(tx, NOW, owed.DESKS)
        outbox.put_off(tx, ("a",), NOW + timedelta(seconds=5))
        assert claiming.take(tx, NOW, owed.DESKS).letters == ()
        (later,) = claiming.take(tx, NOW + timedelta(seconds=5), owed.DESKS).letters
    assert later.attempts == 1


def test_what_must_be_forgotten_is_found_without_reading_every_letter(database: Database) -> None:
    with plans(database) as (tx, found):
        outbox.forget(tx, 1, ("mb.a",))
    of_document, of_digests = found
    assert "ix_outbox_document" in of_document
    assert "SCAN outbox" not in of_document
    assert "ix_outbox_digest" in of_digests
