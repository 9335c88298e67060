"""Paper follows what the rules say, work never waits for it, and a number keeps its handler."""

from datetime import timedelta

import pytest

from mailbridge.actions.advance import Assignment, advance
from mailbridge.actions.house import House
from mailbridge.actions.owing import Ground
from mailbridge.actions.refuse import refuse
from mailbridge.model.errors import Reason
from mailbridge.model.outcome import Registered
from mailbridge.model.paper import PaperState, PaperTrack
from mailbridge.registry import documents, journal, outbox, paper_tracker, statuses
from tests.unit.actions.conftest import Lead
from tests.unit.provenance.samples import NOW, keys, mail_with, sealed, signed_mail

LATER = NOW + timedelta(hours=1)
B = "phong-b@hungyen.gov.vn"


def papers(house: House, document: int) -> tuple[PaperTrack, ...]:
    with house.database.reading() as tx:
        return paper_tracker.of_document(tx, document)


def test_an_unsigned_document_still_owes_its_paper_and_nothing_waits(
    house: House, lead: Lead
) -> None:
    assert isinstance(lead(signed_mail(keys().mailbox)), Registered)
    (track,) = papers(house, 1)
    assert (track.state, track.code) == (PaperState.EXPECTED, "5.2")
    assert track.ground
    assert track.due > NOW + timedelta(days=10)
    with house.database.reading() as tx:
        events = [line.event for line in journal.lines(tx, house.chanceries[0].code)]
        assert journal.verify(tx, house.chanceries[0].code).ok
    assert "paper-expected" in events


def test_beside_a_signed_document_no_paper_is_asked_for(house: House, lead: Lead) -> None:
    lead(mail_with(sealed()))
    assert papers(house, 1) == ()


def test_the_signed_original_stands_where_the_unsigned_one_stood(house: House, lead: Lead) -> None:
    lead(signed_mail(keys().mailbox))
    until = NOW + timedelta(days=3)
    given = Assignment(unit="Phòng Tổng hợp", person=B, deadline=until)
    advance(house, 1, "dang-xu-ly", given, "Văn thư A", NOW)
    lead(mail_with(sealed()), LATER)
    with house.database.reading() as tx:
        newer = documents.get(tx, 2)
        tasks = [document.id for document in statuses.tasks(tx, None)]
        history = [change.code for change in statuses.history(tx, 2)]
        under = [change.code for change in statuses.under_one_number(tx, 2)]
        told = [x.to for x in outbox.letters(tx) if x.document == 2 and x.to == B]
    assert newer is not None
    assert (newer.status, newer.unit, newer.handler) == ("05", "Phòng Tổng hợp", B)
    assert newer.deadline == until
    assert history == ["03", "05"]
    assert under == ["03", "05", "03", "05"], "the way of the unsigned one is not forgotten"
    assert tasks == [2]
    assert told == [B], "whoever handles it gets the signed one, too"
    (track,) = papers(house, 2)
    assert track.state is PaperState.WAIVED
    assert "thay thế" in track.why


@pytest.mark.parametrize("to", [None, "hoan-thanh"])
def test_what_was_not_being_handled_begins_anew(house: House, lead: Lead, to: str | None) -> None:
    lead(signed_mail(keys().mailbox))
    if to:
        advance(house, 1, "dang-xu-ly", Assignment(person=B), "A", NOW)
        advance(house, 1, to, Assignment(), "A", NOW)
    lead(mail_with(sealed()), LATER)
    with house.database.reading() as tx:
        newer = documents.get(tx, 2)
    assert newer is not None
    assert (newer.status, newer.ended_at) == ("03", None)


def test_for_what_was_returned_no_paper_is_waited_for(house: House, lead: Lead) -> None:
    lead(signed_mail(keys().mailbox))
    refuse(house, 1, Ground(Reason.WRONG_ADDRESSEE, "nhầm"), "Văn thư A", LATER)
    (track,) = papers(house, 1)
    assert (track.state, track.by) == (PaperState.WAIVED, "Văn thư A")
