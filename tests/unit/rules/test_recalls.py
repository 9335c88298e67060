"""Only who sent a document, proven as well as the document was, can have it destroyed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mailbridge.model.codes import Code
from mailbridge.model.evidence import (
    Coverage,
    Evidence,
    Finding,
    Integrity,
    LaterChanges,
    Level,
    Seal,
    Signer,
    Trust,
)
from mailbridge.model.outgoing import FileFact
from mailbridge.model.parcel import SealForm
from mailbridge.model.recall import Claim, Strength
from mailbridge.model.report import Cover
from mailbridge.rules.recalls import (
    Candidate,
    NotHeld,
    NotProven,
    NotSenders,
    Proven,
    falls,
    judge,
    may_become,
    strength_of,
    strength_of_recall,
)

AGENCY, OTHER = "H28.01", "H28.99"
AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
CLAIM = Claim(
    "r", AGENCY, "12-CV/TU", "2026-11-20", "m@x", (FileFact("a.pdf", 1, "aa"),), "nhầm", AT
)
HELD = Candidate(7, AGENCY, "m@x", frozenset({"aa", "bb"}), Strength.SEAL)
SEAL = Seal(
    SealForm.PADES,
    "1",
    Integrity.INTACT,
    Coverage.WHOLE,
    Trust.TRUSTED,
    bound=True,
    agency=AGENCY,
)
DKIM = Evidence(None, (Finding(Code.DKIM_ALIGNED, Level.OK, "", ""),), sender=AGENCY)


def test_the_sender_proven_as_well_as_the_document_has_it_destroyed() -> None:
    assert judge(CLAIM, AGENCY.lower(), Strength.SEAL, (HELD,)) == Proven((7,))


@pytest.mark.parametrize("strength", [Strength.NOTHING, Strength.SERVER, Strength.KEY])
def test_what_is_proven_less_than_the_document_destroys_nothing(strength: Strength) -> None:
    assert isinstance(judge(CLAIM, AGENCY, strength, (HELD,)), NotProven)


@pytest.mark.parametrize("strength", list(Strength))
def test_an_unproven_recall_destroys_not_even_an_unproven_document(strength: Strength) -> None:
    weak = replace(HELD, strength=Strength.NOTHING)
    expected = NotProven if strength is Strength.NOTHING else Proven
    assert isinstance(judge(CLAIM, AGENCY, strength, (weak,)), expected)


def test_another_agency_has_nothing_destroyed() -> None:
    assert isinstance(judge(CLAIM, OTHER, Strength.SEAL, (HELD,)), NotSenders)
    own_words = replace(CLAIM, agency=OTHER)
    assert isinstance(judge(own_words, OTHER, Strength.SEAL, (HELD,)), NotSenders)


def test_what_never_came_is_not_held() -> None:
    assert isinstance(judge(CLAIM, AGENCY, Strength.SEAL, ()), NotHeld)
    # An unproven question about it is not answered with what is here.
    assert isinstance(judge(CLAIM, AGENCY, Strength.NOTHING, ()), NotProven)


def test_a_corrected_reissue_under_the_same_number_stays() -> None:
    reissue = Candidate(8, AGENCY, "n@x", frozenset({"cc"}), Strength.SEAL)
    assert judge(CLAIM, AGENCY, Strength.SEAL, (HELD, reissue)) == Proven((7,))
    assert isinstance(judge(CLAIM, AGENCY, Strength.SEAL, (reissue,)), NotHeld)


def test_a_recall_that_names_number_and_date_alone_means_all_of_that_number() -> None:
    bare = replace(CLAIM, message_id="", files=())
    other = replace(HELD, document=8, files=frozenset({"cc"}))
    assert judge(bare, AGENCY, Strength.SEAL, (HELD, other)) == Proven((7, 8))


def test_an_annex_that_two_documents_share_calls_back_one_of_them() -> None:
    other = Candidate(8, AGENCY, "n@x", frozenset({"aa", "cc"}), Strength.SEAL)
    assert judge(CLAIM, AGENCY, Strength.SEAL, (HELD, other)) == Proven((7,))
    two = (FileFact("a.pdf", 1, "aa"), FileFact("b.pdf", 1, "bb"))
    rewritten = replace(CLAIM, message_id="y@z", files=two)
    assert judge(rewritten, AGENCY, Strength.SEAL, (other, HELD)) == Proven((7,))


def test_of_two_mails_with_one_message_id_the_one_with_the_files_is_meant() -> None:
    other = Candidate(8, AGENCY, HELD.message_id, frozenset({"zz"}), Strength.SEAL)
    assert judge(CLAIM, AGENCY, Strength.SEAL, (HELD, other)) == Proven((7,))


def test_a_rewritten_message_id_is_made_up_for_by_the_files() -> None:
    assert judge(replace(CLAIM, message_id="y@z"), AGENCY, Strength.SEAL, (HELD,)) == Proven((7,))


def test_a_document_is_as_strong_as_its_best_seal() -> None:
    assert strength_of(Evidence(None, seals=(SEAL,)), AGENCY) is Strength.SEAL
    key = replace(SEAL, form=SealForm.OPENPGP)
    assert strength_of(Evidence(None, seals=(key,)), AGENCY) is Strength.KEY
    assert strength_of(DKIM, AGENCY) is Strength.SERVER
    assert strength_of(Evidence(None), AGENCY) is Strength.NOTHING


@pytest.mark.parametrize(
    "worse",
    [
        {"integrity": Integrity.BROKEN},
        {"coverage": Coverage.PART},
        {"trust": Trust.UNKNOWN},
        {"bound": False},
        {"agency": OTHER},
        {"later_changes": LaterChanges.FORBIDDEN},
        {"why": ("weak-algorithm",)},
        {"form": SealForm.TIMESTAMP},
    ],
)
def test_a_seal_that_does_not_stand_proves_nothing(worse: dict[str, object]) -> None:
    seal = replace(SEAL, **worse)  # type: ignore[arg-type]
    assert strength_of(Evidence(None, seals=(seal,)), AGENCY) is Strength.NOTHING


def test_a_recall_is_as_strong_as_the_seals_over_its_own_words() -> None:
    cover = Cover(SealForm.SMIME, "f", AGENCY, stands=True)
    none = Evidence(None)
    assert strength_of_recall((cover,), none, AGENCY) is Strength.SEAL
    key = replace(cover, form=SealForm.OPENPGP)
    assert strength_of_recall((key,), none, AGENCY) is Strength.KEY
    assert strength_of_recall((), DKIM, AGENCY) is Strength.SERVER
    for worse in (replace(cover, stands=False), replace(cover, agency=OTHER)):
        assert strength_of_recall((worse,), none, AGENCY) is Strength.NOTHING
    # A signed PDF within an unsigned mail proves the PDF.
    assert strength_of_recall((), Evidence(None, seals=(SEAL,)), AGENCY) is Strength.NOTHING


def test_a_recall_that_contradicts_itself_is_proven_by_nothing() -> None:
    cover = Cover(SealForm.SMIME, "f", AGENCY, stands=True)
    failed = Finding(Code.CONTRADICTING_SENDERS, Level.FAIL, "", "")
    assert strength_of_recall((cover,), Evidence(None, (failed,)), AGENCY) is Strength.NOTHING


def test_a_tombstone_takes_what_was_sent_before_it_and_nothing_sent_anew() -> None:
    files = frozenset({"aa"})
    assert falls(CLAIM, "m@x", frozenset({"zz"}), AT + timedelta(days=9))
    assert falls(CLAIM, "other@x", files, AT - timedelta(hours=1))
    assert falls(CLAIM, "other@x", files, AT + timedelta(minutes=5))
    assert not falls(CLAIM, "other@x", files, AT + timedelta(hours=1))
    assert not falls(CLAIM, "other@x", frozenset({"zz"}), AT - timedelta(hours=1))
    assert falls(replace(CLAIM, files=(), message_id=""), "", files, None)


def later(covers: tuple[Cover, ...], found: Evidence, agency: str = AGENCY) -> Strength:
    return may_become(covers, found, agency, asks_names=True)


UNSURE = [Code.REVOCATION_UNCHECKED, Code.REVOCATION_STALE]


@pytest.mark.parametrize("code", UNSURE)
def test_a_seal_that_may_have_been_revoked_proves_no_recall_and_may_prove_it_later(
    code: Code,
) -> None:
    """What is not checked is not good, and least of all where something is destroyed."""
    cover = Cover(SealForm.SMIME, "f", AGENCY, stands=True)
    signer = Signer("An", fingerprint="f")
    seal = replace(SEAL, form=SealForm.SMIME, signer=signer, why=(code.value,))
    found = Evidence(None, sender=AGENCY, seals=(seal,))
    assert strength_of_recall((cover,), found, AGENCY) is Strength.NOTHING
    assert later((cover,), found) is Strength.SEAL
    assert later((cover,), found, OTHER) is Strength.NOTHING
    assert later((replace(cover, stands=False),), found) is Strength.NOTHING
    failed = replace(found, findings=(Finding(Code.SEAL_BROKEN, Level.FAIL, "", ""),))
    assert later((cover,), failed) is Strength.NOTHING


def test_a_mail_server_whose_key_nobody_gave_may_prove_it_later_where_names_are_asked() -> None:
    silent = Evidence(None, (Finding(Code.DKIM_UNCHECKED, Level.WARN, "", ""),), sender=AGENCY)
    assert later((), silent) is Strength.SERVER
    assert later((), silent, OTHER) is Strength.NOTHING
    assert may_become((), silent, AGENCY, asks_names=False) is Strength.NOTHING
    assert later((), DKIM) is Strength.NOTHING


def test_a_second_seal_that_is_known_to_stand_proves_it_all_the_same() -> None:
    covers = tuple(Cover(SealForm.SMIME, name, AGENCY, stands=True) for name in "fg")
    unsure = replace(
        SEAL, signer=Signer("An", fingerprint="f"), why=(Code.REVOCATION_UNCHECKED.value,)
    )
    found = Evidence(None, sender=AGENCY, seals=(unsure,))
    assert strength_of_recall(covers, found, AGENCY) is Strength.SEAL
