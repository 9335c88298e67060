"""Locks made by another implementation are opened; those that fail tell nothing of why."""

import pytest

from mailbridge.model.parcel import LockWhy
from tests.unit.parcel.locked import PLAIN, envelope, folder, holder, opened

US, THEM = holder("us"), holder("them")


@pytest.mark.parametrize("form", ["", "-stream", "-keyid"])
@pytest.mark.parametrize(
    "cipher", ["aes-128-cbc", "aes-192-cbc", "aes-256-cbc", "aes-128-gcm", "aes-256-gcm"]
)
def test_a_lock_for_our_key_is_opened(cipher: str, form: str) -> None:
    der = envelope(PLAIN, US, cipher=cipher, options=(form,) if form else ())
    found = opened(der, folder(US))
    assert (found.plain, found.why) == (PLAIN, None)
    assert found.cipher == cipher.replace("-", "", 1).replace("-", "_")


def test_one_of_several_recipients_is_enough() -> None:
    assert opened(envelope(PLAIN, THEM, US), folder(US)).plain == PLAIN


def test_an_old_key_beside_the_new_one_still_opens() -> None:
    assert opened(envelope(PLAIN, THEM), folder(US, THEM)).plain == PLAIN


def test_a_key_without_its_certificate_is_tried() -> None:
    assert opened(envelope(PLAIN, US), folder(US, certificates=False)).plain == PLAIN


def test_a_lock_for_others_stays_closed() -> None:
    assert opened(envelope(PLAIN, THEM), folder(US)).why is LockWhy.NO_KEY


@pytest.mark.parametrize("at", [-1, -20, -40])
def test_a_changed_octet_under_gcm_opens_nothing(at: int) -> None:
    der = bytearray(envelope(PLAIN, US, cipher="aes-256-gcm"))
    der[at] ^= 1
    found = opened(bytes(der), folder(US))
    assert (found.plain, found.why) == (b"", LockWhy.DAMAGED)


def test_triple_des_is_opened_only_where_it_is_allowed() -> None:
    der = envelope(PLAIN, US, cipher="des3")
    assert opened(der, folder(US)).why is LockWhy.WEAK
    assert opened(der, folder(US), allow_3des=True).plain == PLAIN


def test_a_cipher_that_is_not_known_is_named() -> None:
    found = opened(envelope(PLAIN, US, cipher="camellia-256-cbc"), folder(US))
    assert found.why is LockWhy.UNSUPPORTED
    assert found.cipher == "1.2.392.200011.61.1.1.1.4"


@pytest.mark.parametrize("cut", [40, 200, 400])
def test_a_truncated_lock_is_damaged_or_is_none(cut: int) -> None:
    der = envelope(PLAIN, US, options=("-stream",))
    found = opened(der[:-cut] + bytes(cut), folder(US))
    assert found.plain == b""
    assert found.why is not None
