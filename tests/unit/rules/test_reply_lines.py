"""A reply about several documents acts by its own lines alone, each by the code that it names."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.model.reply_codes import PLACES
from mailbridge.rules import reply_lines
from mailbridge.rules.html_lines import shown
from mailbridge.rules.own_lines import Words
from mailbridge.rules.replies import Unclear, Verb, Wish
from mailbridge.rules.reply_lines import NO_CODE, NO_WORD, Order, spelled

TODAY = date(2026, 11, 25)
A, B, C = "7KQ4MX", "3HJ7KP", "9RT5NV"
TAKE, DONE = Wish(Verb.TAKE), Wish(Verb.DONE)
CODES = st.tuples(*map(st.sampled_from, PLACES)).map("".join)
ROW = f"125/2026 Tỉnh ủy Ví Dụ 125-CV/TU V/v báo cáo {C}"
THUNDERBIRD = (
    f"nhận {A}\nxong {B}\n\nOn 25/11/2026 10:00, Văn thư wrote:\n"
    f"> - Số đến: 125/2026; Mã trả lời: {C}\n> nhận {C}\nxong {C}\n\n-- \nxong {C}\n"
)
OUTLOOK = (
    f"nhận {A}\nxong {B}\n\nTrân trọng\n\n-----Original Message-----\n"
    f"From: Văn thư\nSent: 25/11/2026\nSubject: Sáng 25/11\n\nnhận {C}\n{ROW}\n"
)
ZIMBRA = f"nhận {A}\nxong {B}\n\n----- Thư gốc -----\nnhận {C}\nGửi từ: Văn thư\n"
OUTLOOK_HTML = f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal
{{margin:0in}}</style></head><body lang=VI><div class=WordSection1><p class=MsoNormal>nh&#7853;n
{A}<o:p></o:p></p><p class=MsoNormal><span style='color:#1F497D'>xong {B}</span></p>
<p class=MsoNormal>&nbsp;</p><div><div style='border:none;border-top:solid #E1E1E1 1.0pt;
padding:3.0pt 0in 0in 0in'><p class=MsoNormal><b>G&#7917;i:</b> V&#259;n th&#432;</p></div></div>
<table><tr><td>125/2026</td><td>{C}</td></tr></table><p>nh&#7853;n {C}</p></div></body></html>"""
OUTLOOK_WEB = (
    f"<div>nhận {A}</div><div>xong {B}</div><div id='appendonsend'></div><hr>"
    f"<div id='divRplyFwdMsg'><b>Fra:</b> Văn thư</div><div>nhận {C}</div>"
)
GMAIL = f"""<div dir="ltr">nhận {A}<div>xong&nbsp;{B}<br></div></div><br>
<div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">Vào Th 4, 25 thg 11
2026 lúc 10:00 &lt;van.thu@x.vn&gt; đã viết:<br></div><blockquote class="gmail_quote">
<table><tr><td>nhận {C}</td></tr></table></blockquote></div>"""
GMAIL_TEXT = (
    f"nhận {A}\nxong {B}\n\nVào Th 4, 25 thg 11, 2026 vào lúc 10:00 Văn thư <van.thu@x.vn>\n"
    f"đã viết:\n\n> nhận {C}\n>\n"
)
THUNDERBIRD_HTML = (
    f"<p>nhận {A}</p><p>xong {B}</p><div class='moz-cite-prefix'>Am 25.11.26 schrieb Văn thư:<br>"
    f"</div><blockquote type='cite'><p>nhận {C}</p></blockquote><p>xong {C}</p>"
)


def orders(text: str, today: date) -> tuple[Order, ...]:
    return reply_lines.orders(Words(text), today)


@pytest.mark.parametrize(
    "text",
    [
        THUNDERBIRD,
        OUTLOOK,
        GMAIL_TEXT,
        ZIMBRA,
        *map(shown, (OUTLOOK_HTML, OUTLOOK_WEB, GMAIL, THUNDERBIRD_HTML)),
    ],
)
def test_what_mail_programs_quote_says_nothing(text: str) -> None:
    assert [(one.code, one.wish) for one in orders(text, TODAY)] == [(A, TAKE), (B, DONE)]


def test_each_line_names_its_document_and_the_rest_is_passed_over() -> None:
    text = (
        f"Kính gửi văn thư,\n\n1. Nhận {A.lower()}.\n- chuyển [{B}] Phòng Tổng hợp, hạn 30/11\n"
        f"trả lại {C}: sai thẩm quyền\n\nNhân dịp này xin cảm ơn.\nChuyên viên Phòng A\n"
    )
    assert [(one.code, one.wish) for one in orders(text, TODAY)] == [
        (A, TAKE),
        (B, Wish(Verb.FORWARD, "Phòng Tổng hợp", date(2026, 11, 30))),
        (C, Wish(Verb.RETURN, "sai thẩm quyền")),
    ]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("nhận", NO_CODE),
        ("nhận 125", NO_CODE),
        (f"nhận 125 {A}", NO_CODE),
        (f"{A} nhận", NO_WORD),
        (f"đã nhận {A}", NO_WORD),
        (A, NO_WORD),
    ],
)
def test_a_line_without_a_code_in_its_place_is_told(line: str, why: Unclear) -> None:
    assert orders(line, TODAY) == (Order(line, "", why),)


