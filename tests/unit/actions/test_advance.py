"""A document is led from its entry to its end; each step is one transaction with what it owes."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.message import Message

import pytest

from mailbridge.actions.advance import (
    AlreadyThereError,
    Assignment,
    CannotAdvanceError,
    advance,
)
from mailbridge.actions.desk import Desk
from mailbridge.actions.house import House
from mailbridge.actions.owing import Ground
from mailbridge.actions.refuse import CannotRefuseError, refuse
from mailbridge.letters.compose import Sender
from mailbridge.letters.smtp import Post
from mailbridge.model.document import Document
from mailbridge.model.errors import Reason
from mailbridge.model.letter import Letter, LetterKind, NoticeFacts, ReceiptFacts
from mailbridge.registry import documents, journal, outbox, replies_acted, statuses
from tests.simulators.smtp import SmtpSimulator
from tests.unit.actions.conftest import Lead
from tests.unit.actions.posting import post
from tests.unit.letters.sample import EDXML
from tests.unit.provenance.samples import HEAD, NOW, mail_with, paper, sealed

B = "phong-b@hungyen.gov.vn"
C = "phong-c@hungyen.gov.vn"
LATER = NOW + timedelta(hours=1)
Go = Callable[..., Document]


@pytest.fixture
def go(house: House, lead: Lead) -> Go:
    """A registered document, and a call that leads it on."""
    lead(mail_with(sealed()))

    def call(to: str, **given: object) -> Document:
        return advance(house, 1, to, Assignment(**given), "Văn thư A", LATER)  # type: ignore[arg-type]

    return call


def letters(house: House, kind: LetterKind) -> list[Letter]:
    with house.database.reading() as tx:
        return [x for x in reversed(outbox.letters(tx)) if x.kind is kind]


def receipts(house: House) -> list[str]:
    facts = [x.facts for x in letters(house, LetterKind.RECEIPT)]
    return [one.stage for one in facts if isinstance(one, ReceiptFacts)]


def test_each_step_is_told_to_the_sender_once_and_in_order(house: House, go: Go) -> None:
    go("chuyen", person=B)
    go("dang-xu-ly")
    done = go("hoan-thanh", note="đã trả lời bằng công văn")
    assert receipts(house) == ["03", "04", "05", "06"]
    facts = [x.facts for x in letters(house, LetterKind.RECEIPT)]
    assert [one.seq for one in facts if isinstance(one, ReceiptFacts)] == [1, 2, 3, 4]
    assert (done.status, done.ended_at) == ("06", LATER)


def test_history_journal_and_document_say_the_same(house: House, go: Go) -> None:
    until = NOW + timedelta(days=3)
    go("chuyen", unit="Phòng Tổng hợp", person=B, deadline=until, opinion="Xử lý sớm")
    with house.database.reading() as tx:
        document = documents.get(tx, 1)
        history = statuses.history(tx, 1)
        (line,) = journal.lines(tx, house.chanceries[0].code, 1)
        assert journal.verify(tx, line.office).ok
    assert document is not None
    assert (document.status, document.unit, document.handler) == ("04", "Phòng Tổng hợp", B)
    assert document.deadline == until
    assert [change.code for change in history] == ["03", "04"]
    assert history[1].opinion == "Xử lý sớm"
    assert (line.event, line.data["from"], line.data["to"]) == ("advanced", "03", "04")
    assert line.data["by"] == "Văn thư A"


def test_the_person_gets_the_document_with_deadline_and_opinion(house: House, go: Go) -> None:
    until = NOW + timedelta(days=3)
    go("chuyen", person=B, deadline=until, opinion="Xử lý sớm")
    (letter,) = [x for x in letters(house, LetterKind.NOTICE) if x.to == B]
    assert isinstance(letter.facts, NoticeFacts)
    assert (letter.facts.due, letter.facts.opinion) == (until, "Xử lý sớm")
    assert letter.facts.files, "the files go with it"


def test_the_same_again_writes_nothing(house: House, go: Go) -> None:
    go("chuyen", person=B)
    before = letters(house, LetterKind.NOTICE)
    for given in ({}, {"person": B}, {"person": B.upper()}):
        with pytest.raises(AlreadyThereError, match="Đã chuyển xử lý"):
            go("04", **given)
    with house.database.reading() as tx:
        assert len(statuses.history(tx, 1)) == 2
    assert letters(house, LetterKind.NOTICE) == before


def test_another_person_is_told_and_the_sender_is_not_told_again(house: House, go: Go) -> None:
    go("chuyen", person=B)
    go("chuyen", person=C, note="chuyển nhầm")
    go("chuyen", person=B, note="chuyển lại")
    assert [x.to for x in letters(house, LetterKind.NOTICE)][-3:] == [B, C, B]
    assert receipts(house) == ["03", "04"], "passing on inside the office owes no second 04"


@pytest.mark.parametrize("to", ["hoan-thanh", "03", "tra-lai", "thu-hoi", "16", "lam-gi-do"])
def test_an_unlawful_step_changes_nothing(house: House, go: Go, to: str) -> None:
    with pytest.raises(CannotAdvanceError):
        go(to, note="vì sao")
    with house.database.reading() as tx:
        assert len(statuses.history(tx, 1)) == 1
    assert receipts(house) == ["03"]


def test_what_is_finished_stays_finished(house: House, go: Go) -> None:
    go("dang-xu-ly")
    go("hoan-thanh")
    with pytest.raises(CannotAdvanceError):
        go("dang-xu-ly", person=B)
    with pytest.raises(AlreadyThereError):
        go("hoan-thanh", person=B)
    with pytest.raises(CannotRefuseError, match="Đã hoàn thành"):
        refuse(house, 1, Ground(Reason.WRONG_ADDRESSEE, "x"), "A", LATER)


def test_what_is_being_handled_may_still_be_returned_and_then_ends(house: House, go: Go) -> None:
    go("dang-xu-ly", person=B)
    refuse(house, 1, Ground(Reason.WRONG_ADDRESSEE, "gửi nhầm"), "Văn thư A", LATER)
    with house.database.reading() as tx:
        change = statuses.history(tx, 1)[-1]
        assert statuses.tasks(tx, None) == ()
    assert (change.code, change.by, change.note) == ("02", "Văn thư A", "gửi nhầm")
    with pytest.raises(CannotAdvanceError):
        go("hoan-thanh")


@pytest.mark.parametrize("person", ["b@gmail.com", "b@hungyen.gov.vn.example", "b", "@", "x@"])
def test_a_document_is_not_mailed_out_of_the_official_mail(
    house: House, go: Go, person: str
) -> None:
    with pytest.raises(CannotAdvanceError, match=r"Điều 3\.8"):
        go("chuyen", person=person)
    assert all(x.to != person for x in letters(house, LetterKind.NOTICE))


def test_a_deadline_that_has_passed_is_refused(house: House, go: Go) -> None:
    with pytest.raises(CannotAdvanceError, match="đã qua"):
        go("chuyen", person=B, deadline=LATER)


def test_the_sender_is_not_told_what_the_office_keeps_to_itself(house: House, go: Go) -> None:
    rows = house.regulation.statuses.rows
    quiet = replace(house.regulation.statuses, rows=tuple(replace(row, told=False) for row in rows))
    silent = replace(house, regulation=replace(house.regulation, statuses=quiet))
    advance(silent, 1, "chuyen", Assignment(person=B), "A", LATER)
    assert receipts(house) == ["03"]


def test_a_held_document_is_not_advanced(house: House, lead: Lead) -> None:
    lead(mail_with(paper(), replace(HEAD, sender="la@noi-khac.example")))
    with pytest.raises(CannotAdvanceError):
        advance(house, 1, "chuyen", Assignment(), "A", LATER)
    with house.database.reading() as tx:
        assert [change.code for change in statuses.history(tx, 1)] == ["01"]
        assert statuses.tasks(tx, None) == (), "what is only held is nobody's task yet"


def test_whoever_works_on_it_has_it_in_hand(house: House, go: Go) -> None:
    assert go("chuyen", person=B).acknowledged_by is None
    assert go("dang-xu-ly").acknowledged_by == "Văn thư A"


def test_two_people_who_advance_at_once_write_one_step(house: House, go: Go) -> None:
    del go
    ended: list[str] = []

    def push(_: int) -> None:
        try:
            advance(house, 1, "chuyen", Assignment(person=B), "Văn thư A", LATER)
            ended.append("moved")
        except AlreadyThereError:
            ended.append("there")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(push, range(8)))
    assert sorted(ended) == ["moved", *["there"] * 7]
    with house.database.reading() as tx:
        assert [change.code for change in statuses.history(tx, 1)] == ["03", "04"]
    assert receipts(house) == ["03", "04"]


def _octets(part: Message) -> bytes:
    octets = part.get_payload(decode=True)
    assert isinstance(octets, bytes)
    return octets


def test_every_stage_leaves_as_a_mail_that_names_the_one_before(house: House, go: Go) -> None:
    for to in ("chuyen", "dang-xu-ly", "hoan-thanh"):
        go(to)
    sender = Sender("vt@hungyen.gov.vn", "Văn thư", "DEMO.02.07", "hungyen.gov.vn", None)
    with SmtpSimulator() as server:
        desk = Desk(sender, Post(server.account()), EDXML)
        while post(house, {"vanthu": desk}, LATER) is not None:
            pass
        desk.post.close()
        mails = [message_from_bytes(mail.octets) for mail in server.mails]
    found = [
        json.loads(_octets(part))
        for mail in mails
        for part in mail.walk()
        if part.get_content_type() == "application/vnd.mailbridge+json"
    ]
    assert [(one["stage"], one["edxml"], one["seq"]) for one in found] == [
        ("registered", "03", 1),
        ("assigned", "04", 2),
        ("processing", "05", 3),
        ("done", "06", 4),
    ]
    chain = [one["previous"] for one in found]
    assert chain[0] is None
    assert len(set(chain)) == 4, "each names another one before it"
    assert all(one["register"]["number"] == 1 for one in found)


def test_whoever_is_told_is_known_by_an_address_in_small_letters(house: House, go: Go) -> None:
    go("chuyen", person=B.upper())
    assert letters(house, LetterKind.NOTICE)[-1].to == B
    with house.database.reading() as tx:
        assert replies_acted.was_told(tx, B, ("vanthu",))
