"""Receipts leave at a bearable pace, pause when it is too much, and none is lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from mailbridge import wiring
from mailbridge.actions import breaker
from mailbridge.actions.house import Answering, House
from mailbridge.actions.resume import resume
from mailbridge.model.letter import AlertFacts, Letter, LetterKind, LetterState, Party, Stage
from mailbridge.registry import claiming, journal, mailboxes, outbox
from mailbridge.settings.load import load
from tests.unit.letters.sample import DOCUMENT, owed
from tests.unit.provenance.samples import NOW

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def _receipt(number: int, agency: int, now: datetime, *, urgent: bool = False) -> Letter:
    to = Party(f"DEMO.{agency:03}", "Cơ quan gửi", f"{agency:03}@vidu.gov.vn")
    letter = owed(Stage.REGISTERED, document=replace(DOCUMENT, id=number), to=to, now=now)
    return replace(letter, document=None, urgent=urgent)


def _owe(house: House, *letters: Letter) -> None:
    with house.database.transaction() as tx:
        for letter in letters:
            outbox.owe(tx, letter)


def _post_all(house: House, now: datetime) -> list[list[Letter]]:
    """Let everything leave that may, and give the mails."""
    mails = []
    with house.database.transaction() as tx:
        while letters := claiming.take(tx, now, ("vanthu",), breaker.held(tx, house, now)).letters:
            outbox.sent(tx, [one.id for one in letters], now)
            mails.append(list(letters))
    return mails


def _sizes(mails: list[list[Letter]], kind: LetterKind = LetterKind.RECEIPT) -> list[int]:
    return [len(mail) for mail in mails if mail[0].kind is kind]


def _alerts(house: House) -> list[AlertFacts]:
    with house.database.reading() as tx:
        return [one.facts for one in outbox.letters(tx) if isinstance(one.facts, AlertFacts)]


def _with(house: House, **bounds: int) -> House:
    return replace(house, answering=Answering(**bounds))


def test_beyond_its_pace_an_address_waits_and_gets_the_rest_together(house: House) -> None:
    slow = _with(house, per_minute=3)
    for at in range(12):
        _owe(slow, _receipt(at, 1, NOW), _receipt(100 + at, 100 + at, NOW))
        mails = _post_all(slow, NOW + at * SECOND)
        assert _sizes(mails) == ([1, 1] if at < 3 else [1])
    assert _sizes(_post_all(slow, NOW + 59 * SECOND)) == []
    assert _sizes(_post_all(slow, NOW + MINUTE)) == [9]
    assert _alerts(slow) == []


def test_urgent_receipts_are_slowed_four_times_later(house: House) -> None:
    slow = _with(house, per_minute=2)
    _owe(slow, *(_receipt(at, 1, NOW, urgent=True) for at in range(10)), _receipt(99, 1, NOW))
    mails = _post_all(slow, NOW)
    assert [one.urgent for mail in mails for one in mail] == [True] * 8
    # They count, too: what is not urgent waits behind them.
    assert [_sizes(_post_all(slow, NOW + minutes * MINUTE)) for minutes in (1, 2)] == [[1, 1], [1]]


@pytest.mark.parametrize(
    ("agencies", "mails", "most"),
    [(60, 1_000, 1_000), (1, 300, 30), (300, 300, 300)],
    ids=["60", "one", "each"],
)
def test_the_backlog_of_an_office_passes_without_a_pause(
    house: House, agencies: int, mails: int, most: int
) -> None:
    sizes: list[int] = []
    now, at = NOW, 0
    while sum(sizes) < mails:
        # Ten documents a second are registered, and the poster keeps up with them.
        more = range(at, min(at + 20, mails))
        _owe(house, *(_receipt(each, each % agencies, now) for each in more))
        at, now = at + len(more), now + 2 * SECOND
        sizes += _sizes(_post_all(house, now))
        assert now < NOW + 10 * MINUTE
    assert sum(sizes) == mails
    assert len(sizes) <= most
    assert _alerts(house) == []


def test_too_many_pause_every_receipt_and_call_a_person_once(house: House) -> None:
    tight = _with(house, most=5)
    _owe(tight, *(_receipt(at, at, NOW) for at in range(20)), _receipt(99, 99, NOW, urgent=True))
    mails = _post_all(tight, NOW)
    assert _sizes(mails) == [1] * 6
    # The alert itself leaves.
    assert _sizes(mails, LetterKind.ALERT) == [1]
    (alert,) = _alerts(tight)
    assert "Trong 10 phút vừa qua đã gửi 6 thư phản hồi." in alert.lines
    for minutes in (0, 1, 14):
        assert _post_all(tight, NOW + minutes * MINUTE) == []
    assert len(_alerts(tight)) == 1
    with tight.database.reading() as tx:
        assert "6 thư phản hồi" in mailboxes.suspended(tx)[mailboxes.RECEIPTS]
        assert {x.state for x in outbox.letters(tx)} == {LetterState.SENT, LetterState.OWED}


def test_it_closes_by_itself_and_opens_again_with_an_alert_of_its_own(house: House) -> None:
    tight = _with(house, most=5, pause_minutes=1)
    _owe(tight, *(_receipt(at, at, NOW) for at in range(14)))
    mails = [_sizes(_post_all(tight, NOW + minutes * MINUTE)) for minutes in range(4)]
    assert mails == [[1] * 6, [1] * 6, [1] * 2, []]
    assert len(_alerts(tight)) == 2
    with tight.database.reading() as tx:
        assert mailboxes.suspended(tx) == {}
        told = [one.event for one in journal.about(tx, journal.HOUSE, ("account:receipts",))]
    assert told == ["paused", "resumed", "paused", "resumed"]


def test_a_person_lets_them_go_and_counting_begins_anew(house: House) -> None:
    tight = _with(house, most=5)
    _owe(tight, *(_receipt(at, at, NOW) for at in range(10)))
    assert len(_sizes(_post_all(tight, NOW))) == 6
    assert resume(tight.database, mailboxes.RECEIPTS, "An", NOW + MINUTE)
    assert _sizes(_post_all(tight, NOW + MINUTE)) == [1] * 4


def test_a_restart_forgets_neither_pause_nor_pace(house: House, tmp_path: Path) -> None:
    tight = _with(house, most=5, per_minute=2)
    _owe(tight, *(_receipt(at, 1, NOW) for at in range(3)))
    assert _sizes(_post_all(tight, NOW)) == [1, 1]
    with _restarted(tight, tmp_path) as again:
        assert _post_all(again, NOW + SECOND) == []
        _owe(again, *(_receipt(at, at, NOW) for at in range(10, 20)))
        assert len(_sizes(_post_all(again, NOW + SECOND))) == 4
    with _restarted(tight, tmp_path) as again:
        assert _post_all(again, NOW + 2 * SECOND) == []


@contextmanager
def _restarted(house: House, folder: Path) -> Iterator[House]:
    """Give the same house as another process has it: of the register it knows what is written."""
    database = wiring.database(load(folder / "mailbridge.toml"))
    yield replace(house, database=database)
    database.close()


def test_a_clock_that_was_set_back_keeps_no_receipts_for_a_year(house: House) -> None:
    tight = _with(house, most=5)
    ahead = NOW + timedelta(days=365)
    _owe(tight, *(_receipt(at, at, NOW) for at in range(20)))
    _post_all(tight, ahead)
    assert len(_sizes(_post_all(tight, NOW))) == 6


def test_without_bounds_nothing_waits(house: House) -> None:
    free = _with(house, most=0, per_minute=0)
    _owe(free, *(_receipt(at, 1, NOW, urgent=True) for at in range(60)))
    assert len(_post_all(free, NOW)) == 60
