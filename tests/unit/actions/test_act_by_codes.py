"""A reply to a mail of several documents acts line by line, each by the code of its document."""

import email
import email.policy
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from mailbridge.actions.advance import Assignment, advance
from mailbridge.actions.examine import Permissions
from mailbridge.actions.house import House
from mailbridge.demo import mails, pki, seals
from mailbridge.demo.agencies import OWN
from mailbridge.demo.pki import EMAIL, YEAR, Profile
from mailbridge.letters.compose import Sender, compose
from mailbridge.letters.reply_codes import code
from mailbridge.letters.templates import WORDING, render
from mailbridge.model.batch import batch_id
from mailbridge.model.document import DocumentState
from mailbridge.model.letter import Letter, LetterKind
from mailbridge.model.outcome import Applied, Noted
from mailbridge.network.asking import Asking
from mailbridge.registry import documents, journal, outbox
from mailbridge.rules.reply_lines import MOST
from tests.simulators.network import ResolverSimulator
from tests.unit.actions.reply_desk import DKIM, HANDLER, MORNING, OTHER, Desk, codes, made
from tests.unit.provenance.dkim_samples import DOMAIN, KEY_NAME, record, signed
from tests.unit.provenance.samples import NOW, keys

SOON = MORNING + timedelta(minutes=5)


@pytest.fixture
def desk(house: House) -> Desk:
    """Two documents of one handler."""
    found = made(house)
    found.more("124")
    return found


def answer(desk: Desk, words: str, letter: Letter, **given: object) -> object:
    """Let a reply to a digest come, with no more of its subject than a program leaves."""
    given = {"about": "Re: Sáng 25/11", "at": SOON, **given}
    return desk.say(words, SOON, letter=letter, **given)


def lines(desk: Desk) -> list[str]:
    return [line for told in desk.told() for line in told.lines]


def test_each_line_of_a_reply_to_several_notices_acts_for_itself(desk: Desk) -> None:
    letters = desk.together()
    first, second = codes(*letters)
    words = f"Kính gửi văn thư,\n\nnhận {first}\nchuyển {second.lower()} Phòng A hạn 30/11\n\nAn"
    token = batch_id(one.id for one in letters)
    outcome = desk.say(words, token=token, letter=letters[0], about="Re: Chuyển 2 văn bản")
    assert outcome == Applied("document:1 document:2")
    assert (desk.of(1).status, desk.of(2).status, desk.of(2).unit) == ("05", "04", "Phòng A")
    (told,) = desk.told()
    assert (told.accepted, told.title, len(told.lines)) == (True, "Đã thực hiện 2 dòng", 2)


def test_a_digest_is_answered_like_them(desk: Desk) -> None:
    letter = desk.digest()
    first, second = codes(letter)
    answer(desk, f"nhận {first}\nxong {second}", letter)
    assert (desk.of(1).status, desk.of(2).status) == ("05", "03")
    (told,) = desk.told()
    assert (told.accepted, told.title) == (False, "Đã thực hiện 1 trong 2 dòng")
    assert "KHÔNG thực hiện" in told.lines[1]


def test_the_clerk_returns_by_a_digest_and_the_handler_does_not(desk: Desk) -> None:
    letter = desk.digest(desk.clerk)
    first, _ = codes(letter)
    _, mine = codes(desk.digest())
    answer(desk, f"trả lại {first}: sai thẩm quyền", letter, by=desk.clerk)
    answer(desk, f"trả lại {mine}: sai thẩm quyền", desk.digest())
    assert desk.of(1).state is DocumentState.REFUSED
    assert desk.of(2).state is DocumentState.REGISTERED
    assert "lý do: sai thẩm quyền" in lines(desk)[0]


