"""A missing number is a task once and stands in the digest till it came, and is never a mail."""

from dataclasses import replace
from datetime import date, timedelta

from mailbridge.actions.close_task import close_task
from mailbridge.actions.digest import preview
from mailbridge.actions.gathering import Desk
from mailbridge.actions.house import House
from mailbridge.actions.watch_gaps import watch_gaps
from mailbridge.demo.agencies import OWN
from mailbridge.demo.papers import Paper, pdf
from mailbridge.demo.seals import seal_pdf
from mailbridge.model.sending import TaskKind
from mailbridge.registry import outbox, tasks_of_people
from mailbridge.rules.digests import Edition, Filter, Reader
from tests.unit.actions.conftest import Lead
from tests.unit.provenance.samples import NOW, keys, mail_with

_ALL = Filter()
LATER = NOW + timedelta(days=10)


def _came(lead: Lead, number: str) -> None:
    made = pdf(Paper(number, "CV/VPTU", date(2026, 11, 20), f"về việc thử {number}"))
    lead(mail_with(seal_pdf(made, keys().seal, NOW)))


def _watching(house: House) -> House:
    return replace(house, chanceries=tuple(replace(c, watches_gaps=True) for c in house.chanceries))


def test_a_missing_number_is_shown_once_and_nobody_is_written_to(house: House, lead: Lead) -> None:
    for number in ("124", "126"):
        _came(lead, number)
    with house.database.reading() as tx:
        before = len(outbox.letters(tx))
    assert watch_gaps(house, LATER) == 0
    for _ in range(2):
        watch_gaps(_watching(house), LATER)
    with house.database.reading() as tx:
        (task,) = tasks_of_people.undone(tx, OWN.code)
        assert len(outbox.letters(tx)) == before
    assert (task.kind, "125-CV/VPTU" in task.words) == (TaskKind.GAP, True)


def test_what_may_still_come_is_no_gap(house: House, lead: Lead) -> None:
    for number in ("124", "126"):
        _came(lead, number)
    assert watch_gaps(_watching(house), NOW - timedelta(days=2)) == 0


def _told(house: House, filter_: Filter = _ALL) -> list[tuple[str, ...]] | None:
    reader = Reader("an@hungyen.gov.vn", filter_)
    desk = Desk(house.chanceries[0], reader, {}, LATER)
    with house.database.reading() as tx:
        made = preview(tx, house, desk, Edition.MORNING)
    if not any("còn thiếu" in f"{one.title} {one.none}" for one in made.sections):
        return None
    return [row for one in made.sections if "còn thiếu" in one.title for row in one.rows]


def test_the_digest_shows_what_is_missing_until_it_came(house: House, lead: Lead) -> None:
    for number in ("124", "126"):
        _came(lead, number)
    watching = _watching(house)
    assert _told(watching) == []
    watch_gaps(watching, LATER)
    told = _told(watching)
    assert told is not None
    (row,) = told
    assert "124, 126: chưa thấy 125" in row
    assert any("126-CV/VPTU" in cell for cell in row)
    # Whoever reads a part, or of an office that does not watch, is told nothing of it.
    assert _told(watching, Filter(handler="me")) is None
    assert _told(house) is None
    _came(lead, "125")
    assert _told(watching) == []
    with house.database.reading() as tx:
        assert len(tasks_of_people.undone(tx, OWN.code)) == 1
    watch_gaps(watching, LATER)
    with house.database.reading() as tx:
        assert tasks_of_people.undone(tx, OWN.code) == ()


def test_what_a_person_closed_with_a_reason_is_missing_no_more(house: House, lead: Lead) -> None:
    for number in ("124", "127"):
        _came(lead, number)
    watching = _watching(house)
    watch_gaps(watching, LATER)
    with house.database.reading() as tx:
        first, _ = tasks_of_people.undone(tx, OWN.code)
    assert close_task(house, first.id, "An", "chỉ gửi nơi khác", LATER)
    watch_gaps(watching, LATER)
    told = _told(watching)
    assert told is not None
    (row,) = told
    assert "124, 127: chưa thấy 126" in row
