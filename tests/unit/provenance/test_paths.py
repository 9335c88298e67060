"""Why there is a path to a root, or why there is none."""

from datetime import timedelta
from typing import Any

import pytest
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from mailbridge.demo import pki
from mailbridge.provenance import paths
from mailbridge.provenance.codes import Code
from tests.unit.provenance.samples import NOW, fresh_trust, keys, trust

YEAR = timedelta(days=365)


def profile(name: str, **more: Any) -> pki.Profile:
    return pki.Profile(pki.name(name), NOW - YEAR, NOW + YEAR, **more)


def why(who: Any, enclosed: Any = (), store: Any = None) -> Any:
    return paths.paths(who.certificate, tuple(enclosed), store or fresh_trust())


def test_a_path_leads_from_the_signer_to_the_root() -> None:
    (found,) = why(keys().seal)
    assert found == (keys().seal.certificate, keys().sub.certificate, keys().root.certificate)


def test_a_root_that_signs_is_its_own_path() -> None:
    assert why(keys().root) == ((keys().root.certificate,),)


@pytest.mark.parametrize("along", [True, False])
def test_the_name_of_our_authority_with_another_key_is_a_forgery(along: bool) -> None:
    enclosed = keys().rogue_seal.chain if along else ()
    assert why(keys().rogue_seal, enclosed) is Code.LOOK_ALIKE_ISSUER


def test_a_forged_intermediate_under_the_name_of_our_root_is_found() -> None:
    forged = pki.authority(profile("CA lạ"), pki.key("CA lạ"), keys().rogue_root)
    signer = pki.issue(forged, profile("ai đó"), pki.key("ai đó"))
    assert why(signer, (forged.certificate,)) is Code.LOOK_ALIKE_ISSUER


def test_a_missing_intermediate_is_not_an_unknown_root() -> None:
    other = pki.authority(profile("CA gốc khác"), pki.key("CA gốc khác"))
    signer = pki.issue(other, profile("ai đó"), pki.key("ai đó"))
    assert why(signer) is Code.NO_CHAIN
    assert why(signer, (other.certificate,)) is Code.UNKNOWN_ROOT
    assert why(other) is Code.UNKNOWN_ROOT


def test_without_roots_nothing_leads_anywhere() -> None:
    store = trust()
    bare = type(store)(certificates=store.certificates)
    assert why(keys().seal, (), bare) is Code.NO_CHAIN


def test_the_length_of_a_path_is_kept() -> None:
    # `sub` may issue end certificates only.
    longer = pki.authority(profile("CA thừa"), pki.key("CA thừa"), keys().sub)
    signer = pki.issue(longer, profile("ai đó"), pki.key("ai đó"))
    assert why(signer, (longer.certificate,)) is Code.CHAIN_BAD


def test_who_is_no_authority_issues_nothing() -> None:
    signer = pki.issue(keys().seal, profile("ai đó"), pki.key("ai đó"))
    assert why(signer, (keys().seal.certificate,)) is Code.CHAIN_BAD


def constrained() -> pki.Identity:
    own = pki.key("CA hẹp")
    limits = x509.NameConstraints([x509.RFC822Name("example.org")], None)
    builder = x509.CertificateBuilder(keys().root.certificate.subject, pki.name("CA hẹp"))
    builder = builder.public_key(own.public_key()).serial_number(77)
    builder = builder.not_valid_before(NOW - YEAR).not_valid_after(NOW + YEAR)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(limits, critical=True)
    made = builder.sign(keys().root.key, hashes.SHA256())
    return pki.Identity(own, made, (keys().root.certificate,))


@pytest.mark.parametrize(("email", "kept"), [("a@example.org", True), ("a@hungyen.gov.vn", False)])
def test_constraints_of_names_are_kept(email: str, kept: bool) -> None:
    narrow = constrained()
    signer = pki.issue(narrow, profile("ai đó", email=email), pki.key("ai đó"))
    found = why(signer, (narrow.certificate,))
    assert (found is not Code.CHAIN_BAD) is kept


def with_sha1(who: pki.Identity, issuer: pki.Identity) -> x509.Certificate:
    """Sign the same certificate once more, over a digest that nobody should use."""
    made = asn1_x509.Certificate.load(who.der())
    weak: Any = hashes.SHA1
    key: Any = issuer.key
    made["tbs_certificate"]["signature"] = made["signature_algorithm"] = {"algorithm": "sha1_rsa"}
    octets = made["tbs_certificate"].dump(force=True)
    made["signature_value"] = key.sign(octets, padding.PKCS1v15(), weak())
    return x509.load_der_x509_certificate(made.dump(force=True))


def test_a_chain_of_weak_signatures_is_told_as_weak() -> None:
    made = with_sha1(keys().seal, keys().sub)
    assert paths.paths(made, (), fresh_trust()) is Code.WEAK_CHAIN


def test_a_bag_of_cross_signed_authorities_ends_soon() -> None:
    own = [pki.key(f"chéo {number}", "ec") for number in range(6)]
    made = []
    for name in range(6):
        for above in range(6):
            issuer = pki.authority(profile(f"chéo {above}"), own[above])
            made.append(pki.authority(profile(f"chéo {name}"), own[name], issuer).certificate)
    signer = pki.issue(pki.authority(profile("chéo 0"), own[0]), profile("x"), pki.key("x", "ec"))
    assert why(signer, made) is Code.UNKNOWN_ROOT