@pytest.mark.parametrize("words", ["nhận", "nhận 125", "Đã nhận được, cảm ơn", "", "xong tất cả"])
def test_without_a_code_nothing_is_done_and_the_codes_are_told_again(
    desk: Desk, words: str
) -> None:
    letter = desk.digest()
    answer(desk, words, letter)
    assert (desk.of(1).status, desk.of(2).status) == ("03", "03")
    (told,) = desk.told()
    assert not told.accepted
    for one in codes(letter):
        assert any(one in line for line in told.lines)


def _forged(desk: Desk, letter: Letter) -> str:
    return code(b"not ours", letter.id, 1, HANDLER)


def _of_another_person(desk: Desk, letter: Letter) -> str:
    return codes(desk.digest(desk.clerk))[0]


def _of_another_letter(desk: Desk, letter: Letter) -> str:
    return codes(*desk.together())[0]


def _of_a_document_that_it_did_not_show(desk: Desk, letter: Letter) -> str:
    return code(desk.house.secret, letter.id, 3, HANDLER)


def _with_a_cyrillic_letter(desk: Desk, letter: Letter) -> str:
    shown = codes(letter)[0]
    return "".join({"K": "К", "C": "С", "H": "Н", "M": "М"}.get(one, one) for one in shown) + "К"


def _with_a_space(desk: Desk, letter: Letter) -> str:
    shown = codes(letter)[0]
    return f"{shown[:3]} {shown[3:]}"


@pytest.mark.parametrize(
    "named",
    [
        _forged,
        _of_another_person,
        _of_another_letter,
        _of_a_document_that_it_did_not_show,
        _with_a_cyrillic_letter,
        _with_a_space,
    ],
)
def test_a_code_that_the_letter_did_not_show_this_person_does_nothing(
    desk: Desk, named: Callable[[Desk, Letter], str]
) -> None:
    letter = desk.digest()
    answer(desk, f"nhận {named(desk, letter)}", letter)
    assert (desk.of(1).status, desk.of(2).status) == ("03", "03")
    assert not desk.told()[0].accepted


def test_a_code_acts_once_for_each_word(desk: Desk) -> None:
    letter = desk.digest()
    first, _ = codes(letter)
    for words in (f"nhận {first}", f"nhận {first}", f"xong {first}"):
        answer(desk, words, letter)
    assert desk.of(1).status == "06"
    assert [one.accepted for one in desk.told()] == [True, False, True]
    assert "chỉ dùng một lần" in desk.told()[1].lines[0]


def test_a_mail_acts_once_whichever_letter_it_is_put_under(desk: Desk) -> None:
    letter = desk.digest()
    first, second = codes(letter)
    answer(desk, f"nhận {first}", letter, serial=77)
    answer(desk, f"nhận {second}", letter, serial=77)
    assert (desk.of(1).status, desk.of(2).status) == ("05", "03")


def test_after_a_fortnight_it_does_nothing(desk: Desk) -> None:
    letter = desk.digest()
    late = MORNING + timedelta(days=15)
    desk.say(f"nhận {codes(letter)[0]}", late, letter=letter, at=late, about="Re: x")
    assert desk.of(1).status == "03"
    assert "14 ngày" in lines(desk)[0]


def test_an_unproven_one_calls_the_clerk_and_is_not_answered(desk: Desk) -> None:
    letter = desk.digest()
    words = f"nhận {codes(letter)[0]}"
    desk.lead(desk.written(words, letter=letter, at=SOON), SOON)
    letters = desk.together()
    token = batch_id(one.id for one in letters)
    desk.lead(desk.written("nhận", letter=letters[0], token=token), SOON)
    assert (desk.of(1).status, desk.told()) == ("03", [])
    assert len([one for one in desk.alerts() if "chưa được chứng thực" in one]) == 2


@pytest.mark.parametrize("extra", ["Auto-Submitted: auto-replied", "List-Id: <x.hungyen.gov.vn>"])
def test_robots_and_lists_do_nothing(desk: Desk, extra: str) -> None:
    letter = desk.digest()
    answer(desk, f"nhận {codes(letter)[0]}", letter, extra=f"{extra}\r\n")
    assert (desk.of(1).status, desk.told(), desk.alerts()) == ("03", [], [])


