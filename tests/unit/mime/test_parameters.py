"""Content-Type and Content-Disposition, as standards and programs write them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.mime.parameters import content_type, disposition
from mailbridge.model.problem import Problem


@pytest.mark.parametrize(
    ("written", "word", "name", "value"),
    [
        (b"text/plain; charset=utf-8", "text/plain", "charset", "utf-8"),
        (b'multipart/mixed\tboundary="b"', "multipart/mixed", "boundary", "b"),
        (b"text/html, charset=x", "text/html", "charset", "x"),
        (b"TEXT / Plain ; CharSet = x", "text/plain", "charset", "x"),
        (b"text", "text/plain", "charset", None),
        (b"image; name=a.png", "", "name", "a.png"),
        (b"; charset=x", "", "charset", "x"),
        (b"multipart/mixed; boundary='a=b'", "multipart/mixed", "boundary", "'a=b'"),
        (b'text/plain; charset="utf-8', "text/plain", "charset", "utf-8"),
        (b"image/png; name=a b.png charset=x", "image/png", "name", "a b.png"),
        (b"a/b; name==?utf-8?B?VsSDbi5wZGY=?=", "a/b", "name", "Văn.pdf"),
        ("a/b; name=Văn bản.pdf".encode(), "a/b", "name", "Văn bản.pdf"),
        ("a/b; name=été.pdf".encode("latin-1"), "a/b", "name", "été.pdf"),
    ],
)
def test_a_type_is_read(written: bytes, word: str, name: str, value: str | None) -> None:
    field = content_type(written)
    assert (field.word, field.get(name)) == (word, value)


@pytest.mark.parametrize(
    ("written", "word", "name"),
    [
        (b"; filename=x.png", "", "x.png"),
        (b"filename=x.png", "", "x.png"),
        (b"attachment filename=x.png", "attachment", "x.png"),
        (b"attachment; filename*1*=%20b.pdf; filename*0*=utf-8''a", "attachment", "a b.pdf"),
        (b"inline; filename*=utf-8'vi'V%C4%83n.pdf; filename=Van.pdf", "inline", "Văn.pdf"),
        (b"inline; filename*0==?utf-8?q?V=C4=83n?=; filename*1=.pdf", "inline", "Văn.pdf"),
    ],
)
def test_a_file_name_is_read(written: bytes, word: str, name: str) -> None:
    field = disposition(written)
    assert (field.word, field.get("filename")) == (word, name)


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        (b"a/b; name=x.pdf; name=y.exe", Problem.DUPLICATE_PARAMETER),
        (b"a/b; name=x.pdf; name*=utf-8''y.exe", Problem.DUPLICATE_PARAMETER),
        (b"multipart/mixed; boundary=a; boundary=b", Problem.DUPLICATE_PARAMETER),
        (b"text", Problem.BAD_CONTENT_TYPE),
        (b"text/plain charset=x", Problem.BAD_CONTENT_TYPE),
    ],
)
def test_what_programs_read_differently_is_named(written: bytes, problem: Problem) -> None:
    assert problem in content_type(written).problems


def test_an_ascii_shadow_of_a_name_is_no_conflict() -> None:
    assert content_type(b"a/b; name=Van.pdf; name*=utf-8''V%C4%83n.pdf").problems == ()


@given(st.binary(max_size=300))
def test_any_octets_are_read(octets: bytes) -> None:
    for field in (content_type(octets), disposition(octets)):
        for _, value in field.parameters:
            assert isinstance(value, str)


@pytest.mark.parametrize("octets", [b"; a", b"a ", b" ", b'\\"', b'a="', b"x", b"=?a?q?", b"%41"])
@pytest.mark.parametrize("before", [b"a/b; x=", b'a/b; x="', b"a/b; x*=", b""])
def test_time_is_linear(before: bytes, octets: bytes) -> None:
    started = time.process_time()
    content_type(before + octets * (250_000 // len(octets)))
    assert time.process_time() - started < 1
