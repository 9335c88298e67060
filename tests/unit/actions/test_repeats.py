"""A number that repeats under another date is entered, and told to the clerk."""

from datetime import date

from mailbridge.actions.check_again import check_again
from mailbridge.actions.house import House
from mailbridge.demo import seals
from mailbridge.demo.papers import Paper, pdf
from mailbridge.model.outcome import Registered
from mailbridge.registry import evidence
from tests.unit.actions.conftest import Lead
from tests.unit.provenance.samples import NOW, keys, mail_with


def mail(number: str, day: date) -> bytes:
    paper = pdf(Paper(number, "CV/VPTU", day, "về việc thử"))
    octets = mail_with(seals.seal_pdf(paper, keys().seal, NOW))
    return octets.replace(b"Message-ID: <1@", f"Message-ID: <{number}.{day}@".encode())


def codes(house: House, row: int) -> list[str]:
    with house.database.reading() as tx:
        record = evidence.records(tx, row)[-1]
    return [finding.code for finding in record.examination.opened.evidence.findings]


def test_a_number_that_repeats_in_its_year_is_entered_with_a_warning(
    house: House, lead: Lead
) -> None:
    assert isinstance(lead(mail("7", date(2026, 11, 20))), Registered)
    assert isinstance(lead(mail("7", date(2026, 11, 23))), Registered)
    assert isinstance(lead(mail("8", date(2026, 11, 23))), Registered)
    assert isinstance(lead(mail("7", date(2025, 11, 23))), Registered)
    assert [("number-repeats" in codes(house, row)) for row in (1, 2, 3, 4)] == [
        False,
        True,
        False,
        False,
    ]


def test_a_document_does_not_repeat_itself_when_it_is_examined_again(
    house: House, lead: Lead
) -> None:
    lead(mail("7", date(2026, 11, 20)))
    check_again(house, 1, "An", NOW)
    assert "number-repeats" not in codes(house, 1)
