"""What is outside a seal is said, and so is what a lock does not promise."""

import pytest

from mailbridge.demo import seals
from mailbridge.demo.agencies import SENDER
from mailbridge.mime.parse import parse
from mailbridge.model.evidence import Evidence
from mailbridge.model.limits import Limits
from mailbridge.parcel.unwrap import unwrap
from mailbridge.provenance.establish import Question, establish
from tests.unit.parcel.locked import (
    PLAIN,
    entity,
    envelope,
    folder,
    holder,
    means,
    multipart,
)
from tests.unit.provenance.samples import NOW, codes, fresh_trust, keys

US = holder("us")
HEAD = f"From: {SENDER.mailbox}\r\nDate: Tue, 24 Nov 2026 09:00:00 +0000\r\n".encode()
NOTE = b"Content-Type: text/plain\r\n\r\nlist footer\r\n"


def evidence(part: bytes, head: bytes = HEAD) -> Evidence:
    """Judge a mail that nobody enrolled: addresses of certificates bind."""
    octets = head + b"MIME-Version: 1.0\r\n" + part
    given = means(folder(US), allow_3des=True)
    given.source.write_bytes(octets)
    message = parse(octets, Limits())
    parcel = unwrap(given, octets, message)
    return establish(Question(parcel, given.scratch, message, fresh_trust(), None, NOW))


def signed(plain: bytes = PLAIN, *, opaque: bool = False) -> bytes:
    return seals.sign_mail(plain, keys().mailbox, NOW, opaque=opaque)


def locked(plain: bytes, cipher: str = "aes-256-cbc") -> bytes:
    return entity(envelope(plain, US, cipher=cipher))


def test_a_mail_signed_by_its_sender_is_vouched_for() -> None:
    assert evidence(signed()).vouched == (SENDER.mailbox,)


@pytest.mark.parametrize("opaque", [True, False])
def test_a_mail_signed_and_then_locked_is_vouched_for(opaque: bool) -> None:
    found = evidence(locked(signed(opaque=opaque)))
    assert found.vouched == (SENDER.mailbox,)
    assert not codes(found) & {"lock-malleable", "text-unsigned"}


def test_a_mail_locked_without_a_seal_may_have_been_changed() -> None:
    found = evidence(locked(PLAIN))
    assert (found.vouched, "lock-malleable" in codes(found)) == ((), True)


def test_a_lock_that_authenticates_is_not_malleable() -> None:
    assert "lock-malleable" not in codes(evidence(locked(PLAIN, "aes-256-gcm")))


def test_a_weak_cipher_is_warned_of() -> None:
    assert "lock-weak" in codes(evidence(locked(PLAIN, "des3")))


def test_a_stolen_lock_in_a_signed_mail_is_not_the_signers() -> None:
    # The attacker signs somebody's ciphertext and sends it on under his own name.
    found = evidence(signed(locked(PLAIN)))
    assert (found.vouched, "seal-outside" in codes(found)) == ((), True)


def test_signed_locked_and_signed_again_is_vouched_for_by_the_inner_seal() -> None:
    found = evidence(signed(locked(signed(opaque=True)), opaque=True))
    assert found.vouched == (SENDER.mailbox,)
    assert "seal-part" not in codes(found)


@pytest.mark.parametrize(
    "part",
    [
        multipart(signed(), NOTE),
        multipart(NOTE, signed()),
        multipart(signed(opaque=True), NOTE),
        signed() + b"\r\nChuyen tien vao tai khoan moi\r\n",
        multipart(signed(), after=b"Chuyen tien vao tai khoan moi\r\n"),
    ],
)
def test_words_beside_a_seal_are_never_vouched_for(part: bytes) -> None:
    found = evidence(part)
    assert found.vouched == ()
    assert "seal-part" in codes(found)


def test_a_third_part_in_the_frame_of_a_signature_is_told_unsigned() -> None:
    octets = signed()
    line = octets[octets.index(b"\r\n\r\n") + 4 :].split(b"\r\n")[0]
    added = octets.replace(line + b"--\r\n", line + b"\r\n" + NOTE + line + b"--\r\n")
    found = evidence(added)
    assert (found.vouched, "text-unsigned" in codes(found)) == ((), True)


def test_white_space_after_a_mail_changes_nothing() -> None:
    assert evidence(signed() + b"\r\n \r\n").vouched == (SENDER.mailbox,)


def test_a_seal_of_another_than_the_sender_vouches_for_nobody() -> None:
    found = evidence(signed(), b"From: x@evil.example\r\n")
    assert (found.vouched, "contradicting-senders" in codes(found)) == ((), True)


@pytest.mark.parametrize("mark", [b'; hp="cipher"', b""])
@pytest.mark.parametrize(
    ("field", "differs"), [(b"Subject: Hidden", False), (b"From: x@evil.example", True)]
)
def test_a_hidden_subject_is_no_contradiction_and_a_hidden_sender_is(
    mark: bytes, field: bytes, differs: bool
) -> None:
    inner = b"Content-Type: text/plain" + mark + b"\r\n" + field + b"\r\n\r\nchao\r\n"
    found = evidence(locked(signed(inner)), HEAD + b"Subject: ...\r\n")
    # Fields without a mark are shown to nobody: what differs from what is shown contradicts.
    assert ("protected-differs" in codes(found)) is (differs or not mark)


def test_two_signed_parts_are_two_seals_on_parts() -> None:
    found = evidence(multipart(signed(), signed(NOTE)))
    assert (found.vouched, len(found.seals)) == ((), 2)
