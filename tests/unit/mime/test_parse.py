"""Any octets become a message or a refusal; nothing in a message is believed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.mime.parse import last_received, parse
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.limits import Limits
from mailbridge.model.problem import Problem

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


MULTI = b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n'


@pytest.mark.parametrize(
    ("octets", "problem"),
    [
        (b"From: a@x, b@x\r\n\r\n", "several-from"),
        (b"From: boss@x.vn: a@x;\r\n\r\n", "group-from"),
        (b"From: =?utf-8?q?boss=40x.vn?=\r\n\r\n", "encoded-address"),
        (b"From: a@x\r\nSubject: a\r\nSubject: b\r\n\r\n", "two-subject"),
        (b"From: a@x\r\nDate: a\r\nDate: b\r\n\r\n", "two-date"),
        (b"From: a@x\r\nResent-From: b@x\r\n\r\n", "resent"),
        (b"From: a@x\r\n\r\n", "empty-body"),
        (b"From: a@x\r\nSubject: =?utf-8?q?a\r\n\r\n", "bad-encoded-word"),
        (b"From: a@x\r\nContent-Type: a/b; name=a.pdf; name=b.pdf\r\n\r\n", "duplicate-parameter"),
        (b"From: a@x\r\nContent-Transfer-Encoding: base64\r\n" + MULTI, "encoded-multipart"),
        (b"From: a@x\r\n" + MULTI + b"no line of it", "no-boundary-line"),
        (
            b"From: a@x\r\nContent-Type: a/b; name=a\r\nContent-Disposition: x; filename=b\r\n\r\n",
            "names-differ",
        ),
    ],
)
def test_an_oddity_that_programs_read_differently_is_named(octets: bytes, problem: str) -> None:
    assert problem in parse(octets, Limits()).problems


def test_a_multipart_without_parts_shows_its_body() -> None:
    octets = HEAD + MULTI + b"Kinh gui"
    (child,) = parse(octets, Limits()).root.children
    assert (child.type, octets[child.body : child.end]) == ("text/plain", b"Kinh gui")


def test_a_part_of_a_digest_is_a_mail() -> None:
    octets = (
        HEAD + b"Content-Type: multipart/digest; boundary=x\r\n\r\n"
        b"--x\r\n\r\nSubject: inner\r\n\r\nbody\r\n--x--\r\n"
    )
    (mail,) = parse(octets, Limits()).root.children
    assert mail.type == "message/rfc822"
    (text,) = mail.children
    assert octets[text.body : text.end] == b"body"


def test_line_ends_of_old_macintosh_programs_are_read() -> None:
    octets = HEAD.replace(b"\r\n", b"\r") + MULTI.replace(b"\r\n", b"\r")
    octets += b"--x\rContent-Type: text/html\r\rone\r--x--\r"
    message = parse(octets, Limits())
    (child,) = message.root.children
    assert (message.subject, child.type) == ("s", "text/html")
    assert octets[child.body : child.end] == b"one"


@pytest.mark.parametrize("written", ["8-bit", "Base64; x", '"quoted-printable"', "BASE-64"])
def test_an_encoding_is_named_in_one_word(written: str) -> None:
    octets = HEAD + f"Content-Transfer-Encoding: {written}\r\n\r\n".encode()
    assert parse(octets, Limits()).root.encoding in {"8bit", "base64", "quoted-printable"}


def test_a_location_names_a_part_that_has_no_name() -> None:
    octets = HEAD + b"Content-Type: image/png\r\nContent-Location: http://x.vn/a/logo.png?1\r\n\r\n"
    assert parse(octets, Limits()).root.name == "logo.png"


FRAGMENTS = [
    *(b"From: ", b"Subject: ", b"Content-Type: multipart/mixed; boundary=", b"x", b'"', b"--x"),
    *(b"--x--", b"\r\n", b"\n", b"\r", b" ", b"\0", b"=?utf-8?b?", b"?=", b"a@b", b"<", b">"),
    *(b"Content-Type: message/rfc822", b"Content-Type: text", b"(", b";", b"\xff", b"From x y"),
    b"Content-Transfer-Encoding: base64",
]


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=60))
def test_any_fragments_are_a_message_or_refused_and_every_range_lies_within(
    fragments: list[bytes],
) -> None:
    octets = b"From: a@x\r\n" + b"".join(fragments)
    try:
        message = parse(octets, Limits())
    except RefusedError:
        return
    for part in message.parts():
        assert 0 <= part.start <= part.body <= part.end <= len(octets)
        for child in part.children:
            assert part.body <= child.start <= child.end <= part.end


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


@pytest.mark.parametrize(("inner", "noted"), [(b"b", True), (b"c", False)])
def test_a_boundary_within_a_part_of_the_same_boundary_is_noted(inner: bytes, noted: bool) -> None:
    octets = (
        HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
        b"Content-Type: multipart/mixed; boundary=" + inner + b"\r\n\r\n"
        b"--" + inner + b"\r\n\r\none\r\n--" + inner + b"--\r\n\r\n--b--\r\n"
    )
    problems = parse(octets, Limits()).problems
    assert (Problem.REPEATED_BOUNDARY in problems) is noted
