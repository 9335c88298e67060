"""A reply to a notice acts when all of it is proven; else nothing is changed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.header import Header

import pytest
from sqlmodel import col, update

from mailbridge.actions.advance import Assignment, advance
from mailbridge.actions.house import House
from mailbridge.demo import mails, pki, seals
from mailbridge.demo.agencies import OWN
from mailbridge.demo.mails import Head
from mailbridge.demo.pki import EMAIL, YEAR, Profile
from mailbridge.letters.notices import notice
from mailbridge.letters.subjects import subject
from mailbridge.model.document import DocumentState
from mailbridge.model.letter import Letter, LetterKind, ReceiptFacts, Stage
from mailbridge.model.outcome import Applied, Noted
from mailbridge.registry import journal, outbox, tables
from tests.unit.actions.reply_desk import DKIM, HANDLER, LATER, OTHER, Desk, made
from tests.unit.provenance.dkim_samples import signed
from tests.unit.provenance.samples import NOW, keys


@pytest.fixture
def desk(house: House) -> Desk:
    return made(house)


def test_who_takes_it_has_it_in_hand_and_is_answered(desk: Desk) -> None:
    assert desk.say("Nhận.\n\nTrân trọng") == Applied("document:1")
    found = desk.document
    assert (found.status, found.acknowledged_by) == ("05", HANDLER)
    assert desk.receipts() == ["03", "05"]
    (told,) = desk.told()
    assert told.accepted
    (answer,) = desk.letters(LetterKind.ANSWER)
    # Its subject names the document: it is dropped with it (Điều 5.1).
    assert (answer.to, answer.document) == (HANDLER, 1)


def test_it_is_passed_on_with_its_deadline(desk: Desk) -> None:
    desk.say("chuyển Phòng Tổng hợp hạn 30/11")
    found = desk.document
    assert (found.status, found.unit) == ("04", "Phòng Tổng hợp")
    assert found.deadline == datetime(2026, 11, 30, 10, 0, tzinfo=UTC)


def test_an_address_is_told(desk: Desk) -> None:
    desk.say(f"chuyển {OTHER} hạn 30/11/2026")
    assert desk.document.handler == OTHER
    assert desk.notice(OTHER).document == 1


def test_it_is_finished(desk: Desk) -> None:
    desk.say("nhận")
    desk.say("xong")
    assert (desk.document.status, [one.accepted for one in desk.told()]) == ("06", [True, True])


def test_a_step_that_is_not_lawful_is_told_and_may_be_said_later(desk: Desk) -> None:
    desk.say("xong")
    assert (desk.document.status, desk.told()[0].accepted) == ("03", False)
    desk.say("nhận")
    desk.say("xong")
    assert desk.document.status == "06"


def _unsigned(desk: Desk, octets: bytes) -> bytes:
    return octets


def _by_another_domain(desk: Desk, octets: bytes) -> bytes:
    return signed(octets, h=DKIM, d="ke-xau.vn")


def _without_its_subject(desk: Desk, octets: bytes) -> bytes:
    return signed(octets, h=DKIM.replace("subject:", ""))


def _changed(desk: Desk, octets: bytes) -> bytes:
    return signed(octets, h=DKIM).replace(b"Subject: ", b"Subject:  Re: ", 1)


@pytest.mark.parametrize("forged", [_unsigned, _by_another_domain, _without_its_subject, _changed])
def test_what_nothing_proves_changes_nothing_and_calls_the_clerk(
    desk: Desk, forged: Callable[[Desk, bytes], bytes]
) -> None:
    assert isinstance(desk.lead(forged(desk, desk.written("nhận"))), Noted)
    assert (desk.document.status, desk.told()) == ("03", [])
    assert [one for one in desk.alerts() if "chưa được chứng thực" in one]


def test_a_flood_of_forgeries_is_one_alert(desk: Desk) -> None:
    for serial in range(3):
        desk.lead(desk.written("nhận", serial=serial))
    assert len(desk.letters(LetterKind.ALERT)) == 1


def test_who_got_it_forwarded_is_told_nothing(desk: Desk) -> None:
    assert isinstance(desk.say("nhận", by=OTHER), Noted)
    assert (desk.document.status, desk.told(), desk.alerts()) == ("03", [], [])
    with desk.house.database.reading() as tx:
        lines = [one for one in journal.lines(tx) if one.event == "reply-ignored"]
    assert len(lines) == 1


@pytest.mark.parametrize("given", [{"to": OTHER}, {"about": "Re: việc khác"}])
def test_a_signed_mail_of_the_person_about_something_else_is_no_reply(
    desk: Desk, given: dict[str, object]
) -> None:
    # Who got such a mail writes our In-Reply-To into it: that field is not signed.
    desk.lead(signed(desk.written("nhận", **given), h=DKIM))
    assert desk.document.status == "03"
    assert not any(one.accepted for one in desk.told())


def test_each_word_acts_once(desk: Desk) -> None:
    desk.say("chuyển Phòng A hạn 30/11")
    desk.say("chuyển Phòng B hạn 30/11")
    assert desk.document.unit == "Phòng A"
    assert "chỉ dùng một lần" in desk.told()[1].lines[0]


def _under_the_next_notice(desk: Desk, first: Letter, octets: bytes) -> bytes:
    """Give the document to the same person again, and put a mail under that notice."""
    advance(desk.house, 1, "chuyen", Assignment(person=HANDLER), "An", LATER)
    second = next(
        x for x in desk.letters(LetterKind.NOTICE) if x.to == HANDLER and x.id != first.id
    )
    return octets.replace(first.id.encode(), second.id.encode())


def test_a_reply_that_acted_does_not_act_again_under_another_notice(desk: Desk) -> None:
    first, said = desk.notice(), signed(desk.written(f"chuyển {OTHER} hạn 30/11"), h=DKIM)
    desk.lead(said)
    assert desk.document.handler == OTHER
    desk.lead(_under_the_next_notice(desk, first, said), LATER + timedelta(hours=1))
    assert (desk.document.handler, desk.told()[1].accepted) == (HANDLER, False)
    assert "chỉ dùng một lần" in desk.told()[1].lines[0]


def test_a_reply_that_was_written_before_its_notice_does_nothing(desk: Desk) -> None:
    first, said = desk.notice(), signed(desk.written("chuyển Phòng A hạn 30/11"), h=DKIM)
    with desk.house.database.transaction() as tx:
        later = update(tables.Outbox).values(owed_at=LATER + timedelta(hours=2))
        tx.session.exec(later.where(col(tables.Outbox.id) == first.id))
    desk.lead(said, LATER + timedelta(hours=3))
    assert (desk.document.status, desk.told()[0].accepted) == ("03", False)
    assert "trước thư báo" in desk.told()[0].lines[0]


def test_an_old_notice_does_nothing(desk: Desk) -> None:
    desk.say("nhận", NOW + timedelta(days=15))
    assert desk.document.status == "03"
    assert "14 ngày" in desk.told()[0].lines[0]


def test_whom_it_left_acts_no_more(desk: Desk) -> None:
    advance(desk.house, 1, "chuyen", Assignment(person=OTHER), "An", NOW)
    desk.say("nhận")
    assert desk.document.status == "04"
    assert "người khác" in desk.told()[0].lines[0]


def test_what_is_unclear_does_nothing_and_is_told(desk: Desk) -> None:
    desk.say("Đã nhận được, cảm ơn đồng chí")
    assert (desk.document.status, desk.told()[0].accepted) == ("03", False)


def test_a_robot_neither_acts_nor_is_answered(desk: Desk) -> None:
    desk.say("nhận", extra="Auto-Submitted: auto-replied\r\n")
    desk.say("nhận", about="Vắng mặt: nghỉ phép")
    desk.say("nhận", extra="Precedence: bulk\r\n")
    assert (desk.document.status, desk.told(), desk.alerts()) == ("03", [], [])


def test_an_answer_to_our_answer_is_not_answered(desk: Desk) -> None:
    desk.say("nhận")
    (answer,) = desk.letters(LetterKind.ANSWER)
    references = f"References: <{desk.notice().id}@x.vn> <{answer.id}@x.vn>\r\n"
    desk.say("xong", token=answer.id, extra=references, about=f"Re: {subject((desk.notice(),))}")
    assert (desk.document.status, len(desk.told())) == ("05", 1)


def test_who_talks_with_others_about_it_says_nothing_to_us(desk: Desk) -> None:
    references = f"References: <{desk.notice().id}@hungyen.gov.vn> <1@may.vn>\r\n"
    about = f"Re: {subject((desk.notice(),))}"
    assert isinstance(desk.say("xong", token="1", extra=references, about=about), Noted)
    assert (desk.told(), desk.alerts()) == ([], [])


def test_a_mail_of_html_alone_is_read(desk: Desk) -> None:
    entity = (
        b"Content-Type: text/html; charset=utf-8\r\n\r\n<html><head><title>xong</title></head>"
        b"<body><p>nh&#7853;n</p><blockquote>xong</blockquote></body></html>\r\n"
    )
    desk.say("", entity=entity)
    assert desk.document.status == "05"


def test_what_lies_in_an_attached_mail_is_not_said(desk: Desk) -> None:
    inner = mails.mail(Head(HANDLER, OWN.mailbox, "x", NOW, "9@x.vn"), mails.text("nhận"))
    entity = (
        b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n'
        b"Content-Type: message/rfc822\r\n\r\n" + inner + b"\r\n--b--\r\n"
    )
    desk.say("", entity=entity)
    assert desk.document.status == "03"


def test_only_clerk_and_head_return(desk: Desk) -> None:
    desk.say("trả lại: gửi nhầm")
    assert (desk.document.state, desk.told()[0].accepted) == (DocumentState.REGISTERED, False)


def owed_to_clerk(desk: Desk) -> Letter:
    """Owe the clerk a notice of the document."""
    made = notice(
        desk.document,
        to=desk.clerk,
        route_why="",
        mailbox="vanthu",
        secret=b"s",
        now=NOW,
        not_before=NOW,
        urgent=True,
    )
    with desk.house.database.transaction() as tx:
        outbox.owe(tx, made)
    return made


def test_the_clerk_returns_it_with_words(desk: Desk) -> None:
    made = owed_to_clerk(desk)
    desk.say("trả lại: thiếu phụ lục 2", letter=made, by=desk.clerk)
    assert (desk.document.state, desk.receipts()) == (DocumentState.REFUSED, ["03", "02"])
    desk.say("nhận", letter=made, by=desk.clerk)
    assert "không còn trong sổ" in desk.told()[1].lines[0]


def test_what_the_clerk_writes_below_the_reason_never_leaves(desk: Desk) -> None:
    made = owed_to_clerk(desk)
    reason = "văn bản không thuộc thẩm quyền giải quyết của cơ quan chúng tôi, đề nghị gửi lại"
    private = "Anh Bình xem giúp, đừng để họ biết ta chưa đọc\nAn"
    desk.say(f"trả lại: {reason}\n{private}", letter=made, by=desk.clerk)
    assert (desk.receipts(), desk.told()[0].accepted) == (["03"], False)
    assert "trong một dòng" in desk.told()[0].lines[0]
    desk.say(f"trả lại: {reason}\n\n{private}", letter=made, by=desk.clerk)
    facts = desk.letters(LetterKind.RECEIPT)[-1].facts
    assert isinstance(facts, ReceiptFacts)
    assert (facts.stage, facts.words) == (Stage.REFUSED, reason)


def test_a_long_reason_of_a_flowed_reply_leaves_whole(desk: Desk) -> None:
    made = owed_to_clerk(desk)
    text = "trả lại: văn bản không thuộc thẩm quyền giải quyết của cơ quan \r\nchúng tôi.\r\nAn\r\n"
    head = "Content-Type: text/plain; charset=utf-8; format=flowed\r\n"
    entity = f"{head}Content-Transfer-Encoding: 8bit\r\n\r\n{text}".encode()
    desk.say("", letter=made, by=desk.clerk, entity=entity)
    facts = desk.letters(LetterKind.RECEIPT)[-1].facts
    assert isinstance(facts, ReceiptFacts)
    assert facts.words == "văn bản không thuộc thẩm quyền giải quyết của cơ quan chúng tôi."


def test_a_certificate_of_the_person_proves_it_where_it_covers_the_header(desk: Desk) -> None:
    profile = Profile(pki.name("Trưởng phòng A"), NOW - YEAR, NOW + YEAR, HANDLER, EMAIL)
    identity = pki.issue(keys().sub, profile, pki.key("handler"))
    letter = desk.notice()
    title = Header(f"Re: {subject((letter,))}", "utf-8", maxlinelen=900).encode()
    entity = (
        f"From: <{HANDLER}>\r\nTo: <{OWN.mailbox}>\r\nSubject: {title}\r\n"
        'Content-Type: text/plain; charset=utf-8; hp="clear"\r\n'
        "Content-Transfer-Encoding: 8bit\r\n\r\nnhận\r\n"
    ).encode()
    bare = mails.text("nhận")
    desk.lead(desk.written("", entity=seals.sign_mail(bare, identity, NOW)))
    assert desk.document.status == "03"
    desk.lead(desk.written("", entity=seals.sign_mail(entity, identity, NOW)))
    assert desk.document.status == "05"


def test_it_can_be_switched_off(desk: Desk) -> None:
    (chancery,) = desk.house.chanceries
    telling = replace(chancery.telling, by_reply=False)
    desk.house = replace(desk.house, chanceries=(replace(chancery, telling=telling),))
    desk.say("nhận")
    assert (desk.document.status, desk.told()) == ("03", [])


def test_the_same_octets_again_act_no_more(desk: Desk) -> None:
    octets = signed(desk.written("nhận"), h=DKIM)
    desk.lead(octets)
    desk.lead(octets)
    assert len(desk.told()) == 1
