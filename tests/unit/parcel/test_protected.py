"""Fields inside a seal or lock count where they are marked, and only in the place of the mail."""

import pytest

from mailbridge.demo import seals
from mailbridge.mime.parse import parse
from mailbridge.model.limits import Limits
from mailbridge.parcel.protected import fields_of, mic_of
from tests.unit.parcel.locked import NOW, entity, envelope, folder, holder, mail, means, multipart

US = holder("us")
HIDDEN = b"Subject: Hidden\r\nFrom: a@x.vn\r\n"
OUTER = b"From: a@x.vn\r\nSubject: ...\r\n"


def plain(mark: bytes) -> bytes:
    return b"Content-Type: text/plain" + mark + b"\r\n" + HIDDEN + b"\r\nchao\r\n"


def hidden(part: bytes) -> dict[str, str]:
    return dict(mail(part, means(folder(US)), OUTER).protected)


@pytest.mark.parametrize("mark", [b'; hp="cipher"', b'; hp="clear"', b'; protected-headers="v1"'])
@pytest.mark.parametrize("sealed", [True, False])
def test_marked_fields_behind_a_lock_are_kept(mark: bytes, sealed: bool) -> None:
    inner = seals.sign_mail(plain(mark), US, NOW, opaque=True) if sealed else plain(mark)
    assert hidden(entity(envelope(inner, US)))["subject"] == "Hidden"


def test_unmarked_fields_are_those_of_a_part() -> None:
    assert hidden(entity(envelope(plain(b""), US))) == {}


def test_a_lock_on_a_part_hides_no_subject_of_the_mail() -> None:
    note = b"Content-Type: text/plain\r\n\r\nlist footer\r\n"
    locked = entity(envelope(plain(b'; hp="cipher"'), US))
    assert hidden(multipart(locked, note)) == {}


def test_a_mail_within_a_locked_one_does_not_name_it() -> None:
    inner = b"Content-Type: message/rfc822\r\n\r\n" + plain(b'; hp="clear"')
    note = b"Content-Type: text/plain\r\n\r\nxem thu kem theo\r\n"
    assert hidden(entity(envelope(multipart(note, inner), US))) == {}


def test_a_clear_mail_has_no_hidden_fields() -> None:
    assert hidden(seals.sign_mail(plain(b'; hp="clear"'), US, NOW)) == {}


@pytest.mark.parametrize(("mark", "found"), [(b"; forwarded=no", ["subject", "from"]), (b"", [])])
def test_a_wrapped_mail_counts_where_it_says_that_it_is_not_forwarded(
    mark: bytes, found: list[str]
) -> None:
    octets = b"Content-Type: message/rfc822" + mark + b"\r\n\r\n" + plain(b"")
    root = parse(octets, Limits()).root
    assert [name for name, _ in fields_of(octets, root, Limits())] == found


def test_the_mic_is_over_the_range_alone() -> None:
    assert mic_of(b"xabcx", 1, 4) == mic_of(b"abc")
