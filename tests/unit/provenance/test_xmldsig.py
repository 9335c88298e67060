"""A packet's own signature: true XML-DSig over the whole packet, or nothing."""

from pathlib import Path

import pytest
from lxml import etree
from signxml.algorithms import DigestAlgorithm, SignatureMethod
from signxml.signer import XMLSigner

from mailbridge.model.evidence import Coverage, Evidence, Integrity, Seal
from mailbridge.model.limits import Limits
from mailbridge.model.parcel import SealForm
from mailbridge.parcel.place import Means
from mailbridge.parcel.unwrap import unwrap_file
from mailbridge.provenance.establish import Question, establish
from mailbridge.provenance.signatures import Signature
from mailbridge.provenance.xmldsig import packet_signature
from tests.unit.parcel.packets import PDF, attachment, packet
from tests.unit.provenance.samples import NOW, directory, fresh_trust, keys


class _Weak(XMLSigner):
    def check_deprecated_methods(self) -> None:
        """Let SHA-1 pass: a sample that every verifier must refuse."""


def signed(octets: bytes, *, weak: bool = False) -> bytes:
    """Sign a packet by the seal of the sending agency, over the whole of it."""
    maker = _Weak if weak else XMLSigner
    signer = maker(
        signature_algorithm=SignatureMethod.RSA_SHA1 if weak else SignatureMethod.RSA_SHA256,
        digest_algorithm=DigestAlgorithm.SHA1 if weak else DigestAlgorithm.SHA256,
    )
    made = signer.sign(
        etree.fromstring(octets), key=keys().seal.key_pem(), cert=keys().seal.pem().decode()
    )
    return etree.tostring(made)


def judged(folder: Path, octets: bytes) -> tuple[Signature, Coverage]:
    (folder / "packet").write_bytes(octets)
    return packet_signature(folder / "packet")


def established(folder: Path, octets: bytes) -> tuple[Evidence, Seal]:
    parcel = unwrap_file(Means(folder / "source", folder, Limits()), octets, "a.edxml")
    found = establish(Question(parcel, folder, None, fresh_trust(), directory(), NOW))
    (seal,) = [seal for seal in found.seals if seal.form is SealForm.XMLDSIG]
    return found, seal


SENT = packet(attachment("123.pdf", PDF))


def test_a_signed_packet_is_intact_and_whole(tmp_path: Path) -> None:
    signature, coverage = judged(tmp_path, signed(SENT))
    assert (signature.integrity, coverage) == (Integrity.INTACT, Coverage.WHOLE)
    assert signature.certificate == keys().seal.certificate


def test_a_changed_word_breaks_it(tmp_path: Path) -> None:
    changed = signed(SENT).replace("thử".encode(), "giả".encode())
    if changed == signed(SENT):
        changed = signed(SENT).replace(b"th&#7917;", b"gi&#7843;")
    assert judged(tmp_path, changed)[0].integrity is Integrity.BROKEN


def test_sha1_is_told_as_weak(tmp_path: Path) -> None:
    signature, _ = judged(tmp_path, signed(SENT, weak=True))
    assert signature.integrity is Integrity.BROKEN
    assert "weak-algorithm" in [code.value for code, _ in signature.codes]


def test_signature_wrapping_is_never_the_whole(tmp_path: Path) -> None:
    """The signed packet is put into another one, whose words the reader would take."""
    inner = etree.fromstring(signed(SENT))
    outer = etree.fromstring(packet(attachment("999.pdf", PDF), subject="Về việc khác"))
    outer.append(inner)
    signature, coverage = judged(tmp_path, etree.tostring(outer))
    assert (signature.integrity, coverage) != (Integrity.INTACT, Coverage.WHOLE)


def test_two_signatures_leave_open_what_is_signed(tmp_path: Path) -> None:
    root = etree.fromstring(signed(SENT))
    (one,) = root.findall(".//{http://www.w3.org/2000/09/xmldsig#}Signature")
    root.append(etree.fromstring(etree.tostring(one)))
    assert judged(tmp_path, etree.tostring(root))[0].integrity is Integrity.UNVERIFIABLE


@pytest.mark.parametrize(
    "octets", [b"<a/>", b"not xml", SENT.replace(b"<edXML ", b"<!DOCTYPE a><edXML ", 1)]
)
def test_what_is_none_never_raises(octets: bytes, tmp_path: Path) -> None:
    assert judged(tmp_path, octets)[0].integrity is not Integrity.INTACT


def test_a_packet_that_is_signed_has_no_legal_value_by_it(tmp_path: Path) -> None:
    found, seal = established(tmp_path, signed(SENT))
    assert (seal.integrity, seal.trust, seal.bound) == ("intact", "trusted", True)
    assert found.verdict != "legal"


def test_a_broken_packet_signature_is_a_warning(tmp_path: Path) -> None:
    changed = signed(SENT).replace(b"DEMO.02", b"DEMO.03")
    found, seal = established(tmp_path, changed)
    assert seal.integrity is Integrity.BROKEN
    levels = {f.code: f.level for f in found.findings}
    assert levels["packet-seal-broken"] == "warn"
    assert found.verdict != "failed"
