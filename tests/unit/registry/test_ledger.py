"""n mails are n rows, and a mail that kills is found by its deaths."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mailbridge.model.document import Document
from mailbridge.model.errors import Reason
from mailbridge.model.examination import MailView
from mailbridge.model.message import Address, Kind
from mailbridge.model.outcome import (
    Duplicate,
    Held,
    Impounded,
    Noted,
    Number,
    Outcome,
    OutcomeName,
    Quarantined,
    Registered,
)
from mailbridge.model.records import Attempt, LedgerRow
from mailbridge.model.slot import Arrival, Fingerprint, Slot
from mailbridge.registry import documents, ledger
from mailbridge.registry.database import Database
from tests.unit.registry.conftest import NOW

PRINT = Fingerprint("f" * 64)
LATER = NOW + timedelta(hours=1)
Arrive = Callable[..., Arrival]


def _begin(database: Database, arrival: Arrival, *, alone: bool = False) -> Attempt:
    with database.transaction() as tx:
        return ledger.begin(tx, arrival, PRINT, NOW, alone=alone)


def _settle(database: Database, row: int, outcome: Outcome, mail: MailView | None = None) -> None:
    with database.transaction() as tx:
        ledger.settle(tx, row, outcome, LATER, kind=Kind.DOCUMENT, mail=mail)


def _get(database: Database, row: int) -> LedgerRow:
    with database.reading() as tx:
        found = ledger.get(tx, row)
    assert found is not None
    return found


def test_a_slot_has_one_row_however_often_it_begins(database: Database, arrival: Arrive) -> None:
    first, second = _begin(database, arrival()), _begin(database, arrival())
    assert (first.ledger, first.attempt, second.attempt) == (second.ledger, 1, 2)
    other = _begin(database, arrival(uidvalidity=8))
    assert other.ledger != first.ledger
    with database.reading() as tx:
        assert [row.slot for row in ledger.rows(tx)] == [Slot("vanthu", 8, 1), Slot("vanthu", 7, 1)]


def test_a_settled_row_is_told_and_left_alone(database: Database, arrival: Arrive) -> None:
    row = _begin(database, arrival()).ledger
    _settle(database, row, Noted(Kind.OTHER))
    before = _get(database, row)
    again = _begin(database, arrival())
    assert (again.outcome, again.attempt) == (OutcomeName.NOTED, 1)
    assert _get(database, row) == before


def test_a_row_is_settled_once(database: Database, arrival: Arrive) -> None:
    row = _begin(database, arrival()).ledger
    _settle(database, row, Noted(Kind.OTHER))
    with pytest.raises(ValueError, match="settled already"):
        _settle(database, row, Quarantined(Reason.INTERNAL, "a bug"))
    assert _get(database, row).outcome is OutcomeName.NOTED


def test_settling_writes_what_the_mail_says_of_itself(database: Database, arrival: Arrive) -> None:
    row = _begin(database, arrival()).ledger
    mail = MailView(
        from_=(Address("vptu@hungyen.gov.vn", "Văn phòng"),),
        subject="V/v " + "x" * 1000,
        message_id="<1@hungyen.gov.vn>",
        delivered_at="2026-11-24T08:59:00+07:00",
    )
    _settle(database, row, Registered((Number("den", 2026, 431),)), mail)
    found = _get(database, row)
    assert (found.sender, found.message_id) == ("vptu@hungyen.gov.vn", "<1@hungyen.gov.vn>")
    assert len(found.subject) == 500
    assert found.numbers == ("431/2026",)
    assert found.delivered_at == datetime(2026, 11, 24, 1, 59, tzinfo=UTC)
    assert (found.first_seen, found.settled_at, found.filed_at) == (NOW, LATER, None)
    assert not found.is_open


@pytest.mark.parametrize("written", ["yesterday", "2026-11-24T08:59:00", ""])
def test_a_delivery_time_that_is_none_is_left_out(
    database: Database, arrival: Arrive, written: str
) -> None:
    row = _begin(database, arrival()).ledger
    _settle(database, row, Noted(Kind.OTHER), MailView(delivered_at=written))
    assert _get(database, row).delivered_at is None


def test_deaths_are_counted_beside_attempts(database: Database, arrival: Arrive) -> None:
    for deaths in range(3):
        attempt = _begin(database, arrival())
        assert (attempt.attempt, attempt.deaths) == (deaths + 1, deaths)
        with database.transaction() as tx:
            ledger.died(tx, attempt.ledger, NOW)
    assert _begin(database, arrival()).deaths == 3


def test_an_abandoned_beginning_is_none(database: Database, arrival: Arrive) -> None:
    row = _begin(database, arrival()).ledger
    for _ in range(2):
        with database.transaction() as tx:
            ledger.abandon(tx, row)
    found = _get(database, row)
    assert (found.attempts, found.is_open) == (0, False)
    with database.transaction() as tx:
        assert ledger.recover(tx, NOW, ["vanthu"]) == ()


def test_a_daemon_that_dies_condemns_only_what_it_examined_alone(
    database: Database, arrival: Arrive
) -> None:
    for uid in (1, 2):
        _begin(database, arrival(uid))
    settled = _begin(database, arrival(3)).ledger
    _settle(database, settled, Noted(Kind.OTHER))
    with database.transaction() as tx:
        suspects = ledger.recover(tx, NOW, ["vanthu"])
    assert [(row.slot.uid, row.deaths) for row in suspects] == [(1, 0), (2, 0)]
    # The first of them is examined alone, and the daemon dies of it; the second was not begun.
    _begin(database, arrival(1), alone=True)
    with database.transaction() as tx:
        suspects = ledger.recover(tx, NOW, ["vanthu"])
    assert [(row.slot.uid, row.deaths) for row in suspects] == [(1, 1)]
    assert _begin(database, arrival(2)).deaths == 0


def test_a_mail_that_is_not_fetched_has_its_row(database: Database, arrival: Arrive) -> None:
    with database.transaction() as tx:
        rows = [ledger.record(tx, arrival(1), NOW, Reason.TOO_LARGE, "65 MiB") for _ in range(2)]
        vanished = ledger.record(tx, arrival(2), NOW, Reason.VANISHED, "")
    assert rows[0] == rows[1]
    large, gone = _get(database, rows[0]), _get(database, vanished)
    assert (large.outcome, large.reason) == (OutcomeName.QUARANTINED, Reason.TOO_LARGE)
    assert (large.fingerprint, large.gone_at, gone.gone_at) == (None, None, NOW)


def test_a_vanished_mail_keeps_the_outcome_it_had(database: Database, arrival: Arrive) -> None:
    row = _begin(database, arrival()).ledger
    _settle(database, row, Noted(Kind.OTHER))
    with database.transaction() as tx:
        ledger.record(tx, arrival(), LATER, Reason.VANISHED, "")
    found = _get(database, row)
    assert (found.outcome, found.gone_at) == (OutcomeName.NOTED, LATER)


def test_unfiled_are_the_settled_whose_mail_is_neither_filed_nor_gone(
    database: Database, arrival: Arrive
) -> None:
    rows = [_begin(database, arrival(uid)).ledger for uid in (1, 2, 3, 4)]
    for row in rows[:3]:
        _settle(database, row, Noted(Kind.OTHER))
    other = _begin(database, arrival(1, mailbox="khac")).ledger
    _settle(database, other, Noted(Kind.OTHER))
    with database.transaction() as tx:
        ledger.filed(tx, rows[0], LATER)
        ledger.gone(tx, rows[1], LATER)
    with database.reading() as tx:
        expected = (rows[2], Slot("vanthu", 7, 3), OutcomeName.NOTED)
        assert ledger.unfiled(tx, "vanthu") == (expected,)
    found = _get(database, rows[0])
    assert (found.filed_at, found.gone_at) == (LATER, None)


def test_settled_uids_are_of_one_folder_generation(database: Database, arrival: Arrive) -> None:
    for uid in (1, 5, 9):
        _settle(database, _begin(database, arrival(uid)).ledger, Noted(Kind.OTHER))
    _begin(database, arrival(10))
    _settle(database, _begin(database, arrival(11, uidvalidity=8)).ledger, Noted(Kind.OTHER))
    with database.reading() as tx:
        assert ledger.settled_uids(tx, "vanthu", 7) == {1, 5, 9}


def test_same_octets_are_found_earliest_first_and_few(database: Database, arrival: Arrive) -> None:
    rows = [_begin(database, arrival(uid)).ledger for uid in range(1, 31)]
    with database.reading() as tx:
        found = ledger.by_fingerprint(tx, PRINT, ["vanthu"])
        assert [row.id for row in found] == rows[:20]
        assert ledger.by_fingerprint(tx, Fingerprint("0" * 64), ["vanthu"]) == ()


def test_a_released_mail_is_registered_and_filed_again(database: Database, arrival: Arrive) -> None:
    row = _begin(database, arrival()).ledger
    _settle(database, row, Held(Reason.ORIGIN_UNPROVEN, "không có chữ ký"))
    with database.transaction() as tx:
        ledger.filed(tx, row, LATER)
        ledger.decide(tx, row, Registered((Number("den", 2026, 1),)), LATER)
    found = _get(database, row)
    assert (found.outcome, found.numbers) == (OutcomeName.REGISTERED, ("1/2026",))
    assert (found.decided_at, found.filed_at) == (LATER, None)


def test_a_refused_mail_tells_its_ground(database: Database, arrival: Arrive) -> None:
    row = _begin(database, arrival()).ledger
    _settle(database, row, Held(Reason.SIGNATURE_FAILED, "hỏng"))
    with database.transaction() as tx:
        ledger.refused(tx, row, Reason.WRONG_ADDRESSEE, "gửi nhầm", LATER)
    found = _get(database, row)
    assert (found.outcome, found.reason) == (OutcomeName.REFUSED, Reason.WRONG_ADDRESSEE)
    assert found.detail == "gửi nhầm"


def test_what_is_held_long_is_found_until_it_is_decided(
    database: Database, arrival: Arrive
) -> None:
    rows = [_begin(database, arrival(uid)).ledger for uid in (1, 2)]
    for row in rows:
        _settle(database, row, Held(Reason.AWAITS_CLERK, ""))
    with database.transaction() as tx:
        ledger.decide(tx, rows[0], Registered((Number("den", 2026, 1),)), LATER)
    with database.reading() as tx:
        assert ledger.held_since(tx, LATER, ["vanthu"]) == ()
        later = ledger.held_since(tx, LATER + timedelta(seconds=1), ["vanthu"])
        assert [r.id for r in later] == rows[1:]
        assert ledger.held_since(tx, LATER + timedelta(seconds=1), ["khac"]) == ()


def test_rows_and_counts_go_by_outcome(database: Database, arrival: Arrive) -> None:
    rows = [_begin(database, arrival(uid)).ledger for uid in (1, 2, 3)]
    _settle(database, rows[0], Noted(Kind.OTHER))
    _settle(database, rows[1], Duplicate(rows[0]))
    with database.reading() as tx:
        assert [r.id for r in ledger.rows(tx, outcome=OutcomeName.NOTED)] == [rows[0]]
        assert [r.id for r in ledger.rows(tx, limit=2)] == [rows[2], rows[1]]
        assert ledger.count_by_outcome(tx, ("vanthu",)) == {
            OutcomeName.NOTED: 1,
            OutcomeName.DUPLICATE: 1,
            None: 1,
        }


def test_impounded_octets_are_named_and_may_not_stay(
    database: Database, arrival: Arrive, document: Callable[..., Document]
) -> None:
    row = _begin(database, arrival()).ledger
    with database.reading() as tx:
        assert ledger.speaks_of(tx, PRINT)
    _settle(database, row, Impounded("MẬT"))
    with database.transaction() as tx:
        documents.add(tx, replace(document(row), ledger=row))
    with database.reading() as tx:
        assert ledger.impounded_fingerprints(tx) == (PRINT,)
        assert not ledger.speaks_of(tx, PRINT)
        assert ledger.speaks_of(tx, Fingerprint("a" * 64))
        assert not ledger.speaks_of(tx, Fingerprint("0" * 64))
