"""What an HTML text shows, hides and does."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.provenance.html_view import look


@pytest.mark.parametrize(
    "page",
    [
        '<p style="display:none">{}</p>',
        "<span hidden>{}</span>",
        '<div style="font-size: 0px">{}</div>',
        '<div style="opacity:0.0;">{}</div>',
        "<style>.x, p.y {{ DISPLAY : none }}</style><b class='a x'><i>{}</i></b>",
        '<div style="visibility:hidden"><p>{}</p></div>',
        '<div style="color:#fff;background-color:#fff">{}</div>',
        '<div style="max-height:0;overflow:hidden">{}</div>',
        '<div style="text-indent:-9999px">{}</div>',
    ],
)
def test_text_that_is_hidden_is_told(page: str) -> None:
    view = look("<p>một</p>" + page.format("hai mươi chữ bị giấu ở đây") + "<p>ba</p>")
    assert view.hidden == "hai mươi chữ bị giấu ở đây"
    assert view.lines == ["một", "ba"]


def test_what_is_shown_is_told_line_by_line() -> None:
    view = look("<title>x</title><p>K&iacute;nh <b>gửi</b><br>hai<!-- ba --><img alt='bốn'></p>")
    assert view.lines == ["Kính gửi", "hai", "bốn"]
    assert (view.hidden, view.overlays, view.active, view.remote) == ("", False, False, False)


@pytest.mark.parametrize(
    ("page", "field"),
    [
        ('<div style="position: absolute">x</div>', "overlays"),
        ('<div style="margin-top:-40px">x</div>', "overlays"),
        ("<style>p { position:fixed }</style>", "overlays"),
        ("<script>x</script>", "active"),
        ("<form><input></form>", "active"),
        ("<iframe></iframe>", "active"),
        ("<img src='http://x.vn/a.png'>", "remote"),
        ("<td background=//x.vn/a.png>", "remote"),
        ("<style>p { background: url(https://x.vn/a) }</style>", "remote"),
    ],
)
def test_a_trick_is_told(page: str, field: str) -> None:
    view = look(page)
    assert {name for name in ("overlays", "active", "remote") if getattr(view, name)} == {field}


def test_a_link_and_an_embedded_picture_are_no_remote_content() -> None:
    assert not look("<a href='https://x.vn'>x</a><img src='cid:1'>").remote


@given(st.text(st.sampled_from("<>/a b='\"-!:;{}.stylepndo"), max_size=200))
def test_any_source_is_read(source: str) -> None:
    assert all(line == " ".join(line.split()) for line in look(source).lines)


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<!--",
        "<a ",
        "<p>",
        "</p>",
        "<style>",
        "{",
        "}",
        'alt="',
        "<a style='",
        "opacity:0",
        "&",
    ],
)
def test_time_is_linear(piece: str) -> None:
    started = time.process_time()
    look(piece * (1_000_000 // len(piece)))
    look("<style>" + piece * (1_000_000 // len(piece)))
    assert time.process_time() - started < 8