def test_who_got_a_digest_forwarded_is_told_nothing(desk: Desk) -> None:
    letter = desk.digest()
    outcome = answer(desk, f"nhận {codes(letter)[0]}", letter, by=OTHER)
    assert isinstance(outcome, Noted)
    assert (desk.of(1).status, desk.told(), desk.alerts()) == ("03", [], [])


def test_whom_a_document_left_acts_on_the_other_alone(desk: Desk) -> None:
    letter = desk.digest()
    first, second = codes(letter)
    advance(desk.house, 1, "chuyen", Assignment(person=OTHER), "An", NOW)
    answer(desk, f"nhận {first}\nnhận {second}\nnhận 2222CC", letter)
    assert (desk.of(1).status, desk.of(2).status) == ("04", "05")
    (told,) = desk.told()
    assert "người khác" in told.lines[0]
    # What is shown again are the codes that still act.
    assert not any(line.startswith(f"- {first}:") for line in told.lines)


def test_two_words_for_one_code_are_none(desk: Desk) -> None:
    letter = desk.digest()
    first, second = codes(letter)
    answer(desk, f"nhận {first}\nnhận {second}\nchuyển {first} Phòng A hạn 30/11", letter)
    assert (desk.of(1).status, desk.of(2).status) == ("03", "05")


def test_more_lines_than_a_mail_may_have_do_nothing(desk: Desk) -> None:
    letter = desk.digest()
    first, _ = codes(letter)
    units = (f"chuyển {code(b's', 'x', at, '')} Phòng {at} hạn 30/11" for at in range(1000))
    answer(desk, "\n".join([f"nhận {first}", *units]), letter)
    assert desk.of(1).status == "03"
    (told,) = desk.told()
    assert str(MOST) in told.lines[0]


def test_a_thousand_lines_that_are_none_are_answered_in_few(desk: Desk) -> None:
    letter = desk.digest()
    first, _ = codes(letter)
    answer(desk, "\n".join([f"nhận {first}", *["nhận"] * 1000]), letter)
    assert desk.of(1).status == "05"
    assert len(desk.told()[0].lines) < 100


def test_a_code_in_what_is_quoted_does_nothing(desk: Desk) -> None:
    letter = desk.digest()
    first, second = codes(letter)
    quoted = f"\nVào 25/11/2026 10:00, Văn thư đã viết:\n> nhận {second}\n> Mã trả lời: {second}\n"
    answer(desk, f"nhận {first}\n{quoted}", letter)
    assert (desk.of(1).status, desk.of(2).status) == ("05", "03")
    assert len(desk.told()[0].lines) == 1


def test_what_was_called_back_since_is_refused_and_not_shown_again(desk: Desk) -> None:
    letter = desk.digest()
    first, _ = codes(letter)
    with desk.house.database.transaction() as tx:
        documents.set_state(tx, 1, DocumentState.WITHHELD)
    answer(desk, f"nhận {first}\nnhận", letter)
    (told,) = desk.told()
    assert "không còn trong sổ" in told.lines[0]
    assert not any(f"- {first}:" in line or "1/2026" in line for line in told.lines)


def test_of_a_digest_that_named_a_secret_nothing_is_told_but_that_it_is_no_more(
    desk: Desk,
) -> None:
    letter = desk.digest()
    words = f"nhận {codes(letter)[1]}"
    with desk.house.database.transaction() as tx:
        outbox.forget(tx, 1, ())
    answer(desk, words, letter)
    (told,) = desk.told()
    assert (told.lines, told.accepted, desk.of(2).status) == (
        ("Thư được trả lời không còn nhận lời qua thư; đề nghị trả lời thư mới hơn của hệ thống.",),
        False,
        "03",
    )


