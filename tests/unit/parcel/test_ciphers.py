"""Ciphers open what their tag and padding allow, and nothing else."""

import pytest
from asn1crypto import algos
from cryptography.hazmat.primitives.ciphers.aead import AESCCM

from mailbridge.parcel.ciphers import FAILED, Locked

KEY = bytes(range(16))


def ccm(tag: int) -> Locked:
    made = AESCCM(KEY, tag_length=tag).encrypt(bytes(12), b"noi dung", b"ben")
    parameters = {"aes_nonce": bytes(12), "aes_icvlen": tag}
    algorithm = algos.EncryptionAlgorithm({"algorithm": "aes128_ccm", "parameters": parameters})
    return Locked(algorithm, made[:-tag], made[-tag:], b"ben")


def test_ccm_is_opened() -> None:
    assert ccm(16).open(KEY) == b"noi dung"


def test_a_tag_that_can_be_guessed_is_no_tag() -> None:
    with pytest.raises(FAILED):
        ccm(4).open(KEY)


def test_cbc_beside_a_tag_is_not_taken_for_authenticated() -> None:
    algorithm = algos.EncryptionAlgorithm({"algorithm": "aes128_cbc", "parameters": bytes(16)})
    with pytest.raises(FAILED):
        Locked(algorithm, bytes(16), b"tag").open(KEY)


def test_a_cipher_that_is_not_known_has_no_key() -> None:
    algorithm = algos.EncryptionAlgorithm({"algorithm": "rc4"})
    assert Locked(algorithm, b"").key_size is None
