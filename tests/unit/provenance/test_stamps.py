"""Time-stamps of mails and PDFs, through the whole of the proof."""

from datetime import timedelta
from typing import Any

import pytest

from mailbridge.demo import cms, mails, pki, seals, stamps
from mailbridge.demo.seals import Manner
from mailbridge.demo.stamps import Word
from mailbridge.model.evidence import Integrity, Trust, Verdict
from mailbridge.model.parcel import SealForm
from tests.unit.provenance.samples import NOW, codes, evidence, keys, mail_with, paper, trust

DAY = timedelta(days=1)
LONG = timedelta(days=800)


def stamped(who: str = "tsa", when: Any = NOW, signer: str = "seal") -> bytes:
    manner = Manner(when, tsa=getattr(keys(), who))
    return seals.seal_pdf_as(paper(), getattr(keys(), signer), manner)


def long_lists(at: Any) -> tuple[bytes, ...]:
    return tuple(pki.crl(one, at - DAY, at + DAY) for one in (keys().root, keys().sub))


def archived(when: Any = NOW) -> bytes:
    """PAdES B-LTA: seal, time-stamp, proofs, and a time-stamp over all of it."""
    word = Word(when - DAY, when + DAY)
    kept = seals.store_in_pdf(
        stamped(when=when),
        (keys().sub,),
        long_lists(when),
        (stamps.answer(keys().seal, keys().responder, word),),
    )
    return seals.stamp_pdf(kept, keys().tsa, when)


def test_a_stamp_is_the_time_of_the_seal_and_a_seal_of_its_own() -> None:
    found = evidence(mail_with(stamped()))
    seal, stamp = found.seals
    assert (seal.time, seal.time_source) == (NOW, "timestamp")
    assert (stamp.form, stamp.integrity, stamp.trust) == (
        SealForm.TIMESTAMP,
        Integrity.INTACT,
        Trust.TRUSTED,
    )
    assert stamp.covers == ()
    assert found.verdict is Verdict.LEGAL


def test_what_was_stamped_in_time_stays_good_after_the_end() -> None:
    later = NOW + LONG
    found = evidence(mail_with(archived()), trust(long_lists(later)), later)
    assert found.seals[0].trust is Trust.TRUSTED
    assert "expired-since" in codes(found)
    assert found.verdict is Verdict.LEGAL


@pytest.mark.parametrize("who", ["rogue_tsa", "person"])
def test_a_bad_stamp_excuses_nothing(who: str) -> None:
    later = NOW + LONG
    found = evidence(mail_with(stamped(who)), trust(long_lists(later)), later)
    assert found.seals[0].trust is Trust.UNTRUSTED
    assert {"timestamp-bad", "expired-claimed-earlier"} <= codes(found)
    assert found.verdict is not Verdict.LEGAL


def test_a_bad_stamp_on_a_good_seal_is_a_warning() -> None:
    found = evidence(mail_with(stamped("rogue_tsa")))
    assert "timestamp-bad" in codes(found)
    assert found.verdict is Verdict.LEGAL


def test_all_proofs_may_stand_in_the_file_itself() -> None:
    found = evidence(mail_with(archived()), trust((), intermediates=False))
    assert found.verdict is Verdict.LEGAL
    assert [seal.form for seal in found.seals] == ["pades", "timestamp", "timestamp"]
    assert [seal.later_changes for seal in found.seals] == ["permitted", None, "none"]


def test_a_document_time_stamp_proves_the_seals_before_it() -> None:
    sealed = seals.seal_pdf(paper(), keys().seal, NOW)
    kept = seals.store_in_pdf(sealed, (keys().sub,), long_lists(NOW))
    later = NOW + LONG
    octets = seals.stamp_pdf(kept, keys().tsa, NOW)
    found = evidence(mail_with(octets), trust(long_lists(later)), later)
    assert (found.seals[0].time, found.seals[0].time_source) == (NOW, "timestamp")
    assert found.seals[0].trust is Trust.TRUSTED


def test_a_document_time_stamp_proves_nothing_of_the_seals_after_it() -> None:
    first = seals.stamp_pdf(paper(), keys().tsa, NOW)
    octets = seals.seal_pdf(first, keys().seal, NOW + LONG)
    later = NOW + LONG
    found = evidence(mail_with(octets), trust(long_lists(later)), later)
    assert found.seals[1].form is SealForm.PADES
    assert found.seals[1].trust is Trust.UNTRUSTED


def test_a_document_time_stamp_alone_is_no_signature_of_anybody() -> None:
    found = evidence(mail_with(seals.stamp_pdf(paper(), keys().tsa, NOW)))
    assert [seal.form for seal in found.seals] == [SealForm.TIMESTAMP]
    assert found.verdict is not Verdict.LEGAL
    assert "unsigned-file" in codes(found)


def test_a_document_time_stamp_over_other_octets_is_broken() -> None:
    octets = seals.change_octet(seals.stamp_pdf(paper(), keys().tsa, NOW))
    (stamp,) = evidence(mail_with(octets)).seals
    assert stamp.integrity is Integrity.BROKEN


def test_revoked_after_the_stamp_is_a_note_and_before_it_a_no() -> None:
    start, end = NOW - DAY, NOW + 30 * DAY
    at = NOW + 10 * DAY
    for since, code, verdict in (
        (NOW + DAY, "revoked-later", Verdict.LEGAL),
        (NOW - DAY, "revoked", Verdict.FAILED),
    ):
        lists = (
            pki.crl(keys().root, start, end),
            pki.crl(keys().sub, start, end, [(keys().seal, since)]),
        )
        found = evidence(mail_with(stamped()), trust(lists), at)
        assert code in codes(found)
        assert found.verdict is verdict


def test_a_stamp_on_a_mail_is_its_time() -> None:
    entity = mails.with_file("Kính gửi", paper(), "123.pdf")
    signed = cms.enclosed(entity, keys().mailbox, cms.Form(NOW))
    octets = seals.opaque_entity(stamps.stamped(signed, keys().tsa, NOW))
    found = evidence(mails.mail(mails.Head("a@b.vn", "c@d.vn", "x", NOW, "1@x"), octets))
    assert found.seals[0].time_source == "timestamp"
    assert found.seals[1].form is SealForm.TIMESTAMP


def test_doubts_of_a_stamp_are_told_only_where_the_seal_needs_it() -> None:
    lists = (pki.crl(keys().root, NOW, NOW + DAY),)
    found = evidence(mail_with(stamped(signer="seal")), trust(lists))
    assert found.verdict is Verdict.UNDETERMINED
    needless = evidence(mail_with(stamped()))
    assert "revocation-unchecked" not in codes(needless)
