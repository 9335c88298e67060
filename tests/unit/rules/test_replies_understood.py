"""A reply acts by its first own line alone; what is quoted or doubtful says nothing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.rules import replies
from mailbridge.rules.html_lines import shown
from mailbridge.rules.own_lines import Words
from mailbridge.rules.replies import Unclear, Verb, Wish

TODAY = date(2026, 11, 25)
QUOTED = "\nVào 25/11/2026 08:00, Văn thư đã viết:\n> Số đến: 431/2026\n> xong\n"


def wish(text: str, today: date) -> Wish | Unclear:
    return replies.wish(Words(text), today)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("nhận", Wish(Verb.TAKE)),
        ("\n\n  NHẬN.\n\nTrân trọng\nAn", Wish(Verb.TAKE)),
        ("Xong!", Wish(Verb.DONE)),
        ("trả lại: gửi nhầm nơi nhận", Wish(Verb.RETURN, "gửi nhầm nơi nhận")),
        ("Trả lại : thiếu phụ lục.", Wish(Verb.RETURN, "thiếu phụ lục.")),
        ("chuyển Phòng A hạn 30/11", Wish(Verb.FORWARD, "Phòng A", date(2026, 11, 30))),
        ("Chuyển: Phòng A, hạn: 5/1.", Wish(Verb.FORWARD, "Phòng A", date(2027, 1, 5))),
        ("chuyển b@x.vn hạn 30-11-2027", Wish(Verb.FORWARD, "b@x.vn", date(2027, 11, 30))),
    ],
)
def test_the_first_line_says_what_is_done(text: str, read: Wish) -> None:
    assert wish(text, TODAY) == read
    assert wish(text + QUOTED, TODAY) == wish(text, TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "đã nhận được, cảm ơn",
        "nhận?",
        "chuyển Phòng A",
        "chuyển hạn 30/11",
        "chuyển cho tôi bản Word được không?",
        "chuyển Phòng A hạn 31/02",
        "chuyển Phòng A hạn 1/8",
        "chuyển Phòng A hạn 30/11 hạn 1/12",
        "chuyển Phòng A hạn 30/11 nhé",
        "trả lại",
        "trả lại:",
        "trả lại gửi nhầm",
        "Kính gửi văn thư,\nxong",
        "nhận\nxong",
        "nhận\nchuyển Phòng A hạn 30/11",
        "-- \nxong",
        "> xong",
        QUOTED,
        "-----Original Message-----\nxong",
        "Từ: An\nxong",
        "*From:* An\nxong",
        "________________________________\nxong",
        "On Wed, Nov 25, 2026 at 8:00 AM Văn thư <a@b.vn>\nwrote:\n\nxong",
    ],
)
def test_what_is_unclear_does_nothing(text: str) -> None:
    assert isinstance(wish(text, TODAY), Unclear)


def test_who_writes_below_the_quotation_is_heard() -> None:
    assert wish(QUOTED + "\nnhận\n-- \nxong\n", TODAY) == Wish(Verb.TAKE)


def test_a_broken_line_of_the_quotation_is_not_the_writers() -> None:
    text = "Vào 25/11/2026 08:00, Văn thư đã viết:\n> Trích yếu: về việc\nxong\n> hết\n"
    assert isinstance(wish(text, TODAY), Unclear)
    assert isinstance(wish(text + "xong\n", TODAY), Unclear)


def test_html_is_read_to_its_first_quotation() -> None:
    source = (
        "<html><head><style>xong {}</style></head><body><div>nh&#7853;n</div><br>"
        "<blockquote><p>xong</p></blockquote></body></html>"
    )
    assert wish(shown(source), TODAY) == Wish(Verb.TAKE)
    outlook = "<p>xong</p><div><b>T&#7915;:</b> An</div><p>nhận</p>"
    assert wish(shown(outlook), TODAY) == Wish(Verb.DONE)


@pytest.mark.parametrize(
    "source",
    ["nhận <b>7KQ4MX</b>", "nhận&nbsp;<b>7KQ4MX</b>", "nhận<b> 7KQ4MX</b>", "nhận\n<i>7KQ4MX</i>"],
)
def test_words_of_html_stay_apart_across_its_tags(source: str) -> None:
    assert shown(f"<p>{source}</p>").split() == ["nhận", "7KQ4MX"]


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    assert isinstance(wish(text, TODAY), Wish | Unclear)
    assert isinstance(wish(shown(text), TODAY), Wish | Unclear)


@given(st.text(alphabet="nhậxong>:\n -Từ", max_size=60))
def test_what_is_quoted_never_acts(text: str) -> None:
    quoted = "\n".join(f"> {line}" for line in text.splitlines())
    assert isinstance(wish(f"{quoted}\n", TODAY), Unclear)
    assert wish(f"nhận\n{quoted}\n", TODAY) == Wish(Verb.TAKE)


@given(st.dates(TODAY, date(2027, 5, 1)))
def test_a_day_without_a_year_is_the_next_one(day: date) -> None:
    assert wish(f"chuyển A hạn {day.day}/{day.month}", TODAY) == Wish(Verb.FORWARD, "A", day)


LONG = "trả lại: văn bản không thuộc thẩm quyền giải quyết của cơ quan chúng tôi, đề nghị gửi lại"


@pytest.mark.parametrize(
    "below",
    [
        "Anh Bình xem giúp, đừng để họ biết ta chưa đọc\nAn",
        "Nguyễn Văn An\nPhòng Tổng hợp",
        "nhờ anh Bình xem giúp",
        "- Anh Bình xem giúp",
        "chuyển Phòng Tổng hợp xem trước nhé",
    ],
)
def test_what_stands_below_a_reason_never_leaves_with_it(below: str) -> None:
    assert isinstance(wish(f"{LONG}\n{below}", TODAY), Unclear)
    assert isinstance(wish(f"{LONG[:72]}\n{below}", TODAY), Unclear)
    assert isinstance(wish(f"trả lại: sai thẩm quyền,\n{below}", TODAY), Unclear)
    for reason in ("trả lại: gửi nhầm", LONG, LONG[:72].strip()):
        told = Wish(Verb.RETURN, reason.removeprefix("trả lại: "))
        assert wish(f"{reason}\n\n{below}", TODAY) == told
        assert wish(f"{reason}\n \xa0\n{below}", TODAY) == told
    assert wish(f"trả lại: gửi nhầm\n{below}", TODAY) == Wish(Verb.RETURN, "gửi nhầm")


def test_who_writes_an_unsure_reason_is_told_how_to_write_it() -> None:
    said = wish(f"{LONG}\nAn", TODAY)
    assert isinstance(said, Unclear)
    assert "trong một dòng, để trống một dòng" in said.why


def test_a_deadline_that_a_program_broke_off_is_read_and_a_name_below_is_not() -> None:
    unit = "Phòng Tổng hợp và Phòng Công nghệ thông tin cùng phối hợp xử lý"
    made = Wish(Verb.FORWARD, unit, date(2026, 11, 30))
    assert wish(f"chuyển {unit} hạn\n30/11\nNguyễn Văn An", TODAY) == made
    assert wish(f"chuyển {unit} hạn 30/11\nNguyễn Văn An", TODAY) == made
