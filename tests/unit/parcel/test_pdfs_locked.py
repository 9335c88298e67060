"""What opened a PDF goes with the claim of its seals."""

from pathlib import Path

from mailbridge.demo import seals
from mailbridge.demo.hierarchy import hierarchy
from tests.unit.parcel import locked_pdfs
from tests.unit.parcel.test_pdf_locks import opened
from tests.unit.provenance.samples import NOW


def test_what_opened_a_sealed_file_goes_with_its_claim(tmp_path: Path) -> None:
    parcel = opened(tmp_path, locked_pdfs.aes256("secret", object_streams=True), "secret")
    assert [claim.password for claim in parcel.claims] == ["secret"]
    assert "secret" not in repr(parcel)


def test_a_sealed_file_is_claimed_and_a_plain_one_is_not(tmp_path: Path) -> None:
    sealed = seals.seal_pdf(locked_pdfs.paper(), hierarchy(NOW).seal, NOW)
    assert len(opened(tmp_path, sealed).claims) == 1
    (tmp_path / "plain").mkdir()
    assert opened(tmp_path / "plain", locked_pdfs.paper()).claims == ()
