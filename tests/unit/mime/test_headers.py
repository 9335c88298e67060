"""Where a header begins and ends, whatever stands around it."""

import pytest

from mailbridge.mime import headers
from mailbridge.mime.headers import Walk
from mailbridge.model.limits import Limits
from mailbridge.model.problem import Problem


def walked(octets: bytes) -> tuple[Walk, dict[str, str], bytes]:
    walk = Walk(octets, Limits())
    found, body = headers.read(walk, headers.beginning(walk), len(octets))
    return walk, {one.name: one.value for one in found}, octets[body:]


@pytest.mark.parametrize(
    ("before", "problem"),
    [
        (b"From a@x.vn Tue Nov 24 10:00:00 2026\n", Problem.MBOX_LINE),
        (b">From a@x.vn Tue Nov 24 10:00:00 2026\r\n", Problem.MBOX_LINE),
        (b"\r\n \r\n", Problem.LEADING_LINES),
        (b"\xef\xbb\xbf\n", Problem.LEADING_LINES),
        (b"\n\nFrom a@x.vn now\n", Problem.MBOX_LINE),
    ],
)
def test_what_stands_before_a_header_is_passed_over(before: bytes, problem: Problem) -> None:
    walk, found, body = walked(before + b"Subject: s\r\n\r\nbody")
    assert (found, body) == ({"Subject": "s"}, b"body")
    assert problem in walk.problems


@pytest.mark.parametrize("end", [b"\r\n\r\n", b"\n\n", b"\r\n\n", b"\n\r\n", b"\r\r\n\r\r\n"])
def test_line_ends_of_every_kind_end_a_header(end: bytes) -> None:
    assert walked(b"From: a@x.vn" + end + b"body")[1:] == (
        {"From": "a@x.vn"},
        b"body",
    )


def test_a_body_without_an_empty_line_before_it_is_not_lost() -> None:
    walk, found, body = walked(b"Subject: s\r\nKinh gui cac co quan\r\nNoi dung: van ban")
    assert found == {"Subject": "s"}
    assert body.startswith(b"Kinh gui")
    assert Problem.NO_EMPTY_LINE in walk.problems


def test_a_part_without_fields_is_all_body() -> None:
    assert walked(b"Kinh gui cac co quan\r\n\r\nnoi dung")[1:] == (
        {},
        b"Kinh gui cac co quan\r\n\r\nnoi dung",
    )


def test_a_line_that_is_no_field_continues_the_one_before() -> None:
    walk, found, body = walked(b"Subject: one\r\ntwo\r\nDate: d\r\n\r\nbody")
    assert (found["Subject"], found["Date"], body) == ("one two", "d", b"body")
    assert Problem.BROKEN_HEADER_LINE in walk.problems


def test_a_bare_cr_starts_no_field() -> None:
    walk, found, _ = walked(b"Subject: s\rFrom: boss@x.vn\r\n\r\n")
    assert list(found) == ["Subject"]
    assert Problem.BARE_CR in walk.problems
