"""Urgent notices repeat until somebody has the document; what is held too long is told."""

from datetime import date, datetime, timedelta

from mailbridge.actions.acknowledge import acknowledge
from mailbridge.actions.advance import Assignment, advance
from mailbridge.actions.house import House
from mailbridge.actions.remind import remind
from mailbridge.demo import seals
from mailbridge.demo.papers import Paper, pdf
from mailbridge.model.letter import AlertFacts, LetterKind
from mailbridge.registry import outbox
from tests.unit.actions.conftest import Lead
from tests.unit.provenance.samples import NOW, keys, mail_with, paper, sealed
from tests.unit.registry.numbered import by_number


def urgent() -> bytes:
    made = pdf(Paper("9", "CV/VPTU", date(2026, 11, 24), "việc gấp", urgency="HỎA TỐC"))
    return mail_with(seals.seal_pdf(made, keys().seal, NOW))


def notices(house: House) -> int:
    with house.database.reading() as tx:
        return sum(x.kind is LetterKind.NOTICE for x in outbox.letters(tx))


def test_an_urgent_notice_repeats_until_it_is_acknowledged(house: House, lead: Lead) -> None:
    lead(urgent())
    first = notices(house)
    later = NOW + timedelta(minutes=16)
    assert remind(house, NOW + timedelta(minutes=1)) == 0
    assert remind(house, later) == 1
    again = notices(house)
    assert again > first
    remind(house, later)
    assert notices(house) == again, "asked again, it owes nothing twice"
    with house.database.reading() as tx:
        (document,) = by_number(tx, "1")
    acknowledge(house, document, "B", later)
    assert remind(house, later + timedelta(hours=1)) == 0


def test_what_is_held_too_long_is_told_once(house: House, lead: Lead) -> None:
    lead(mail_with(paper()))
    late = NOW + timedelta(hours=25)
    remind(house, late)
    remind(house, late)
    with house.database.reading() as tx:
        alerts = [x for x in outbox.letters(tx) if x.kind is LetterKind.ALERT]
    assert len(alerts) == 2, "one when it was held, one when it was late"


DUE = NOW + timedelta(days=3)
B = "phong-b@hungyen.gov.vn"


def told(house: House) -> list[tuple[str, str]]:
    with house.database.reading() as tx:
        found = [x for x in reversed(outbox.letters(tx)) if x.kind is LetterKind.ALERT]
    return [(x.to, x.facts.title) for x in found if isinstance(x.facts, AlertFacts)]


def given(house: House, lead: Lead, deadline: datetime = DUE) -> None:
    lead(mail_with(sealed()))
    advance(house, 1, "chuyen", Assignment(person=B, deadline=deadline), "Văn thư A", NOW)


def test_a_deadline_is_told_before_at_and_after_it_once_each(house: House, lead: Lead) -> None:
    given(house, lead)
    for hours in (-30, -23, -22, 1, 2, 25, 26, 400):
        remind(house, DUE + timedelta(hours=hours))
    telling = house.chanceries[0].telling
    head = telling.head or telling.clerk
    assert [(to, title.removeprefix("1 văn bản ")) for to, title in told(house)] == [
        (B, "sắp đến hạn xử lý"),
        (B, "đã đến hạn xử lý"),
        (head, "quá hạn chưa hoàn thành xử lý"),
    ]


def test_what_is_done_is_not_reminded_of(house: House, lead: Lead) -> None:
    given(house, lead)
    advance(house, 1, "hoan-thanh", Assignment(), B, NOW)
    assert remind(house, DUE + timedelta(days=9)) == 0
    assert told(house) == []


def test_after_days_of_silence_only_the_head_is_told(house: House, lead: Lead) -> None:
    given(house, lead)
    assert remind(house, DUE + timedelta(days=9)) == 1
    assert [title for _, title in told(house)] == ["1 văn bản quá hạn chưa hoàn thành xử lý"]


def test_a_deadline_that_is_put_off_is_told_anew(house: House, lead: Lead) -> None:
    given(house, lead)
    remind(house, DUE)
    later = DUE + timedelta(days=5)
    advance(house, 1, "chuyen", Assignment(deadline=later, note="gia hạn"), "A", DUE)
    assert remind(house, DUE + timedelta(hours=1)) == 0
    assert remind(house, later - timedelta(hours=1)) == 1


def test_documents_of_one_person_share_a_letter(house: House, lead: Lead) -> None:
    given(house, lead)
    made = pdf(Paper("10", "CV/VPTU", date(2026, 11, 24), "việc khác"))
    lead(mail_with(seals.seal_pdf(made, keys().seal, NOW)))
    advance(house, 2, "chuyen", Assignment(person=B, deadline=DUE), "A", NOW)
    assert remind(house, DUE + timedelta(minutes=1)) == 2
    assert [title for _, title in told(house)] == ["2 văn bản đã đến hạn xử lý"]
