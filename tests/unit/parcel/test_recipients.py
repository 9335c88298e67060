"""What a key gives for a damaged lock is told from nothing else (RFC 3218)."""

import itertools

import pytest
from asn1crypto import cms as asn1_cms

from mailbridge.model.parcel import LockWhy
from mailbridge.parcel import cms, recipients
from mailbridge.parcel.keyring import Keyring
from mailbridge.parcel.private_keys import private_keys
from tests.unit.parcel.locked import PLAIN, envelope, folder, holder, opened

US = holder("us")
OAEP = ("-keyopt", "rsa_padding_mode:oaep")


@pytest.mark.parametrize(
    ("hashed", "masked"),
    list(itertools.product(["sha1", "sha224", "sha256", "sha384", "sha512"], ["sha1", "sha256"])),
)
def test_oaep_is_opened_with_any_hash_and_mask(hashed: str, masked: str) -> None:
    options = (*OAEP, "-keyopt", f"rsa_oaep_md:{hashed}", "-keyopt", f"rsa_mgf1_md:{masked}")
    assert opened(envelope(PLAIN, US, options=options), folder(US)).plain == PLAIN


def test_oaep_is_opened_with_its_label() -> None:
    options = (*OAEP, "-keyopt", "rsa_oaep_label:0011aabb")
    assert opened(envelope(PLAIN, US, options=options), folder(US)).plain == PLAIN


def _harmed(der: bytes, *, key: bool) -> bytes:
    info = asn1_cms.ContentInfo.load(der)
    data = info["content"]
    place = data["recipient_infos"][0].chosen if key else data["encrypted_content_info"]
    name = "encrypted_key" if key else "encrypted_content"
    octets = bytearray(place[name].native)
    octets[-1] ^= 1
    place[name] = bytes(octets)
    written: bytes = info.dump(force=True)
    return written


@pytest.mark.parametrize("options", [(), OAEP])
def test_a_damaged_key_and_damaged_content_look_the_same(options: tuple[str, ...]) -> None:
    # Under a random key one content in 256 ends in what looks like padding: several are made.
    seen = set()
    for number in range(6):
        der = envelope(PLAIN + bytes([number + 65]), US, options=options)
        seen |= {opened(_harmed(der, key=key), folder(US)).why for key in (True, False)}
    assert seen - {None} == {LockWhy.DAMAGED}


def test_a_key_that_does_not_fit_is_replaced_by_a_random_one() -> None:
    der = _harmed(envelope(PLAIN, US), key=True)
    infos = cms.read(der).info["content"]["recipient_infos"]
    means = recipients.Means(private_keys(Keyring(folder(US))), (), 32)
    first, second = (recipients.content_keys(infos, means).keys[0] for _ in range(2))
    assert len(first) == len(second) == 32


def test_a_recipient_by_number_is_ours_only_under_our_issuer() -> None:
    der = envelope(PLAIN, US)
    info = asn1_cms.ContentInfo.load(der)
    rid = info["content"]["recipient_infos"][0].chosen["rid"].chosen
    rid["serial_number"] = rid["serial_number"].native + 1
    assert opened(info.dump(force=True), folder(US)).why is LockWhy.NO_KEY
