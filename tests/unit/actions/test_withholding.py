"""Everybody whom a document was passed to is told, and those whom nobody told are not."""

from datetime import timedelta

from mailbridge.actions.advance import Assignment, advance
from mailbridge.actions.house import House
from mailbridge.actions.remind import remind
from mailbridge.actions.tracking import expect
from mailbridge.actions.withholding import have_it, named
from mailbridge.model.letter import LetterKind
from mailbridge.model.paper import PaperState, PaperTrack
from mailbridge.registry import (
    documents,
    ledger,
    outbox,
    paper_tracker,
    search_index,
    statuses,
)
from tests.unit.actions.conftest import Lead
from tests.unit.actions.recall_mails import LATER, proven, signed
from tests.unit.provenance.samples import NOW, mail_with, paper

PERSON = "b@hungyen.gov.vn"
OFFICE = "DEMO.02.07"


def test_whoever_was_given_it_once_is_told(house: House, lead: Lead) -> None:
    document = signed()
    lead(mail_with(document))
    advance(house, 1, "04", Assignment(person=PERSON), "A", NOW)
    advance(house, 1, "04", Assignment(person="c@hungyen.gov.vn"), "A", NOW)
    lead(proven(document), LATER)
    with house.database.reading() as tx:
        known = documents.get(tx, 1)
        assert known is not None
        people = have_it(tx, house, known)
        letters = outbox.letters(tx)
    told = {one.to for one in letters if one.kind is LetterKind.ALERT}
    assert {PERSON, "c@hungyen.gov.vn", "canbo.du-vidu@hungyen.gov.vn"} == set(people) == told
    assert named(known) == "123-CV/VPTU (số đến 1/2026)"


def test_nobody_is_reminded_of_it_any_more(house: House, lead: Lead) -> None:
    lead(mail_with(signed()))
    lead(proven(signed()), LATER)
    with house.database.reading() as tx:
        assert statuses.tasks(tx, OFFICE) == ()
        assert documents.urgent_unacknowledged(tx, OFFICE) == ()
    assert remind(house, LATER) == 0


def test_it_is_not_indexed_anew(house: House, lead: Lead) -> None:
    lead(mail_with(signed()))
    lead(proven(signed()), LATER)
    with house.database.transaction() as tx:
        known = documents.get(tx, 1)
        assert known is not None
        search_index.index(tx, known, "nội dung")
        (source,) = search_index.sources(tx, (known,))
    assert source.text == ""


def test_what_was_held_waits_for_no_decision(house: House, lead: Lead) -> None:
    lead(mail_with(paper()))
    lead(proven(paper()), LATER)
    with house.database.reading() as tx:
        row = ledger.get(tx, 1)
        assert ledger.held_since(tx, LATER, ("vanthu",)) == ()
    assert row is not None
    assert row.detail == "recall:1"


def test_its_paper_is_not_waited_for(house: House, lead: Lead) -> None:
    lead(mail_with(signed()))
    with house.database.transaction() as tx:
        known = documents.get(tx, 1)
        assert known is not None
        days = NOW + timedelta(days=9)
        paper_ = PaperTrack(0, OFFICE, 1, False, "", "khac", "x", PaperState.EXPECTED, NOW, days)
        expect(tx, paper_)
    lead(proven(signed()), LATER)
    with house.database.reading() as tx:
        (track,) = paper_tracker.of_document(tx, 1)
    assert (track.state, track.why) == (PaperState.WAIVED, "Văn bản đã bị nơi gửi thu hồi")
