"""What left is counted in the outbox: mails and not receipts, within the time that is asked."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from mailbridge.model.letter import Letter, LetterKind
from mailbridge.registry import claiming, outbox, receipt_rate
from mailbridge.registry.database import Database
from mailbridge.registry.receipt_rate import Held
from tests.unit.registry.conftest import NOW
from tests.unit.registry.owed import FACTS
from tests.unit.registry.plans import plans

MINUTE = timedelta(seconds=60)
A, B = "a@hungyen.gov.vn", "b@hungyen.gov.vn"


def _letter(
    name: str, to: str, kind: LetterKind = LetterKind.RECEIPT, *, urgent: bool = False
) -> Letter:
    return Letter(name, kind, "vanthu", to, FACTS[kind], NOW, NOW, urgent=urgent)


def _leave(database: Database, now: datetime, *letters: Letter) -> None:
    with database.transaction() as tx:
        for letter in letters:
            outbox.owe(tx, replace(letter, not_before=now))
        while claimed := claiming.take(tx, now, ("vanthu",)).letters:
            outbox.sent(tx, [one.id for one in claimed], now)


def _left(database: Database, since: datetime, now: datetime) -> dict[str, int]:
    with database.reading() as tx:
        return receipt_rate.left(tx, since, now)


def test_a_mail_of_several_receipts_is_one(database: Database) -> None:
    _leave(database, NOW, *(_letter(f"a{n}", A) for n in range(7)))
    _leave(database, NOW, _letter("b1", B), _letter("b2", B), _letter("n", B, LetterKind.ALERT))
    assert _left(database, NOW - MINUTE, NOW) == {A: 1, B: 2}


def test_what_left_before_or_under_a_clock_that_was_ahead_does_not_count(
    database: Database,
) -> None:
    _leave(database, NOW, _letter("then", A))
    _leave(database, NOW + timedelta(days=365), _letter("ahead", A))
    assert _left(database, NOW - MINUTE, NOW + timedelta(seconds=59)) == {A: 1}
    assert _left(database, NOW, NOW + MINUTE) == {}


@pytest.mark.parametrize(
    ("held", "leaves"),
    [
        (Held(), ["urgent-a", "urgent-b", "a", "b", "alert"]),
        (Held(slow=(A,)), ["urgent-a", "urgent-b", "b", "alert"]),
        (Held(slow=(A, B), slower=(A,)), ["urgent-b", "alert"]),
        (Held(every=True), ["alert"]),
    ],
)
def test_receipts_that_are_held_wait_and_nothing_else_does(
    database: Database, held: Held, leaves: list[str]
) -> None:
    with database.transaction() as tx:
        for letter in (
            _letter("a", A),
            _letter("b", B),
            _letter("urgent-a", A, urgent=True),
            _letter("urgent-b", B, urgent=True),
            _letter("alert", A, LetterKind.ALERT),
        ):
            outbox.owe(tx, letter)
        found = []
        while claimed := claiming.take(tx, NOW, ("vanthu",), held).letters:
            found += [one.id for one in claimed]
    assert found == leaves


def test_counting_does_not_read_what_left_in_all_the_years(database: Database) -> None:
    _leave(database, NOW, _letter("a", A))
    with plans(database) as (tx, found):
        receipt_rate.left(tx, NOW - MINUTE, NOW)
    assert all("ix_outbox_receipts_sent" in plan for plan in found), found
