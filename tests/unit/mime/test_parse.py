"""Any octets become a message or a refusal; nothing in a message is believed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.mime.parse import last_received, parse
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.limits import Limits

HEAD = b"From: A <a@x.vn>\r\nTo: b@x.vn\r\nSubject: s\r\nMessage-ID: <1@x.vn>\r\n"


def refusal(octets: bytes) -> Reason:
    with pytest.raises(RefusedError) as caught:
        parse(octets, Limits())
    return caught.value.reason


@given(st.binary(max_size=2000))
def test_any_octets_are_a_message_or_refused(octets: bytes) -> None:
    try:
        message = parse(octets, Limits())
    except RefusedError:
        return
    assert all(0 <= part.start <= part.body <= part.end <= len(octets) for part in message.parts())


@given(
    st.lists(
        st.sampled_from([b"--x", b"--x--", b"\r\n", b"\n", b"a: b", b"--xy", b" "]), max_size=60
    )
)
def test_any_order_of_boundaries_is_a_message_or_refused(pieces: list[bytes]) -> None:
    octets = HEAD + b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n' + b"".join(pieces)
    message = parse(octets, Limits())
    for part in message.parts()[1:]:
        assert message.root.body <= part.start <= part.end <= len(octets)


def test_parts_end_before_the_line_end_of_their_boundary() -> None:
    octets = (
        HEAD
        + b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n'
        + b"--x\r\n\r\none\r\n--x\r\n\r\ntwo\r\n--x--\r\n"
    )
    first, second = parse(octets, Limits()).root.children
    assert octets[first.body : first.end] == b"one"
    assert octets[second.body : second.end] == b"two"
    assert (first.path, second.path) == ("1", "2")


def test_a_boundary_that_begins_with_another_is_another() -> None:
    octets = (
        HEAD + b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\n'
        b'Content-Type: multipart/mixed; boundary="x1"\r\n\r\n'
        b"--x1\r\n\r\ninner\r\n--x1--\r\n--x--\r\n"
    )
    (outer,) = parse(octets, Limits()).root.children
    (inner,) = outer.children
    assert octets[inner.body : inner.end] == b"inner"


def test_lf_only_mails_are_read() -> None:
    message = parse(HEAD.replace(b"\r\n", b"\n") + b"\nbody\n", Limits())
    assert message.subject == "s"


@pytest.mark.parametrize(
    ("octets", "reason"),
    [
        (b"", Reason.MALFORMED),
        (b"\x00\x01\x02 nothing like a mail", Reason.MALFORMED),
        (b"A: " + b"x" * 1_000_000 + b"\r\n\r\n", Reason.TOO_LARGE),
        (b"A: b\r\n" * 3_000 + b"\r\n", Reason.TOO_MANY),
        (
            b'A: b\r\nContent-Type: multipart/mixed; boundary="x"\r\n\r\n'
            + b"--x\r\n\r\na\r\n" * 10_000,
            Reason.TOO_MANY,
        ),
        (b"A: b\r\nContent-Type: message/rfc822\r\n\r\n" * 1_000, Reason.TOO_DEEP),
    ],
    ids=["empty", "binary", "header-bomb", "header-lines", "10000-parts", "nested-mails"],
)
def test_an_attack_on_the_parser_is_refused_with_its_reason(octets: bytes, reason: Reason) -> None:
    assert refusal(octets) is reason


@pytest.mark.parametrize(
    ("octets", "problem"),
    [
        (b"From: a@x\r\nFrom: b@x\r\n\r\n", "two-from"),
        (b"Subject: s\r\n\r\n", "no-from"),
        (b"From: a@x\r\n\r\n", "no-message-id"),
        (b"From: a@x\r\nDate: gestern\r\n\r\n", "bad-date"),
        (b"From: a@x\r\nContent-Type: multipart/mixed\r\n\r\n", "missing-boundary"),
        (
            b'From: a@x\r\nContent-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\n\r\n',
            "unterminated-multipart",
        ),
        ("From: a@x\r\nSubject: Kính gửi\r\n\r\n".encode(), "8bit-header"),
        (b"From: a@x\r\nContent-Type: a/b\r\nContent-Type: c/d\r\n\r\n", "duplicate-content-type"),
        (b"From: a@x\r\nSubject: a\x00b\r\n\r\n", "nul"),
    ],
)
def test_an_oddity_is_named(octets: bytes, problem: str) -> None:
    assert problem in parse(octets, Limits()).problems


def test_addresses_are_lower_case_and_names_decoded() -> None:
    octets = b"From: =?utf-8?b?VsSDbiBwaMOybmc=?= <VanPhong@HungYen.gov.vn>\r\n\r\n"
    (sender,) = parse(octets, Limits()).from_
    assert (sender.spec, sender.name) == ("vanphong@hungyen.gov.vn", "Văn phòng")


def test_the_topmost_received_tells_when_a_copy_came() -> None:
    octets = (
        b"Received: by b; Tue, 24 Nov 2026 10:00:00 +0700\r\n"
        b"Received: by a; Mon, 23 Nov 2026 10:00:00 +0700\r\n" + HEAD + b"\r\n"
    )
    moment = last_received(parse(octets, Limits()))
    assert moment is not None
    assert moment.isoformat() == "2026-11-24T10:00:00+07:00"
