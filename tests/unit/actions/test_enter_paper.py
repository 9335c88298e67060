"""Paper in the same book as mail: the same numbers, the same rules about what is known."""

from dataclasses import replace

import pytest

from mailbridge.actions.advance import Assignment, advance
from mailbridge.actions.enter_paper import (
    AlreadyKnownError,
    NotReservedError,
    Paper,
    enter_paper,
)
from mailbridge.actions.entering import Wish
from mailbridge.actions.house import House
from mailbridge.actions.reserve import reserve
from mailbridge.actions.void import void
from mailbridge.model.document import DocumentState, Medium
from mailbridge.model.evidence import Verdict
from mailbridge.model.outcome import Direction, Held, Number, Registered
from mailbridge.model.reading import FieldName, Urgency
from mailbridge.registry import documents, entries, journal, outbox
from tests.unit.actions.conftest import Lead
from tests.unit.actions.desk import CLERK, DATE, OFFICE, by_terms, incoming, outgoing
from tests.unit.provenance.samples import NOW, keys, mail_with, sealed, signed_mail

YEAR = NOW.year


def _den(ordinal: int) -> Number:
    return Number("den", YEAR, ordinal)


def test_paper_and_mail_are_counted_together(house: House, lead: Lead) -> None:
    lead(mail_with(sealed()))
    entered = enter_paper(house, incoming("9-CV/VPTU", issuer="Văn phòng"), NOW)
    assert (entered.number, entered.medium, entered.ledger) == (_den(2), Medium.PAPER, 0)
    assert entered.agency_name == "Văn phòng Tỉnh ủy"
    assert entered.reading.fields[FieldName.ISSUER].confirmed_by == CLERK
    with house.database.reading() as tx:
        assert [d.number for d in documents.entered(tx)] == [_den(2), _den(1)]
        assert journal.lines(tx, OFFICE)[0].event == "entered-from-paper"


def test_our_people_are_told_of_paper_and_no_receipt_is_owed(house: House) -> None:
    entered = enter_paper(house, incoming(), NOW)
    assert entered.handler
    with house.database.reading() as tx:
        assert [letter.kind for letter in outbox.letters(tx)] == ["notice"]


def test_urgent_paper_is_urgent(house: House) -> None:
    entered = enter_paper(house, replace(incoming(), urgency=Urgency.EXPRESS), NOW)
    with house.database.reading() as tx:
        assert [d.id for d in documents.urgent_unacknowledged(tx, OFFICE)] == [entered.id]


def test_a_book_is_chosen_by_the_type(house: House) -> None:
    entered = enter_paper(by_terms(house), incoming(type="Đơn thư"), NOW)
    assert entered.number == Number("don", YEAR, 1)


_STRANGER = incoming(agency="", issuer="Công ty Ví Dụ")


@pytest.mark.parametrize(
    ("first", "second"), [(incoming(), incoming(summary="Khác")), (_STRANGER, _STRANGER)]
)
def test_what_is_known_is_entered_again_only_on_a_reason(
    house: House, first: Paper, second: Paper
) -> None:
    entered = enter_paper(house, first, NOW)
    with pytest.raises(AlreadyKnownError) as told:
        enter_paper(house, second, NOW)
    assert told.value.document == entered
    again = enter_paper(house, replace(second, anyway="bản thứ hai có bút phê"), NOW)
    assert again.number == _den(2)
    with house.database.reading() as tx:
        assert journal.lines(tx, OFFICE)[0].data["anyway"] == "bản thứ hai có bút phê"


def test_papers_that_share_nothing_but_an_empty_field_are_not_alike(house: House) -> None:
    for n in (1, 2):
        assert enter_paper(house, incoming("", ""), NOW).number == _den(n)
    for n, name in ((3, "A"), (4, "B")):
        assert enter_paper(house, incoming(agency="", issuer=name), NOW).number == _den(n)


