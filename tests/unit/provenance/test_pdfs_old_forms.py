"""How signatures were written down before PAdES: recognised, judged, and never believed."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import core
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, utils
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import SignatureObject

from mailbridge.demo import cms, seals
from mailbridge.demo.cms import Form
from mailbridge.demo.seals import Manner
from mailbridge.model.evidence import Coverage, Integrity, LaterChanges, Verdict
from mailbridge.provenance.codes import Code
from mailbridge.provenance.pdfs import PdfSignature, read
from tests.unit.provenance.samples import NOW, codes, evidence, keys, mail_with, paper


def made(form: str, value: Callable[[bytes], bytes], *, certificate: bool = True) -> bytes:
    """Seal in the old form; `value` gives the signature from the SHA-1 of the ranges."""
    steps = PdfCMSEmbedder().write_cms("Seal", IncrementalPdfFileWriter(io.BytesIO(paper())))
    next(steps)
    placed: Any = SignatureObject(NOW, bytes_reserved=8192)
    placed["/SubFilter"] = pdf_name(form)
    if certificate:
        placed["/Cert"] = generic.ByteStringObject(keys().seal.der())
    steps.send(SigObjSetup(placed))
    prepared, output = steps.send(SigIOSetup("sha1"))
    steps.send(value(prepared.document_digest))
    return bytes(output.getvalue())


def enclosing(digest: bytes) -> bytes:
    return cms.enclosed(digest, keys().seal, Form(NOW))


def raw(digest: bytes) -> bytes:
    key: Any = keys().seal.key
    weak: Any = hashes.SHA1
    value = key.sign(digest, padding.PKCS1v15(), utils.Prehashed(weak()))
    return bytes(core.OctetString(value).dump())


def judged(folder: Path, octets: bytes) -> PdfSignature:
    (folder / "a.pdf").write_bytes(octets)
    (only,) = read(folder / "a.pdf", ()).signatures
    return only


OLD: list[tuple[str, Callable[[bytes], bytes]]] = [
    ("/adbe.pkcs7.sha1", enclosing),
    ("/adbe.x509.rsa_sha1", raw),
]


@pytest.mark.parametrize(("form", "value"), OLD)
def test_an_old_form_is_judged_and_too_weak_to_believe(
    tmp_path: Path, form: str, value: Callable[[bytes], bytes]
) -> None:
    octets = made(form, value)
    only = judged(tmp_path, octets)
    assert (only.signature.integrity, only.coverage) == (Integrity.INTACT, Coverage.WHOLE)
    assert only.signature.certificate == keys().seal.certificate
    assert Code.WEAK_ALGORITHM in {code for code, _ in only.signature.codes}
    assert evidence(mail_with(octets)).verdict is Verdict.FAILED


@pytest.mark.parametrize(("form", "value"), OLD)
def test_an_old_form_over_other_octets_is_broken(
    tmp_path: Path, form: str, value: Callable[[bytes], bytes]
) -> None:
    assert (
        judged(tmp_path, seals.change_octet(made(form, value))).signature.integrity
        is Integrity.BROKEN
    )


def test_without_its_certificate_the_oldest_form_cannot_be_verified(tmp_path: Path) -> None:
    only = judged(tmp_path, made("/adbe.x509.rsa_sha1", raw, certificate=False))
    assert only.signature.integrity is Integrity.UNVERIFIABLE


def test_a_form_that_is_not_known_cannot_be_verified(tmp_path: Path) -> None:
    only = judged(tmp_path, made("/vn.unknown", enclosing))
    assert only.signature.integrity is Integrity.UNVERIFIABLE


def test_a_pdf_signature_without_signed_attributes_fits_and_is_not_believed(
    tmp_path: Path,
) -> None:
    octets = seals.seal_pdf_as(paper(), keys().seal, Manner(NOW, pades=False, bare=True))
    only = judged(tmp_path, octets)
    assert only.signature.integrity is Integrity.INTACT
    assert only.later_changes is LaterChanges.NONE
    found = evidence(mail_with(octets))
    assert "no-signed-attributes" in codes(found)
    assert found.verdict is Verdict.FAILED
    broken = judged(tmp_path, seals.change_octet(octets))
    assert broken.signature.integrity is Integrity.BROKEN
