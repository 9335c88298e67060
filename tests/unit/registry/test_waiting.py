"""Which letters may be tried while a key is away."""

from datetime import datetime, timedelta

import pytest

from mailbridge.model.letter import AlertFacts, Letter, LetterKind, LetterState
from mailbridge.registry import claiming, mailboxes, outbox, waiting
from mailbridge.registry.database import Database
from tests.unit.registry.conftest import NOW
from tests.unit.registry.owed import FACTS

PLACE = "vanthu"
LATER = NOW + timedelta(seconds=61)


@pytest.fixture(autouse=True)
def owed(database: Database) -> None:
    kinds = (
        (LetterKind.RECEIPT, False),
        (LetterKind.RECEIPT, True),
        (LetterKind.NOTICE, False),
        (LetterKind.NOTICE, True),
        (LetterKind.WARNING, True),
        (LetterKind.ALERT, False),
        (LetterKind.ANSWER, False),
        (LetterKind.DIGEST, False),
        (LetterKind.DOCUMENT, True),
        (LetterKind.RECALL, True),
    )
    with database.transaction() as tx:
        for kind, urgent in kinds:
            for box in (PLACE, "khac"):
                name = f"{box}-{kind}-{urgent}"
                letter = Letter(name, kind, box, "a@x.vn", FACTS[kind], NOW, NOW, urgent)
                outbox.owe(tx, letter)


def _claimed(database: Database, now: datetime, boxes: tuple[str, ...] = (PLACE,)) -> list[str]:
    found = []
    with database.transaction() as tx:
        while letters := claiming.take(tx, now, boxes).letters:
            found += [letter.id for letter in letters]
    return sorted(found)


def _away(database: Database, *, for_person: bool = False) -> None:
    with database.transaction() as tx:
        waiting.key_is_away(tx, PLACE, "away", NOW, for_person=for_person)


def test_without_a_key_only_what_our_people_must_see_at_once_leaves(database: Database) -> None:
    _away(database)
    own = ["alert-False", "answer-False", "digest-False", "notice-True"]
    assert _claimed(database, NOW) == [f"vanthu-{one}" for one in own]
    assert len(_claimed(database, NOW, (PLACE, "khac"))) == 10


def test_after_a_pause_the_key_is_asked_for_again(database: Database) -> None:
    _away(database)
    with database.reading() as tx:
        assert waiting.may_leave(tx, (PLACE,), NOW)["without"]
        assert not waiting.may_leave(tx, ("khac",), NOW)["without"]
        assert not waiting.may_leave(tx, (PLACE,), LATER)["without"]
    assert len(_claimed(database, LATER)) == 10


def test_a_refused_pin_waits_for_a_person_and_not_for_a_minute(database: Database) -> None:
    _away(database, for_person=True)
    with database.transaction() as tx:
        waiting.key_is_back(tx, PLACE)
        assert waiting.may_leave(tx, (PLACE,), NOW + timedelta(days=30))["without"]
        mailboxes.resume(tx, "key:vanthu")
        assert not waiting.may_leave(tx, (PLACE,), NOW)["without"]


def test_a_key_that_is_back_lets_all_leave(database: Database) -> None:
    _away(database)
    with database.transaction() as tx:
        waiting.key_is_back(tx, PLACE)
        waiting.key_is_back(tx, "khac")
    assert len(_claimed(database, NOW)) == 10


def test_a_login_that_is_refused_keeps_alerts_back_too(database: Database) -> None:
    with database.transaction() as tx:
        mailboxes.suspend(tx, "smtp:vanthu", "535", NOW)
    assert _claimed(database, LATER) == []


def test_an_attempt_that_never_came_to_the_network_counts_for_nothing(database: Database) -> None:
    alert = Letter("x", LetterKind.ALERT, "z", "a@x.vn", AlertFacts("t", ()), NOW, NOW)
    with database.transaction() as tx:
        outbox.owe(tx, alert)
    # Three days without a key: longer than a letter that no server takes would be tried.
    for hour in range(72):
        now = NOW + timedelta(hours=hour)
        with database.transaction() as tx:
            (claimed,) = claiming.take(tx, now, ("z",)).letters
            outbox.untried(tx, (claimed.id,), "no key", now)
    later = NOW + timedelta(hours=73)
    with database.transaction() as tx:
        (claimed,) = claiming.take(tx, later, ("z",)).letters
        assert outbox.again(tx, (claimed.id,), "450", later) == ()
        (kept,) = [one for one in outbox.letters(tx) if one.id == "x"]
    assert (kept.state, kept.attempts, kept.last_error) == (LetterState.OWED, 1, "450")
