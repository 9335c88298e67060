"""A digest is owed once for an edition, tells since the last, and is delivered like any letter."""

from datetime import timedelta

from mailbridge.actions.advance import Assignment, advance
from mailbridge.actions.digest import digest, preview
from mailbridge.actions.gathering import Desk
from mailbridge.actions.house import House
from mailbridge.model.letter import DigestFacts, Letter, LetterKind
from mailbridge.registry import mailboxes, outbox
from mailbridge.rules.digests import Edition
from tests.unit.actions.conftest import Lead
from tests.unit.provenance.samples import NOW, mail_with, paper, sealed

# The next working day, 10:00 in Vietnam: its morning edition is due.
LATER = NOW.replace(hour=3, minute=0) + timedelta(days=1)


def _watched(house: House) -> None:
    with house.database.transaction() as tx:
        mailboxes.start_at(tx, "vanthu", 1, 1, NOW - timedelta(days=30))


def _owed(house: House) -> list[Letter]:
    with house.database.reading() as tx:
        every = outbox.letters(tx)
    return [one for one in every if one.kind is LetterKind.DIGEST]


def test_an_edition_is_owed_once_whoever_asks_again(house: House, lead: Lead) -> None:
    _watched(house)
    lead(mail_with(sealed()))
    readers = len(house.chanceries[0].digests.readers)
    assert readers
    assert digest(house, {}, LATER) == readers
    assert digest(house, {}, LATER) == 0
    assert digest(house, {}, LATER + timedelta(hours=1)) == 0
    assert digest(house, {}, LATER + timedelta(hours=8)) == readers


def test_a_service_that_slept_for_days_owes_the_newest_alone(house: House) -> None:
    _watched(house)
    assert digest(house, {}, LATER + timedelta(days=14)) == len(_owed(house))
    assert len(_owed(house)) == len(house.chanceries[0].digests.readers)


def test_of_the_time_before_a_mailbox_was_watched_nothing_is_owed(house: House) -> None:
    assert digest(house, {}, LATER) == 0
    with house.database.transaction() as tx:
        mailboxes.start_at(tx, "vanthu", 1, 1, LATER)
    assert digest(house, {}, LATER + timedelta(minutes=1)) == 0


def test_what_came_and_what_waits_is_told_and_the_mails_add_up(house: House, lead: Lead) -> None:
    _watched(house)
    lead(mail_with(sealed()))
    lead(mail_with(paper()).replace(b"123", b"124"))
    digest(house, {}, LATER)
    facts = _owed(house)[0].facts
    assert isinstance(facts, DigestFacts)
    titles = {one.title: one for one in facts.sections}
    assert len(titles["Văn bản đến đã vào sổ"].rows) == 1
    assert len(titles["Thư chờ văn thư xử lý"].rows) == 1
    assert titles["Sổ sách và khóa"].rows[0][1].endswith("1 thư vào sổ, 1 văn bản: khớp")


def test_what_was_told_is_not_told_again(house: House, lead: Lead) -> None:
    _watched(house)
    lead(mail_with(sealed()))
    digest(house, {}, LATER)
    evening = LATER + timedelta(hours=8)
    digest(house, {}, evening)
    facts = max(_owed(house), key=lambda one: one.owed_at).facts
    assert isinstance(facts, DigestFacts)
    assert facts.since == LATER - timedelta(minutes=10)
    assert "Văn bản đến đã vào sổ" not in {one.title for one in facts.sections}


def test_it_offers_what_its_reader_may_act_on_and_a_preview_offers_nothing(
    house: House, lead: Lead
) -> None:
    _watched(house)
    lead(mail_with(sealed()))
    (chancery,) = house.chanceries
    desk = Desk(chancery, chancery.digests.readers[0], {}, LATER)
    with house.database.reading() as tx:
        assert preview(tx, house, desk, Edition.MORNING).offers == ()
    digest(house, {}, LATER)
    (facts,) = (one.facts for one in _owed(house) if one.to == chancery.telling.clerk)
    assert isinstance(facts, DigestFacts)
    assert [one.document for one in facts.offers] == [1]
    advance(house, 1, "dang-xu-ly", Assignment(), "An", LATER)
    advance(house, 1, "hoan-thanh", Assignment(), "An", LATER)
    digest(house, {}, LATER + timedelta(hours=8))
    facts = max(_owed(house), key=lambda one: one.owed_at).facts
    assert isinstance(facts, DigestFacts)
    assert facts.offers == ()