def test_the_signed_mail_takes_over_the_number_of_the_paper(house: House, lead: Lead) -> None:
    on_paper = enter_paper(house, incoming(day=DATE), NOW)
    assert lead(mail_with(sealed())) == Registered((_den(1),))
    with house.database.reading() as tx:
        kept, original = documents.get(tx, on_paper.id), documents.by_ledger(tx, 1)
    assert kept is not None
    assert original is not None
    assert (kept.number, original.number) == (_den(1), _den(1))
    assert (kept.state, original.verdict) == (DocumentState.REGISTERED, Verdict.LEGAL)


def test_an_unsigned_mail_after_the_paper_waits_for_the_clerk(house: House, lead: Lead) -> None:
    enter_paper(house, incoming(day=DATE), NOW)
    unsigned = signed_mail(keys().mailbox)
    assert isinstance(lead(unsigned), Held)


def test_the_paper_original_takes_over_the_number_of_the_unsigned_mail(
    house: House, lead: Lead
) -> None:
    assert lead(signed_mail(keys().mailbox)) == Registered((_den(1),))
    entered = enter_paper(house, incoming(day=DATE), NOW)
    assert entered.number == _den(1)
    with house.database.reading() as tx:
        mail = documents.by_ledger(tx, 1)
        assert entries.of_document(tx, entered.id) is not None
    assert mail is not None
    assert (mail.number, mail.verdict) == (_den(1), Verdict.REFERENCE)


def test_paper_of_what_a_signed_mail_brought_is_known(house: House, lead: Lead) -> None:
    lead(mail_with(sealed()))
    with pytest.raises(AlreadyKnownError):
        enter_paper(house, incoming(day=DATE), NOW)


def test_an_outgoing_document_gets_its_notation_from_the_book(house: House) -> None:
    left = enter_paper(by_terms(house), outgoing(), NOW)
    assert left.number == Number("di", 2025, 1, "QĐ")
    assert (left.key.symbol, left.key.agency, left.direction) == (
        "01-QĐ/ĐU",
        OFFICE,
        Direction.OUT,
    )
    with house.database.reading() as tx:
        assert documents.entered(tx) == ()
        assert [d.id for d in documents.entered(tx, direction=Direction.OUT)] == [left.id]
        assert outbox.letters(tx) == ()


def test_a_reserved_number_is_used_by_its_document_and_by_no_other(house: House) -> None:
    terms = by_terms(house)
    reserved = reserve(terms, OFFICE, Wish(type="QĐ"), CLERK, NOW)
    left = enter_paper(terms, outgoing(reserved=reserved.id), NOW)
    assert (left.number, left.key.symbol) == (reserved.number, "01-QĐ/ĐU")
    voided = reserve(terms, OFFICE, Wish(type="QĐ"), CLERK, NOW)
    void(terms, voided.id, "in hỏng", CLERK, NOW)
    for wrong in (reserved.id, voided.id, 99):
        with pytest.raises(NotReservedError):
            enter_paper(terms, outgoing(reserved=wrong), NOW)
    with house.database.reading() as tx:
        assert len(documents.entered(tx, direction=Direction.OUT)) == 1


def test_what_fails_leaves_no_number_behind(house: House) -> None:
    enter_paper(house, incoming(), NOW)
    with pytest.raises(AlreadyKnownError):
        enter_paper(house, incoming(), NOW)
    assert enter_paper(house, incoming("5-CV/VPTU"), NOW).number == _den(2)


def test_what_came_on_paper_stands_in_the_book_and_is_led_on_without_a_receipt(
    house: House,
) -> None:
    entered = enter_paper(house, incoming(), NOW)
    assert entered.status == "03"
    done = advance(house, entered.id, "05", Assignment(), "An", NOW)
    assert done.status == "05"
    with house.database.reading() as tx:
        assert {letter.kind.value for letter in outbox.letters(tx)} == {"notice"}
