"""Proofs that travel with a signature are gathered, whatever form they travel in."""

import io
from datetime import timedelta
from typing import Any

import pytest
from asn1crypto import cms as asn1_cms
from asn1crypto import core, crl, ocsp
from pyhanko.pdf_utils.reader import PdfFileReader

from mailbridge.demo import cms, pki, seals, stamps
from mailbridge.demo.cms import Form
from mailbridge.demo.stamps import Word
from mailbridge.provenance import enclosures
from mailbridge.provenance import ocsp as answers
from mailbridge.provenance.enclosures import Enclosed
from mailbridge.provenance.signatures import signatures
from tests.unit.provenance.samples import NOW, keys, paper

DAY = timedelta(days=1)
LIST = pki.crl(keys().sub, NOW, NOW + DAY)
ANSWER = stamps.answer(keys().seal, keys().responder, Word(NOW, NOW + DAY))


def with_attribute(kind: str, value: bytes) -> asn1_cms.ContentInfo:
    info = asn1_cms.ContentInfo.load(cms.enclosed(b"x", keys().seal, Form(NOW)))
    # Laid down octet by octet: the library would refuse to write what a stranger may send.
    name = core.ObjectIdentifier(kind).dump()
    attribute = asn1_cms.CMSAttribute.load(sequence(name, tagged(0x31, value)))
    signer = info["content"]["signer_infos"][0]
    parts = {key: signer[key] for key in signer if key != "unsigned_attrs"}
    made = asn1_cms.SignerInfo(parts | {"unsigned_attrs": asn1_cms.CMSAttributes([attribute])})
    info["content"]["signer_infos"] = asn1_cms.SignerInfos([made])
    return info


def sequence(*inside: bytes) -> bytes:
    return tagged(0x30, b"".join(inside))


def tagged(tag: int, octets: bytes) -> bytes:
    size = len(octets).to_bytes(3, "big")
    return bytes([tag, 0x83]) + size + octets


def of_signer(info: Any) -> Enclosed:
    return enclosures.of_signer(info["content"]["signer_infos"][0])


def test_revocation_values_of_cades_are_found() -> None:
    basic = ocsp.OCSPResponse.load(ANSWER)["response_bytes"]["response"].parsed.dump()
    inside = sequence(tagged(0xA0, sequence(LIST)), tagged(0xA1, sequence(basic)))
    found = of_signer(with_attribute("1.2.840.113549.1.9.16.2.24", inside))
    assert found.crls == (LIST,)
    member = keys().seal
    said = answers.statement(found.ocsps[0], member.certificate, member.issuer, lambda *_: False)
    assert said is not None


def test_the_archive_of_adobe_is_found() -> None:
    inside = sequence(tagged(0xA0, sequence(LIST)), tagged(0xA1, sequence(ANSWER)))
    found = of_signer(with_attribute("1.2.840.113583.1.1.8", inside))
    assert (found.crls, found.ocsps) == ((LIST,), (ANSWER,))


def test_certificate_values_are_found() -> None:
    inside = sequence(keys().sub.der(), keys().root.der())
    found = of_signer(with_attribute("1.2.840.113549.1.9.16.2.23", inside))
    assert found.certificates == (keys().sub.certificate, keys().root.certificate)


@pytest.mark.parametrize(
    "kind", ["1.2.840.113549.1.9.16.2.23", "1.2.840.113549.1.9.16.2.24", "1.2.840.113583.1.1.8"]
)
@pytest.mark.parametrize("junk", [b"\x05\x00", b"\x30\x03\x02\x01\x05", b"\x30\x02\xa0\x00"])
def test_junk_in_an_attribute_yields_nothing(kind: str, junk: bytes) -> None:
    found = of_signer(with_attribute(kind, junk))
    assert (found.certificates, found.crls) == ((), ())


def test_lists_beside_the_signers_are_found() -> None:
    info = asn1_cms.ContentInfo.load(cms.enclosed(b"x", keys().seal, Form(NOW)))
    info["content"]["crls"] = [crl.CertificateList.load(LIST)]
    (found,) = signatures(info.dump(force=True), None, ())
    assert found.proofs.crls == (LIST,)
    assert found.proofs.certificates == found.enclosed


def test_the_store_of_a_pdf_is_read_within_limits() -> None:
    many = tuple(pki.crl(keys().sub, NOW, NOW + DAY * n) for n in range(1, 40))
    sealed = seals.seal_pdf(paper(), keys().seal, NOW)
    kept = seals.store_in_pdf(sealed, (keys().sub,), many, (ANSWER,))
    found = enclosures.of_pdf(PdfFileReader(io.BytesIO(kept)))
    assert keys().sub.certificate in found.certificates
    assert found.ocsps == (ANSWER,)
    assert len(found.crls) == 24


def test_a_pdf_without_a_store_has_none() -> None:
    assert enclosures.of_pdf(PdfFileReader(io.BytesIO(paper()))) == Enclosed()
