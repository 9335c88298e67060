"""A missing number is a task once, where the office wants it, and never a mail."""

from dataclasses import replace
from datetime import date, timedelta

from mailbridge.actions.house import House
from mailbridge.actions.watch_gaps import watch_gaps
from mailbridge.demo.agencies import OWN
from mailbridge.demo.papers import Paper, pdf
from mailbridge.demo.seals import seal_pdf
from mailbridge.model.sending import TaskKind
from mailbridge.registry import outbox, tasks_of_people
from tests.unit.actions.conftest import Lead
from tests.unit.provenance.samples import NOW, keys, mail_with

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
