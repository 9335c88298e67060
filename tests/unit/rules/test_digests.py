"""An edition is due once on a working day, and a filter shows its person's part alone."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from mailbridge.model.document import DocumentKey
from mailbridge.model.letter import Party
from mailbridge.model.reading import Urgency
from mailbridge.model.sending import Exchange
from mailbridge.rules.digests import (
    OLDEST,
    Edition,
    Filter,
    Plan,
    Reader,
    issues,
    newest,
    since,
)
from tests.unit.letters.sample import DOCUMENT
from tests.unit.rules.calendars import shipped

PLAN = Plan({Edition.MORNING: time(7, 30), Edition.EVENING: time(16, 45)})
ME = Reader("an@hungyen.gov.vn")
# A Wednesday, 10:00 in Vietnam.
NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
MINE = replace(DOCUMENT, handler="an@hungyen.gov.vn")


def _due(now: datetime, reader: Reader = ME) -> tuple[date, Edition]:
    found = newest(PLAN, reader, shipped(), now)
    assert found is not None
    return found.day, found.edition


def test_the_newest_edition_is_the_one_whose_hour_has_struck() -> None:
    assert _due(NOW) == (date(2026, 11, 25), Edition.MORNING)
    half_past_seven = datetime(2026, 11, 25, 0, 30, tzinfo=UTC)
    assert _due(half_past_seven) == (date(2026, 11, 25), Edition.MORNING)
    before = half_past_seven - timedelta(seconds=1)
    assert _due(before) == (date(2026, 11, 24), Edition.EVENING)


def test_a_sunday_has_no_edition_and_owes_that_of_friday_alone() -> None:
    sunday = datetime(2026, 11, 29, 3, 0, tzinfo=UTC)
    assert _due(sunday) == (date(2026, 11, 27), Edition.EVENING)
    assert all(one.day.weekday() < 5 for one in issues(PLAN, shipped(), sunday))


def test_who_reads_the_evening_alone_gets_no_morning() -> None:
    evening = replace(ME, editions=(Edition.EVENING,))
    assert _due(NOW, evening) == (date(2026, 11, 24), Edition.EVENING)


def test_without_hours_nothing_is_ever_due() -> None:
    assert newest(Plan(), ME, shipped(), NOW) is None


def test_a_digest_begins_where_the_last_ended_and_never_before_a_fortnight() -> None:
    issue = newest(PLAN, ME, shipped(), NOW)
    assert issue is not None
    told = NOW - timedelta(days=3)
    assert since(issue, told) == told
    assert since(issue, NOW - timedelta(days=90)) == issue.at - OLDEST


def test_a_filter_that_asks_nothing_takes_everything() -> None:
    assert Filter().is_everything
    assert Filter().takes(DOCUMENT, ME.to)


def test_mine_is_what_i_handle() -> None:
    mine = Filter(handler="me")
    assert mine.takes(MINE, "AN@hungyen.gov.vn")
    assert not mine.takes(MINE, "binh@hungyen.gov.vn")
    assert Filter(handler="an@hungyen.gov.vn").takes(MINE, "truong@hungyen.gov.vn")


def test_type_agency_and_urgency_must_all_fit() -> None:
    wanted = Filter(types=("công văn",), agencies=("H28.01",), urgency=Urgency.NORMAL)
    assert wanted.takes(DOCUMENT, ME.to)
    assert not replace(wanted, types=("Quyết định",)).takes(DOCUMENT, ME.to)
    assert not replace(wanted, agencies=("H28.99",)).takes(DOCUMENT, ME.to)
    calm = replace(DOCUMENT, urgency=Urgency.NORMAL)
    assert not replace(wanted, urgency=Urgency.EXPRESS).takes(calm, ME.to)


def test_of_what_we_sent_the_agency_is_the_recipient() -> None:
    ours = replace(DOCUMENT, key=DocumentKey("H28.02", "1-CV/HU", "2026-03-01"))
    to = Exchange(1, "H28.02", 7, Party("H28.77", "Sở Mẫu", "so@vidu.gov.vn"), NOW)
    assert Filter(agencies=("H28.77",)).takes_sent(to, ours, ME.to)
    assert not Filter(agencies=("H28.02",)).takes_sent(to, ours, ME.to)
