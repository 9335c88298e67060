from asn1crypto import cms

from mailbridge.letters.keys import load
from mailbridge.letters.signing import sign
from tests.unit.letters.keyring import PASSPHRASE, Keyring


def test_signature_is_detached_sha256_with_signed_attributes(keyring: Keyring) -> None:
    octets = sign(b"Subject: a\r\n\r\nb\r\n", load(keyring.p12, lambda: PASSPHRASE))
    signed = cms.ContentInfo.load(octets)["content"]
    signer = signed["signer_infos"][0]
    assert signed["encap_content_info"]["content"].native is None
    assert signer["digest_algorithm"]["algorithm"].native == "sha256"
    # Without them the signature could be shown over another content.
    assert {one["type"].native for one in signer["signed_attrs"]} >= {"message_digest"}
    assert len(signed["certificates"]) == 2