def test_a_notice_of_a_secret_leaves_the_others_of_its_mail(desk: Desk) -> None:
    letters = desk.together()
    first, second = codes(*letters)
    with desk.house.database.transaction() as tx:
        outbox.forget(tx, 1, ())
    token = batch_id(one.id for one in letters)
    words = f"nhận {first}\nnhận {second}"
    desk.say(words, token=token, letter=letters[1], about="Re: Chuyển 2 văn bản")
    assert (desk.of(1).status, desk.of(2).status) == ("03", "05")
    assert "Mã này không có trong thư" in lines(desk)[0]


def test_who_never_had_a_letter_learns_not_even_that(desk: Desk) -> None:
    letter = desk.digest()
    assert isinstance(answer(desk, "nhận", letter, token="mb." + "a" * 52, by=OTHER), Noted)
    # Another house of the domain writes names like ours; of a talk with it we say nothing.
    answer(desk, "Đã nhận được văn bản của quý cơ quan.", letter, token="mb." + "a" * 52)
    assert desk.told() == []
    answer(desk, "nhận", letter, token="mb." + "a" * 52)
    assert len(desk.told()) == 1


@pytest.mark.parametrize(("is_allowed", "count"), [(True, 1), (False, 0)])
def test_nobody_outside_our_domains_is_looked_up(
    desk: Desk, count: int, *, is_allowed: bool
) -> None:
    stranger = "ai-do@vidu.example"
    letter = replace(desk.notice(), id="mb." + "b" * 52, to=stranger, document=None)
    with desk.house.database.transaction() as tx:
        outbox.owe(tx, letter)
    (chancery,) = desk.house.chanceries
    domains = (*chancery.office.allowed_domains, *(("vidu.example",) if is_allowed else ()))
    office = replace(chancery.office, allowed_domains=domains)
    key = KEY_NAME.replace(DOMAIN, "vidu.example")
    desk.house = replace(
        desk.house,
        chanceries=(replace(chancery, office=office),),
        permissions=Permissions(Asking(ResolverSimulator({key: (record(),)}), None)),
    )
    mail = desk.written("nhận", letter=letter, token="mb." + "a" * 52, by=stranger, at=SOON)
    # Any domain signs for itself: that proves no right to ask.
    desk.lead(signed(mail, h=DKIM, d="vidu.example"), SOON)
    assert len(desk.told()) == count


def test_it_can_be_switched_off_and_a_digest_then_shows_no_code(desk: Desk) -> None:
    (chancery,) = desk.house.chanceries
    telling = replace(chancery.telling, by_reply=False)
    desk.house = replace(desk.house, chanceries=(replace(chancery, telling=telling),))
    letter = desk.digest()
    assert codes(letter) == []
    answer(desk, "nhận", letter)
    assert desk.told() == []


def test_the_journal_tells_who_wrote_what(desk: Desk) -> None:
    letter = desk.digest()
    answer(desk, f"nhận {codes(letter)[0]}", letter)
    with desk.house.database.reading() as tx:
        (line,) = [one for one in journal.lines(tx) if one.event == "replied"]
    assert HANDLER in str(line)
    assert "Đã thực hiện 1 dòng" in str(line)


def test_one_answer_leaves_for_one_reply(desk: Desk) -> None:
    letter = desk.digest()
    answer(desk, "\n".join(f"nhận {one}" for one in codes(letter)), letter)
    assert len(desk.letters(LetterKind.ANSWER)) == 1


def _dressed(letter: Letter, name: str) -> str:
    return render(WORDING, name, facts=letter.facts, agency="x", is_key_away=False)


def _of_thunderbird(letter: Letter) -> str:
    quoted = "\n".join(f"> {line}" for line in _dressed(letter, "digest.txt").splitlines())
    return f"\n\nOn 25/11/2026 10:00, Văn thư wrote:\n{quoted}\n"


def _of_outlook(letter: Letter) -> str:
    told = _dressed(letter, "digest.txt")
    return f"\n\n-----Original Message-----\nFrom: Văn thư\nSubject: Sáng 25/11\n\n{told}"


