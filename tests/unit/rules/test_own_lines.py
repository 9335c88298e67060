"""Which lines a person wrote himself, and where a line of his surely ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.model.parcel import Flow, Text
from mailbridge.rules.own_lines import Line, Words, own_lines, words_of

REASON = "trả lại: văn bản không thuộc thẩm quyền giải quyết của cơ quan tôi,"
MORE = "đề nghị gửi Sở Nội vụ"
PLAIN = Text("1.1", "text/plain", f"{REASON}\n{MORE}\n\nAn\n")


def html(source: str) -> Text:
    return Text("1.2", "text/html", source)


def first(*texts: Text) -> Line:
    return own_lines(words_of(texts))[0]


def test_a_plain_text_does_not_tell_who_broke_a_long_line() -> None:
    line = first(PLAIN)
    assert line == Line(REASON, (MORE,))
    assert line.is_open
    assert list(line.longer()) == [f"{REASON} {MORE}"]
    assert not Line("trả lại: gửi nhầm", ("Trân trọng",)).is_open
    assert not Line(REASON).is_open


def test_html_beside_it_tells_where_the_line_ends() -> None:
    assert first(PLAIN, html(f"<div>{REASON}\n{MORE}</div><p>An</p>")).said == f"{REASON} {MORE}"
    assert first(PLAIN, html(f"<div>{REASON}</div><div>{MORE}</div>")) == Line(REASON)
    assert not first(PLAIN, html(f"{REASON} {MORE}")).is_open


@pytest.mark.parametrize(
    "source",
    [
        "",
        "<p>khác</p>",
        f"<pre>{REASON} {MORE}</pre>",
        f"<div style='white-space: pre-wrap'>{REASON} {MORE}</div>",
        f"<p>{REASON}</p><p>{REASON} {MORE}</p>",
        f"<blockquote>{REASON} {MORE}</blockquote>",
    ],
)
def test_html_that_does_not_show_the_line_leaves_it_open(source: str) -> None:
    assert first(PLAIN, html(source)).is_open


def test_lines_of_html_are_those_of_the_writer() -> None:
    assert first(html(f"{REASON}<br>{MORE}")) == Line(REASON)
    for kept in ("<pre>", "<p style='white-space:pre'>"):
        assert first(html(f"{kept}{REASON}\n{MORE}")) == Line(REASON, (MORE,))


@pytest.mark.parametrize(("flow", "gap"), [(Flow.FLOWED, " "), (Flow.DELSP, "  ")])
def test_a_flowed_text_tells_where_the_line_ends(flow: Flow, gap: str) -> None:
    def flowed(text: str) -> Text:
        return Text("1", "text/plain", text, flow=flow)

    assert first(flowed(f"{REASON}{gap}\n{MORE}\nAn")) == Line(f"{REASON} {MORE}")
    assert first(flowed(f"{REASON}\nAnh Bình")) == Line(REASON)
    assert first(flowed("trả lại: gửi nhầm \nAnh Bình")).is_open
    assert not first(flowed("trả lại: gửi nhầm \n\nAnh Bình")).is_open


def test_a_mail_without_words_has_no_lines() -> None:
    assert own_lines(words_of(())) == []


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_texts_are_read(plain: str, source: str) -> None:
    for line in own_lines(words_of((Text("1", "text/plain", plain), html(source)))):
        assert line.said
        assert all(line.below)


def test_a_long_correspondence_is_read_in_time() -> None:
    many = Words("x\n" * 50_000, beside="x\n" * 50_000)
    assert len(own_lines(many)) == 50_000
