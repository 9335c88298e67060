"""Urgent notices repeat until somebody has the document; what is held too long is told."""

from datetime import date, timedelta

from mailbridge.actions.acknowledge import acknowledge
from mailbridge.actions.house import House
from mailbridge.actions.remind import remind
from mailbridge.demo import seals
from mailbridge.demo.papers import Paper, pdf
from mailbridge.model.letter import LetterKind
from mailbridge.registry import documents, outbox
from tests.unit.actions.conftest import Lead
from tests.unit.provenance.samples import NOW, keys, mail_with, paper


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
        (document,) = documents.by_number(tx, "1")
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
