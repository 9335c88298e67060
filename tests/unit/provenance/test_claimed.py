"""From a claim to the signatures in it."""

from pathlib import Path

from mailbridge.demo import cms, seals
from mailbridge.demo.cms import Form
from mailbridge.model.evidence import Coverage, Integrity
from mailbridge.model.parcel import Parcel, SealClaim, SealForm
from mailbridge.provenance import claimed
from mailbridge.provenance.question import Question
from tests.unit.parcel import locked_pdfs
from tests.unit.provenance.samples import NOW, fresh_trust, keys, sealed


def question(folder: Path) -> Question:
    return Question(Parcel(), folder, None, fresh_trust(), None, NOW)


def test_the_range_of_the_claim_is_what_is_judged(tmp_path: Path) -> None:
    (tmp_path / "a.p7s").write_bytes(cms.detached(b"signed", keys().seal, Form(NOW)))
    (tmp_path / "a").write_bytes(b"before signed after")
    for start, integrity in ((7, Integrity.INTACT), (6, Integrity.BROKEN)):
        claim = SealClaim(SealForm.CMS, "1", "a.p7s", "a", start, start + 6, whole=True)
        ((only,), _) = claimed.read(question(tmp_path), claim)
        assert (only.signature.integrity, only.coverage) == (integrity, Coverage.WHOLE)


def test_a_pdf_tells_what_it_stores_beside_its_signatures(tmp_path: Path) -> None:
    kept = seals.store_in_pdf(sealed(), (keys().sub,), keys().crls())
    (tmp_path / "a.pdf").write_bytes(kept)
    found, proofs = claimed.read(question(tmp_path), SealClaim(SealForm.PADES, "1", signed="a.pdf"))
    assert [one.form for one in found] == [SealForm.PADES]
    assert proofs.certificates == (keys().sub.certificate,)


def test_a_locked_and_sealed_pdf_is_judged_with_what_opened_it(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(locked_pdfs.sealed_under_lock(keys().seal, NOW))
    for password, integrity in (
        ("secret", Integrity.INTACT),
        ("wrong", Integrity.UNVERIFIABLE),
        (None, Integrity.UNVERIFIABLE),
    ):
        claim = SealClaim(SealForm.PADES, "1", signed="a.pdf", password=password)
        ((only,), _) = claimed.read(question(tmp_path), claim)
        assert only.signature.integrity is integrity
