"""Address fields: one mailbox is one, and what programs read differently is never one."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.mime.addresses import read
from mailbridge.model.problem import Problem


@pytest.mark.parametrize(
    ("written", "spec", "name"),
    [
        ("A <a@x.vn>", "a@x.vn", "A"),
        ("A@X.vn", "a@x.vn", ""),
        ("a@x.vn <a@x.vn>", "a@x.vn", "a@x.vn"),
        ('"Phòng, A" <a@x.vn>', "a@x.vn", "Phòng, A"),
        ('"a\\"b" <a@x.vn>', "a@x.vn", 'a"b'),
        ("a@x.vn (Phòng (A) b)", "a@x.vn", "Phòng (A) b"),
        ("<@r.vn,@s.vn:a@x.vn>", "a@x.vn", ""),
        ("a @ x . vn", "a@x.vn", ""),
        ('"a.b"@x.vn', "a.b@x.vn", ""),
        ('"a b"@x.vn', '"a b"@x.vn', ""),
        ('<"a>b"@x.vn>', '"a>b"@x.vn', ""),
        ("a(x)@x.vn", "a@x.vn", "x"),
        ("=?utf-8?q?V=C4=83n, A?= <a@x.vn>", "a@x.vn", "Văn, A"),
        ('"=?utf-8?q?V=C4=83n?= A" <a@x.vn>', "a@x.vn", "Văn A"),
        ("Tên a@x.vn", "a@x.vn", "Tên"),
        ("<a@x.vn", "a@x.vn", ""),
        ("<<a@x.vn>>", "a@x.vn", ""),
        ('"Tên <a@x.vn>', "a@x.vn", "Tên"),
        ("a@[IPv6:2001::1]", "a@[ipv6:2001::1]", ""),
        ("MAILER-DAEMON", "mailer-daemon", ""),
    ],
)
def test_one_mailbox_is_one(written: str, spec: str, name: str) -> None:
    found, _ = read((written.encode(),))
    assert [(one.spec, one.name) for one in found] == [(spec, name)]


@pytest.mark.parametrize(
    "written",
    [
        "a@x.vn, b@y.vn",
        "a@x.vn; b@y.vn",
        "a@x.vn b@y.vn",
        "A <a@x.vn> <b@y.vn>",
        "a@x.vn:b@y.vn;",
        '"A" <a@x.vn>, =?utf-8?q?B?= <b@y.vn>',
        "Nhóm: a@x.vn, b@y.vn;",
    ],
)
def test_two_addresses_are_never_one(written: str) -> None:
    assert [one.spec for one in read((written.encode(),))[0]] == ["a@x.vn", "b@y.vn"]


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        (b"=?utf-8?q?boss=40x.vn?=", Problem.ENCODED_ADDRESS),
        (b"=?utf-8?b?Ym9zc0B4LnZu?=@evil.vn", Problem.ENCODED_ADDRESS),
        (b"<=?utf-8?q?boss=40x.vn?=>", Problem.ENCODED_ADDRESS),
        (b"boss@x.vn\0@evil.vn", Problem.BAD_ADDRESS),
        (b"boss@x.vn\0", Problem.BAD_ADDRESS),
        (b"<boss @x.vn b@evil.vn>", Problem.BAD_ADDRESS),
        (b"A: boss@x.vn;", Problem.GROUP_FROM),
        (b"undisclosed-recipients:;", Problem.GROUP_FROM),
        (b"nobody at all", Problem.BAD_ADDRESS),
    ],
)
def test_a_trick_is_named_and_never_gives_the_address(written: bytes, problem: Problem) -> None:
    found, problems = read((written,))
    assert problem in problems
    assert problem is Problem.GROUP_FROM or "boss@x.vn" not in {one.spec for one in found}


def test_the_kelvin_sign_is_no_k() -> None:
    (found,), _ = read(("a@\u212ahoa.vn".encode(),))
    assert found.spec == "a@\u212ahoa.vn"


@given(st.text(st.sampled_from('ab@.<>()"\\,;:[] \x00\x01=?qể'), max_size=60))
def test_any_field_is_read(written: str) -> None:
    for one in read((written.encode(),))[0]:
        one.spec.encode()
        assert "\0" not in one.spec


@pytest.mark.parametrize(
    "piece",
    ['"', "(", "<", "(a", '<"', '<"\\', "=?a?q?", " ", ":", "@", "a@", "<a>", "a .", "a@b,"],
)
def test_time_is_linear(piece: str) -> None:
    started = time.process_time()
    read((piece.encode() * (250_000 // len(piece)),) * 4)
    assert time.process_time() - started < 2
