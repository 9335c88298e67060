"""Signatures in PDFs: coverage, and what was added later."""

from pathlib import Path

from mailbridge.demo import seals
from mailbridge.model.evidence import Coverage, Integrity, LaterChanges
from mailbridge.provenance.pdfs import UNREADABLE_PDF, read
from tests.unit.provenance.samples import NOW, keys, paper, sealed


def test_a_second_seal_is_a_permitted_change_of_the_first(tmp_path: Path) -> None:
    twice = seals.seal_pdf(sealed(), keys().person, NOW, field="Person")
    (tmp_path / "a.pdf").write_bytes(twice)
    found = read(tmp_path / "a.pdf", ()).signatures
    first, second = found
    assert (first.later_changes, first.coverage) == (LaterChanges.PERMITTED, Coverage.WHOLE)
    assert (second.later_changes, second.coverage) == (LaterChanges.NONE, Coverage.WHOLE)
    assert {first.signature.integrity, second.signature.integrity} == {Integrity.INTACT}


def test_the_older_adobe_form_is_judged(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(seals.seal_pdf(paper(), keys().seal, NOW, pades=False))
    found = read(tmp_path / "a.pdf", ()).signatures
    (only,) = found
    assert only.signature.integrity is Integrity.INTACT


def test_an_unsigned_pdf_has_no_signature(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(paper())
    assert read(tmp_path / "a.pdf", ()).signatures == ()


def test_a_file_that_is_no_pdf_is_broken_if_it_says_that_it_is_signed(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 junk /ByteRange")
    assert read(tmp_path / "a.pdf", ()).signatures == (UNREADABLE_PDF,)