def _unmarked(letter: Letter) -> str:
    return f"\n\n{_dressed(letter, 'digest.txt')}"


@pytest.mark.parametrize("quoted", [_of_thunderbird, _of_outlook, _unmarked])
def test_the_digest_below_a_reply_in_text_does_nothing(
    desk: Desk, quoted: Callable[[Letter], str]
) -> None:
    letter = desk.digest()
    first, _ = codes(letter)
    answer(desk, f"nhận {first}{quoted(letter)}", letter)
    assert (desk.of(1).status, desk.of(2).status) == ("05", "03")


@pytest.mark.parametrize(
    "before",
    [
        "<div style='border:none;border-top:solid #E1E1E1 1.0pt'><p><b>Von:</b> x</p></div>",
        "<div class='gmail_quote'><div class='gmail_attr'>x đã viết:</div><blockquote>",
        "<div id='appendonsend'></div><hr>",
        "<hr>",
    ],
)
def test_the_digest_below_a_reply_in_html_does_nothing(desk: Desk, before: str) -> None:
    letter = desk.digest()
    first, _ = codes(letter)
    below = _dressed(letter, "digest.html")
    source = f"<html><body><p>nhận&nbsp;<b>{first}</b></p>{before}{below}</body></html>"
    entity = mails.text(source).replace(b"text/plain", b"text/html", 1)
    answer(desk, "", letter, entity=entity)
    assert (desk.of(1).status, desk.of(2).status) == ("05", "03")


def test_a_certificate_of_the_person_proves_a_reply_to_a_digest(desk: Desk) -> None:
    profile = Profile(pki.name("Trưởng phòng A"), NOW - YEAR, NOW + YEAR, HANDLER, EMAIL)
    identity = pki.issue(keys().sub, profile, pki.key("handler"))
    letter = desk.digest()
    first, second = codes(letter)
    entity = (
        f"From: <{HANDLER}>\r\nTo: <{OWN.mailbox}>\r\nSubject: Re: x\r\n"
        'Content-Type: text/plain; charset=utf-8; hp="clear"\r\n'
        f"Content-Transfer-Encoding: 8bit\r\n\r\nnhận {first}\r\n"
    ).encode()
    made = seals.sign_mail(entity, identity, NOW)
    more = made.replace(f" {first}".encode(), f" {second}".encode())
    for octets in (made, more):
        mail = desk.written("", letter=letter, at=SOON, about="Re: x", entity=octets)
        desk.lead(mail, SOON)
    assert (desk.of(1).status, desk.of(2).status) == ("05", "03")


@pytest.mark.parametrize("kind", ["digest", "notices"])
def test_what_a_person_reads_in_the_mail_is_what_acts(desk: Desk, kind: str) -> None:
    """From the octets that leave to those that come back."""
    letters = (desk.digest(),) if kind == "digest" else desk.together()
    sender = Sender(OWN.mailbox, "Văn thư", "Huyện ủy Mẫu", "hungyen.gov.vn", None)
    composed = compose(letters, sender, desk.house.blobs.path)
    mail = email.message_from_bytes(composed.octets, policy=email.policy.default)
    body = mail.get_body(("plain",))
    assert body is not None
    shown = re.findall(r"Mã trả lời: (\S{6})\s", body.get_content())
    first, second = dict.fromkeys(shown)
    token = str(mail["Message-ID"]).strip("<>").partition("@")[0]
    words = f"nhận {first}\nchuyển {second} Phòng B hạn 30/11/2026\n"
    desk.say(words, SOON, letter=letters[0], token=token, about=f"Re: {mail['Subject']}", at=SOON)
    assert [one.accepted for one in desk.told()] == [True]
    assert {desk.of(1).status, desk.of(2).status} == {"04", "05"}
    assert sorted(desk.receipts()) == ["03", "03", "04", "05"]
