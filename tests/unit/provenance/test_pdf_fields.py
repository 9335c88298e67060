"""What is under a seal, and what came after: each known attack on sealed PDFs by its name."""

from pathlib import Path
from typing import Any

import pytest
from pyhanko.sign.fields import MDPPerm

from mailbridge.demo import seals
from mailbridge.demo.seals import Manner
from mailbridge.model.evidence import Coverage, Integrity, LaterChanges
from mailbridge.provenance.pdfs import PdfSignature, read
from tests.unit.provenance import pdf_attacks as attacks
from tests.unit.provenance.samples import NOW, keys, paper, sealed


def judged(folder: Path, octets: bytes) -> tuple[PdfSignature, ...]:
    (folder / "a.pdf").write_bytes(octets)
    return read(folder / "a.pdf", ()).signatures


def is_good(one: PdfSignature) -> bool:
    return (
        one.signature.integrity is Integrity.INTACT
        and one.coverage is Coverage.WHOLE
        and one.later_changes is not LaterChanges.FORBIDDEN
    )


LATER = [
    attacks.shadow_hide,
    attacks.shadow_replace,
    attacks.shadow_hide_and_replace,
    attacks.evil_annotation,
    attacks.saved_without_table,
    attacks.saved_with_comment,
    seals.append_junk,
    seals.overlay_pdf,
]


@pytest.mark.parametrize("attack", LATER)
@pytest.mark.parametrize("level", [None, MDPPerm.FILL_FORMS, MDPPerm.ANNOTATE])
def test_what_was_added_by_an_attack_is_forbidden(tmp_path: Path, attack: Any, level: Any) -> None:
    before = sealed() if level is None else attacks.certified(level)
    (only,) = judged(tmp_path, attack(before))
    assert only.signature.integrity is Integrity.INTACT
    assert (only.later_changes, only.coverage) == (LaterChanges.FORBIDDEN, Coverage.PART)


FORGERIES = [
    lambda pdf: attacks.renamed(pdf, b"/ByteRange"),
    lambda pdf: attacks.renamed(pdf, b"/Contents"),
    *(
        lambda pdf, words=words: attacks.range_of(pdf, words)
        for words in (b"", b"0 0 0 0", b"0 9", b"0 99999999 1 1", b"-1 5 7 9", b"a b c d", b"1 2 3")
    ),
    *(
        lambda pdf, words=words: attacks.contents_of(pdf, words)
        for words in (b"<>", b"<00>", b"null", b"(text)", b"<3000>", b"9 0 R")
    ),
    attacks.saved_with_copied_signature,
    attacks.two_contents,
    attacks.wrapped,
    attacks.range_over_another_file,
    attacks.junk_before,
]


@pytest.mark.parametrize("forge", FORGERIES)
def test_a_forged_signature_is_listed_and_never_good(tmp_path: Path, forge: Any) -> None:
    found = judged(tmp_path, forge(sealed()))
    assert found
    assert not any(is_good(one) for one in found)


def test_a_wrapped_signature_fits_and_leaves_room(tmp_path: Path) -> None:
    (only,) = judged(tmp_path, attacks.wrapped(sealed()))
    assert (only.signature.integrity, only.coverage) == (Integrity.INTACT, Coverage.PART)


def test_a_sneaky_signature_is_listed_beside_the_certified_one(tmp_path: Path) -> None:
    sneaky = seals.seal_pdf(
        attacks.certified(MDPPerm.FILL_FORMS), keys().rogue_seal, NOW, field="Sneaky"
    )
    first, second = judged(tmp_path, sneaky)
    assert first.later_changes is LaterChanges.PERMITTED
    assert second.signature.certificate == keys().rogue_seal.certificate


def test_what_is_locked_for_all_changes_takes_no_further_seal(tmp_path: Path) -> None:
    twice = seals.seal_pdf(
        attacks.certified(MDPPerm.NO_CHANGES), keys().person, NOW, field="Person"
    )
    assert judged(tmp_path, twice)[0].later_changes is LaterChanges.FORBIDDEN


@pytest.mark.parametrize("level", [MDPPerm.NO_CHANGES, MDPPerm.FILL_FORMS])
def test_proofs_and_time_stamps_are_always_permitted(tmp_path: Path, level: Any) -> None:
    kept = seals.store_in_pdf(attacks.certified(level), (keys().sub,), keys().crls())
    first, stamp = judged(tmp_path, seals.stamp_pdf(kept, keys().tsa, NOW))
    assert (first.later_changes, first.coverage) == (LaterChanges.PERMITTED, Coverage.WHOLE)
    assert (stamp.later_changes, stamp.is_filled) == (LaterChanges.NONE, False)


def test_a_form_filled_later_is_permitted_and_not_under_the_seal(tmp_path: Path) -> None:
    once = seals.seal_pdf(attacks.fillable(), keys().seal, NOW)
    (only,) = judged(tmp_path, attacks.filled(once))
    assert (only.later_changes, only.coverage) == (LaterChanges.PERMITTED, Coverage.PART)
    assert only.is_filled


def test_a_form_filled_after_a_full_lock_is_forbidden(tmp_path: Path) -> None:
    once = attacks.certified(MDPPerm.NO_CHANGES, attacks.fillable())
    (only,) = judged(tmp_path, attacks.filled(once))
    assert only.later_changes is LaterChanges.FORBIDDEN


def test_an_end_of_line_that_a_mail_added_is_no_change(tmp_path: Path) -> None:
    (only,) = judged(tmp_path, sealed() + b"\r\n")
    assert (only.later_changes, only.coverage) == (LaterChanges.NONE, Coverage.WHOLE)


def test_junk_after_permitted_revisions_is_not_overlooked(tmp_path: Path) -> None:
    kept = seals.store_in_pdf(sealed(), (keys().sub,), keys().crls())
    (only,) = judged(tmp_path, kept + b"3 0 obj\n<</Type/Page>>\nendobj\n%%EOF\n")
    assert only.later_changes is LaterChanges.FORBIDDEN


def test_more_fields_than_are_judged_are_not_shown_as_absent(tmp_path: Path) -> None:
    octets = paper()
    for number in range(18):
        octets = seals.seal_pdf_as(octets, keys().ec_seal, Manner(NOW, field=f"S{number}"))
    found = judged(tmp_path, octets)
    assert len(found) == 17
    assert found[-1].signature.integrity is Integrity.BROKEN
