"""What is due leaves in order, in its time, and with its attempt written down before."""

from datetime import timedelta
from typing import Any

import pytest

from mailbridge.model.letter import (
    LetterKind,
    LetterState,
)
from mailbridge.registry import claiming, mailboxes, outbox, waiting
from mailbridge.registry.database import Database
from tests.unit.registry import owed
from tests.unit.registry.conftest import NOW
from tests.unit.registry.plans import plans


def test_urgent_letters_leave_first_then_the_oldest(database: Database) -> None:
    owed.owe(database, owed.letter("one"), owed.letter("two"), owed.letter("three", urgent=True))
    assert [owed.claim(database) for _ in range(4)] == [["three"], ["one"], ["two"], []]


def test_a_letter_waits_for_its_time(database: Database) -> None:
    owed.owe(database, owed.letter("one", not_before=NOW + timedelta(minutes=15)))
    assert owed.claim(database) == []
    assert owed.claim(database, NOW + timedelta(minutes=15)) == ["one"]


def test_notices_to_one_person_leave_together(database: Database) -> None:
    notice = LetterKind.NOTICE
    later = NOW + timedelta(hours=1)
    owed.owe(
        database,
        owed.letter("one", notice),
        owed.letter("alert"),
        owed.letter("two", notice),
        owed.letter("binh", notice, to="binh@hungyen.gov.vn"),
        owed.letter("other", notice, mailbox="khac"),
        owed.letter("urgent", notice, urgent=True),
        owed.letter("later", notice, not_before=later),
    )
    claims = [owed.claim(database) for _ in range(6)]
    assert claims == [["urgent"], ["one", "two"], ["alert"], ["binh"], ["other"], []]


def test_a_batch_of_notices_is_of_bearable_size(database: Database) -> None:
    owed.owe(database, *(owed.letter(f"{n:03}", LetterKind.NOTICE) for n in range(45)))
    assert [len(owed.claim(database)) for _ in range(4)] == [20, 20, 5, 0]


def test_suspended_accounts_and_mailboxes_without_a_desk_wait(database: Database) -> None:
    owed.owe(
        database,
        owed.letter("one"),
        owed.letter("two", mailbox="khac"),
        owed.letter("x", mailbox="none"),
    )
    with database.transaction() as tx:
        mailboxes.suspend(tx, "smtp:vanthu", "sai mật khẩu", NOW)
    assert [owed.claim(database), owed.claim(database)] == [["two"], []]
    with database.transaction() as tx:
        mailboxes.resume(tx, "smtp:vanthu")
    assert [owed.claim(database), owed.claim(database)] == [["one"], []]


def test_each_attempt_is_registered_before_the_network_and_waits_longer(
    database: Database,
) -> None:
    owed.owe(database, owed.letter("one"))
    now, waits = NOW, []
    for attempt in range(1, 8):
        assert owed.claim(database, now) == ["one"]
        claimed = owed.get(database, "one")
        assert (claimed.state, claimed.attempts) == (LetterState.ATTEMPTING, attempt)
        with database.transaction() as tx:
            assert outbox.again(tx, ("one",), "máy chủ bận", now) == ()
        waits.append(int((claimed.not_before - now).total_seconds()))
        assert owed.claim(database, claimed.not_before - timedelta(seconds=1)) == []
        now = claimed.not_before
    assert waits == [5, 60, 300, 900, 3600, 3600, 3600]
    assert owed.get(database, "one").last_error == "máy chủ bận"


def test_the_next_letter_is_asked_of_the_index(database: Database) -> None:
    owed.owe(database, owed.letter("one"))
    with plans(database) as (tx, found):
        claiming.take(tx, NOW, owed.DESKS)
    (plan,) = [one for one in found if "outbox" in one]
    # Owed and uncertain, urgent and not: of each the oldest.
    assert plan.count("ix_outbox_state_urgent_line") == 4


@pytest.mark.parametrize(
    ("following", "is_told"),
    [
        ({"kind": LetterKind.DOCUMENT}, True),
        ({"kind": LetterKind.NOTICE}, False),
        ({"kind": LetterKind.NOTICE, "urgent": True}, True),
        ({"kind": LetterKind.RECEIPT}, False),
        ({"kind": LetterKind.ALERT, "not_before": NOW + timedelta(seconds=1)}, False),
    ],
)
def test_what_follows_is_told_where_it_leaves_alone(
    database: Database, following: dict[str, Any], *, is_told: bool
) -> None:
    # The urgent one is first, whatever follows.
    owed.owe(database, owed.letter("first", urgent=True), owed.letter("then", **following))
    with database.transaction() as tx:
        due = claiming.take(tx, NOW, owed.DESKS)
    assert [one.id for one in due.letters] == ["first"]
    assert (due.following and due.following().id) == ("then" if is_told else None)


def test_mailboxes_whose_key_is_away_are_named(database: Database) -> None:
    owed.owe(database, owed.letter("first"))
    with database.transaction() as tx:
        waiting.key_is_away(tx, "vanthu", "away", NOW, for_person=True)
        due = claiming.take(tx, NOW, owed.DESKS)
    assert ([one.id for one in due.letters], due.away) == (["first"], ("vanthu",))
