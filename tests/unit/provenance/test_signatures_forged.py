"""Signatures that are odd, and those that somebody bent: each is told for what it is."""

import hashlib
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from asn1crypto import cms, core
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519

from mailbridge.demo import cms as maker
from mailbridge.demo import pki
from mailbridge.demo.cms import Form
from mailbridge.demo.pki import Identity
from mailbridge.model.evidence import Integrity
from mailbridge.provenance.codes import Code
from mailbridge.provenance.signatures import Signature, signatures
from tests.unit.parcel.locked import holder, openssl
from tests.unit.provenance.samples import NOW, keys

CONTENT = b"Content-Type: text/plain\r\n\r\nvan ban\r\n"
RSA, EC = holder("us"), holder("ec", pki.key("lock ec", "ec"))
FORM = Form(NOW)


def sealed(*signers: Identity, options: tuple[str, ...] = ()) -> bytes:
    """Sign by another implementation."""
    made = Path(tempfile.mkdtemp())
    given: list[str] = []
    for number, signer in enumerate(signers):
        path = made / f"{number}.pem"
        path.write_bytes(signer.pem() + signer.key_pem())
        given += ["-signer", str(path), *options]
    arguments = ("cms", "-sign", "-binary", "-nodetach", "-outform", "DER", *given)
    return openssl(*arguments, octets=CONTENT)


def judged(der: bytes) -> list[Signature]:
    return signatures(der, None, ())


def integrities(der: bytes) -> list[Integrity]:
    return [one.integrity for one in judged(der)]


@pytest.mark.parametrize(
    "options",
    [
        *(("-md", name) for name in ("sha224", "sha384", "sha512", "sha3-256", "sha512-256")),
        ("-stream",),
        ("-keyid",),
        ("-stream", "-keyid"),
        ("-cades",),
        *(
            ("-md", md, "-keyopt", "rsa_padding_mode:pss", "-keyopt", f"rsa_pss_saltlen:{salt}")
            for md in ("sha256", "sha512")
            for salt in ("0", "20", "digest", "max")
        ),
        ("-keyopt", "rsa_padding_mode:pss", "-keyopt", "rsa_mgf1_md:sha1"),
    ],
)
def test_every_form_of_rsa_is_verified(options: tuple[str, ...]) -> None:
    assert integrities(sealed(RSA, options=options)) == [Integrity.INTACT]


@pytest.mark.parametrize("curve", [ec.SECP256R1, ec.SECP384R1, ec.SECP521R1])
@pytest.mark.parametrize("name", ["sha256", "sha384", "sha512"])
def test_every_form_of_ecdsa_is_verified(curve: type[ec.EllipticCurve], name: str) -> None:
    signer = holder(curve.__name__, ec.generate_private_key(curve()))
    assert integrities(sealed(signer, options=("-md", name))) == [Integrity.INTACT]


Change = Callable[[cms.SignedData, cms.SignerInfo], object]


def bent(change: Change, der: bytes | None = None) -> bytes:
    info = cms.ContentInfo.load(der or maker.enclosed(CONTENT, keys().seal, FORM))
    change(info["content"], info["content"]["signer_infos"][0])
    written: bytes = info.dump(force=True)
    return written


def _two_digests(data: cms.SignedData, one: cms.SignerInfo) -> None:
    own = next(each for each in one["signed_attrs"] if each["type"].native == "message_digest")
    one["signed_attrs"].append(own.copy())


def _two_values(data: cms.SignedData, one: cms.SignerInfo) -> None:
    own = next(each for each in one["signed_attrs"] if each["type"].native == "message_digest")
    own["values"].append(core.OctetString(bytes(32)))


def _other_type(data: cms.SignedData, one: cms.SignerInfo) -> None:
    data["encap_content_info"]["content_type"] = "1.2.840.113549.1.9.16.1.4"


def _other_digest(data: cms.SignedData, one: cms.SignerInfo) -> None:
    one["signature_algorithm"] = {"algorithm": "sha512_rsa"}


def _no_certificate(data: cms.SignedData, one: cms.SignerInfo) -> None:
    data["certificates"] = []


def _no_attributes(data: cms.SignedData, one: cms.SignerInfo) -> None:
    del one["signed_attrs"]


def _no_signers(data: cms.SignedData, one: cms.SignerInfo) -> None:
    data["signer_infos"] = []