@pytest.mark.parametrize(
    "line",
    [
        f"nhận {A} {B}",
        f"nhận {A} hôm nay",
        f"chuyển {A}",
        f"chuyển {A} Phòng A",
        f"chuyển {A} Phòng A hạn 31/02",
        f"chuyển {A} hạn 30/11",
        f"trả lại {A}",
        f"trả lại {A} sai thẩm quyền",
        f"trả lại {A}:",
        f"trả lại {A}: {'x' * 600}",
        f"nhận {A}\nxong {A}",
        f"nhận {A}\nchuyển {A} Phòng A",
    ],
)
def test_what_is_unclear_is_no_wish(line: str) -> None:
    found = orders(line, TODAY)
    assert found
    assert all(isinstance(one.wish, Unclear) and one.code == A for one in found)


def test_the_same_line_twice_says_it_once() -> None:
    assert len(orders(f"nhận {A}\nNhận {A.lower()}!\n", TODAY)) == 1


def test_a_reason_that_may_go_on_below_is_asked_for_again_and_the_next_order_is_done() -> None:
    long = f"trả lại {A}: văn bản không thuộc thẩm quyền giải quyết của cơ quan tôi, đề"
    for below in ("nghị gửi Sở Nội vụ", "Anh Bình xem giúp", "Nguyễn Văn An\nPhòng Tổng hợp"):
        (returns, takes) = orders(f"{long}\n{below}\nnhận {B}\n", TODAY)
        assert isinstance(returns.wish, Unclear)
        assert "trong một dòng" in returns.wish.why
        assert (takes.code, takes.wish) == (B, TAKE)
    (short,) = orders(f"trả lại {A}: gửi nhầm\nTrân trọng\n", TODAY)
    assert short.wish == Wish(Verb.RETURN, "gửi nhầm")


def test_a_flowed_reason_with_an_odd_end_is_asked_for_again() -> None:
    said = f"trả lại {A}: gửi nhầm \n"
    for below, is_sure in (("An", False), (f"nhận {B}", True), ("\nAn", True)):
        flowed = Words(f"{said}{below}", whole=True, flowed=True)
        assert isinstance(reply_lines.orders(flowed, TODAY)[0].wish, Wish) is is_sure


@pytest.mark.parametrize("mark", ["", "- ", "2. "])
def test_a_long_reason_ends_where_the_next_order_begins(mark: str) -> None:
    reason = "văn bản không thuộc thẩm quyền giải quyết của cơ quan chúng tôi."
    (returns, takes) = orders(f"{mark}trả lại {A}: {reason}\n{mark}nhận {B}\n", TODAY)
    assert returns.wish == Wish(Verb.RETURN, reason)
    assert (takes.code, takes.wish) == (B, TAKE)


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    for one in orders(text, TODAY):
        assert isinstance(one.wish, Wish | Unclear)
        assert "\n" not in one.said


@given(st.lists(st.tuples(CODES, st.sampled_from(["nhận", "XONG"])), max_size=8))
def test_each_code_is_asked_for_once_whatever_stands_between(
    asked: list[tuple[str, str]],
) -> None:
    text = "\n\n".join(f"{verb} {code}\nvà" for code, verb in asked)
    found = orders(text, TODAY)
    verbs = {code: {verb for one, verb in asked if one == code} for code, _ in asked}
    acts = {one.code for one in found if isinstance(one.wish, Wish)}
    assert acts == {code for code, said in verbs.items() if len(said) == 1}
    assert len([one for one in found if isinstance(one.wish, Wish)]) == len(acts)


@given(st.lists(st.tuples(CODES, st.sampled_from(["nhận", "xong"])), min_size=1, max_size=5))
def test_what_is_quoted_never_acts(asked: list[tuple[str, str]]) -> None:
    quoted = "\n".join(f"> {verb} {code}" for code, verb in asked)
    assert orders(f"{quoted}\n", TODAY) == ()
    html = "".join(f"<p>{verb} {code}</p>" for code, verb in asked)
    assert orders(shown(f"<blockquote>{html}</blockquote>"), TODAY) == ()


@given(CODES, st.sampled_from(["{}", "[{}]", "“{}”", "({}),", "{}:", "*{}*", "\u200b{}"]))
def test_case_and_what_stands_around_a_code_are_nothing(code: str, around: str) -> None:
    assert spelled(around.format(code)) == code
    assert spelled(around.format(code.lower())) == code


@pytest.mark.parametrize(
    "word",
    [
        "",
        "7KQ4M",
        "7KQ4MXX",
        "7KQ-4MX",
        "7\u041aQ4MX",  # a Cyrillic letter
        "\uff17KQ4MX",  # a wide digit
        "7\u212aQ4MX",  # the sign of a unit, whose small letter is k
        "0KQ4MX",
        "7KQ4MO",
        "KKQ4MX",
        "125",
        "234567",
        "PHTNKT",
        "30/11",
    ],
)
def test_what_only_looks_like_a_code_is_none(word: str) -> None:
    assert spelled(word) is None
