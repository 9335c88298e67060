"""A reply acts by its first own line alone; what is quoted or doubtful says nothing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.rules.replies import Unclear, Verb, Wish, shown, wish

TODAY = date(2026, 11, 25)
QUOTED = "\nVào 25/11/2026 08:00, Văn thư đã viết:\n> Số đến: 431/2026\n> xong\n"


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