@pytest.mark.parametrize(
    ("change", "integrity"),
    [
        (_two_digests, Integrity.BROKEN),
        (_two_values, Integrity.BROKEN),
        (_other_type, Integrity.BROKEN),
        (_other_digest, Integrity.BROKEN),
        (_no_attributes, Integrity.BROKEN),
        (_no_certificate, Integrity.UNVERIFIABLE),
        (_no_signers, Integrity.UNVERIFIABLE),
    ],
)
def test_a_bent_signature_is_never_intact(change: Change, integrity: Integrity) -> None:
    assert integrities(bent(change)) == [integrity]


def test_one_bad_signer_does_not_hide_the_good_one() -> None:
    def harm(data: cms.SignedData, one: cms.SignerInfo) -> None:
        one["signature"] = bytes(len(one["signature"].native))

    found = integrities(bent(harm, sealed(RSA, EC)))
    assert sorted(found) == [Integrity.BROKEN, Integrity.INTACT]


def test_a_countersignature_is_noted() -> None:
    def sign_again(data: cms.SignedData, one: cms.SignerInfo) -> None:
        again = cms.CMSAttribute({"type": "counter_signature", "values": [one.copy()]})
        one["unsigned_attrs"] = cms.CMSAttributes([again])

    (one,) = judged(bent(sign_again))
    assert one.integrity is Integrity.INTACT
    assert Code.COUNTERSIGNED in dict(one.codes)


def test_signed_attributes_beside_no_content_are_unverifiable() -> None:
    assert integrities(maker.detached(CONTENT, keys().seal, FORM)) == [Integrity.UNVERIFIABLE]


def _edwards(key: ed25519.Ed25519PrivateKey | ed448.Ed448PrivateKey, name: str) -> bytes:
    """Sign as RFC 8419 §3.1 asks, by hand: the makers know no Edwards curves."""
    signer = holder(name, key)
    info = cms.ContentInfo.load(maker.enclosed(CONTENT, EC, FORM))
    data, one = info["content"], info["content"]["signer_infos"][0]
    is_448 = isinstance(key, ed448.Ed448PrivateKey)
    digest = hashlib.shake_256(CONTENT).digest(64) if is_448 else hashlib.sha512(CONTENT).digest()
    own: list[dict[str, object]] = [{"type": "content_type", "values": ["data"]}]
    own.append({"type": "message_digest", "values": [digest]})
    attributes = cms.CMSAttributes(own)
    certificate = cms.CertificateChoices.load(signer.der())
    data["certificates"] = [certificate]
    name_of = certificate.chosen
    one["sid"] = cms.SignerIdentifier(
        {
            "issuer_and_serial_number": {
                "issuer": name_of.issuer,
                "serial_number": name_of.serial_number,
            }
        }
    )
    one["digest_algorithm"] = {"algorithm": "shake256" if is_448 else "sha512"}
    one["signed_attrs"] = attributes
    one["signature_algorithm"] = {"algorithm": "ed448" if is_448 else "ed25519"}
    one["signature"] = key.sign(attributes.dump())
    written: bytes = info.dump(force=True)
    return written


@pytest.mark.parametrize(
    ("key", "name"),
    [
        (ed25519.Ed25519PrivateKey.generate(), "Ed25519"),
        (ed448.Ed448PrivateKey.generate(), "Ed448"),
    ],
)
def test_the_edwards_curves_are_verified(
    key: ed25519.Ed25519PrivateKey | ed448.Ed448PrivateKey, name: str
) -> None:
    der = _edwards(key, name)
    assert integrities(der) == [Integrity.INTACT]
    assert integrities(der.replace(b"van ban", b"van bon")) == [Integrity.BROKEN]


def test_attributes_that_were_signed_unsorted_are_verified_as_they_were_sent() -> None:
    der = maker.enclosed(CONTENT, RSA, FORM)
    one = cms.ContentInfo.load(der)["content"]["signer_infos"][0]
    pieces = [each.dump() for each in one["signed_attrs"]]
    turned = b"".join(reversed(pieces))
    old = one["signed_attrs"].dump()
    signature = maker._raw(b"\x31" + old[1:2] + turned, RSA.key, maker._HASHES["sha256"])
    new = der.replace(old, old[:2] + turned).replace(one["signature"].native, signature)
    assert integrities(new) == [Integrity.INTACT]
