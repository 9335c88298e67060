"""Forged, replayed, foreign and contradictory answers change nothing; each rule has its attack."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.model.directory import Agency, CertificateRole, EnrolledCertificate
from mailbridge.model.evidence import (
    Coverage,
    Evidence,
    Finding,
    Integrity,
    Level,
    Seal,
    Trust,
    Verdict,
)
from mailbridge.model.examination import MailView
from mailbridge.model.exchange import Fact, FactKind, Weight
from mailbridge.model.message import Address
from mailbridge.model.parcel import SealForm
from mailbridge.model.sending import StrayKind
from mailbridge.model.statement import (
    Accepted,
    Ignored,
    Judgement,
    Match,
    Sender,
    Sent,
    Source,
    Statement,
    Strayed,
)
from mailbridge.rules.acceptance import judge, sender_of, signs_mails
from tests.unit.rules.answering import (
    ASKED,
    BY_FILES,
    BY_TOKEN,
    NOW,
    OTHER_PDF,
    PDF,
    PLAIN,
    RECEIPT,
    SENT,
    SENT_AT,
    SIGNED,
    THEIRS,
    THEM,
    US,
    unsigned,
)

# A recipient that signs nothing.
SIGNS_NOTHING = replace(SENT, signs=False)


def judged(
    statement: Statement = RECEIPT,
    sender: Sender = SIGNED,
    match: Match | None = BY_TOKEN,
    sent: Sent | None = SENT,
) -> Judgement:
    return judge(statement, sender, match, sent, NOW)


def stray(found: Judgement) -> StrayKind:
    assert isinstance(found, Strayed)
    assert found.why.endswith((".", ")"))
    return found.kind


def fact(found: Judgement) -> Fact:
    assert isinstance(found, Accepted)
    return found.fact


def test_a_signed_receipt_of_the_recipient_is_a_proven_fact() -> None:
    assert judged() == Accepted(
        Fact(FactKind.REGISTERED, RECEIPT.at, Weight.PROVEN, 2, "431/2026"), RECEIPT.key
    )


def test_a_receipt_about_a_mail_that_was_never_sent_is_an_orphan() -> None:
    assert stray(judged(match=None, sent=None)) is StrayKind.ORPHAN


def test_an_unsigned_receipt_of_one_who_signs_is_forged() -> None:
    assert stray(judged(unsigned(), PLAIN)) is StrayKind.FORGED


def test_an_unsigned_receipt_after_a_signed_one_is_forged() -> None:
    before = Fact(FactKind.ARRIVED, SENT_AT, Weight.PROVEN, 1)
    sent = replace(SIGNS_NOTHING, facts=(before,))
    assert stray(judged(unsigned(), PLAIN, sent=sent)) is StrayKind.FORGED


@pytest.mark.parametrize("sender", [SIGNED, PLAIN])
def test_the_seal_of_a_third_agency_is_forged(sender: Sender) -> None:
    third = replace(THEIRS, agency="DEMO.01.03", stands=False)
    found = judged(replace(RECEIPT, covers=(third,)), sender)
    assert stray(found) is StrayKind.FORGED
    assert "DEMO.01.03" in str(found)


def test_a_third_agency_that_signs_as_itself_is_no_recipient() -> None:
    third = replace(THEIRS, agency="DEMO.01.03")
    by = replace(SIGNED, agency="DEMO.01.03", address="noichinh@hungyen.gov.vn")
    found = judged(replace(RECEIPT, covers=(third,), by=("DEMO.01.03", by.address)), by)
    assert stray(found) is StrayKind.FORGED


def test_a_recipient_that_speaks_for_another_agency_is_an_orphan() -> None:
    assert stray(judged(replace(RECEIPT, by=("DEMO.01.03", "")))) is StrayKind.ORPHAN


def test_a_receipt_for_somebody_else_is_an_orphan() -> None:
    other = replace(RECEIPT, to=("DEMO.01.03", "noichinh@hungyen.gov.vn"))
    assert stray(judged(other)) is StrayKind.ORPHAN


@pytest.mark.parametrize("to", [(US.agency.lower(), "cu@vidu.vn"), ("", US.address), ("", "")])
def test_our_code_or_our_address_is_enough(to: tuple[str, str]) -> None:
    assert fact(judged(replace(RECEIPT, to=to))).weight is Weight.PROVEN


def test_another_mailbox_of_the_recipient_may_answer() -> None:
    sender = replace(SIGNED, address="vanthu2@hungyen.gov.vn")
    assert fact(judged(sender=sender)).weight is Weight.PROVEN


def test_wrong_digests_are_a_dispute_about_the_content_and_nothing_is_received() -> None:
    wrong = replace(RECEIPT, files=frozenset({OTHER_PDF}))
    assert stray(judged(wrong)) is StrayKind.CONTENT


def test_members_of_what_we_sent_may_be_named_too() -> None:
    assert (
        fact(judged(replace(RECEIPT, files=frozenset({PDF, OTHER_PDF})))).kind
        is FactKind.REGISTERED
    )


def test_a_refusal_of_files_that_did_not_open_is_no_dispute_about_content() -> None:
    refused = replace(RECEIPT, kind=FactKind.REFUSED, files=frozenset({OTHER_PDF}), number="")
    assert fact(judged(refused)).kind is FactKind.REFUSED


def test_a_replay_changes_nothing() -> None:
    sent = replace(SENT, known=frozenset({RECEIPT.key}))
    assert judged(sent=sent) == Ignored()


def test_a_forged_twin_does_not_stand_in_the_way_of_the_true_one() -> None:
    sent = replace(SIGNS_NOTHING, known=frozenset({unsigned().key}))
    assert fact(judged(sent=sent)).weight is Weight.PROVEN


@pytest.mark.parametrize(
    ("at", "why"),
    [(NOW + timedelta(days=1), "tương lai"), (SENT_AT - timedelta(days=1), "trước khi")],
)
def test_a_receipt_out_of_time_is_forged(at: datetime, why: str) -> None:
    found = judged(replace(RECEIPT, at=at))
    assert stray(found) is StrayKind.FORGED
    assert why in str(found)


@pytest.mark.parametrize("minutes", [10, -1450])
def test_clocks_that_differ_by_minutes_are_no_fraud(minutes: int) -> None:
    assert (
        fact(judged(replace(RECEIPT, at=NOW + timedelta(minutes=minutes)))).weight is Weight.PROVEN
    )


def test_a_sender_that_contradicts_itself_is_forged() -> None:
    assert stray(judged(sender=replace(SIGNED, contradicts=True))) is StrayKind.FORGED


def test_a_recipient_without_certificates_gives_a_weak_fact_without_a_place_in_the_chain() -> None:
    found = fact(judged(unsigned(), PLAIN, sent=SIGNS_NOTHING))
    assert (found.weight, found.seq, found.number) == (Weight.WEAK, None, "431/2026")


def test_an_aligned_domain_is_weak_and_no_more() -> None:
    domain = replace(PLAIN, is_proven=True, is_good=True)
    found = judged(unsigned(), domain, BY_FILES, SIGNS_NOTHING)
    assert fact(found).weight is Weight.WEAK


def test_without_token_seal_and_domain_nothing_is_believed() -> None:
    found = judged(unsigned(), PLAIN, BY_FILES, SIGNS_NOTHING)
    assert stray(found) is StrayKind.FORGED


def test_a_seal_that_could_not_be_checked_in_full_is_weak() -> None:
    assert fact(judged(sender=PLAIN)).weight is Weight.WEAK


def test_a_disclaimer_that_breaks_the_seal_leaves_a_weak_fact() -> None:
    broken = replace(PLAIN, is_broken=True, is_failed=True)
    assert fact(judged(unsigned(), broken)).weight is Weight.WEAK
    # Who does not name our token has not seen our letter.
    assert stray(judged(unsigned(), broken, BY_FILES)) is StrayKind.FORGED


@pytest.mark.parametrize("kind", [FactKind.RECALLED, FactKind.RECALL_REFUSED])
def test_the_answer_to_a_recall_that_nobody_asked_is_a_dispute(kind: FactKind) -> None:
    answer = replace(RECEIPT, kind=kind, files=frozenset())
    assert stray(judged(answer)) is StrayKind.DISPUTE
    assert fact(judged(answer, sent=replace(SENT, facts=(ASKED,)))).kind is kind


def test_a_code_that_nobody_knows_is_given_to_a_person() -> None:
    unknown = replace(RECEIPT, source=Source.STATUS, kind=None, reason="Trạng thái 09")
    found = judged(unknown)
    assert stray(found) is StrayKind.WORDS
    assert "Trạng thái 09" in str(found)


def test_a_plain_program_tells_that_it_arrived_weakly() -> None:
    said = unsigned(source=Source.NOTIFICATION, by=("", THEM.address), is_dated=False)
    said = replace(said, kind=FactKind.ARRIVED, seq=None, files=None)
    assert fact(judged(said, PLAIN, sent=SIGNS_NOTHING)).weight is Weight.WEAK
    # Whoever signs its receipts proves more by them; its mail program is not a forger.
    assert judged(said, PLAIN) == Ignored()


def test_a_person_who_answers_raises_a_note_and_no_fact() -> None:
    words = Statement(Source.WORDS, None, NOW, "words", references=RECEIPT.names)
    anybody = replace(PLAIN, address="chi.ha@gmail.com", agency="")
    assert stray(judged(words, anybody)) is StrayKind.WORDS
    assert judged(words, anybody, None, None) == Ignored()


SENDERS = st.builds(
    Sender,
    st.sampled_from([THEM.address, "a@b.vn", ""]),
    st.sampled_from([THEM.agency, "DEMO.01.03", ""]),
    *(st.booleans() for _ in range(6)),
)
COVERS = st.lists(
    st.builds(
        lambda agency, stands: replace(THEIRS, agency=agency, stands=stands),
        st.sampled_from([THEM.agency, "DEMO.01.03", None]),
        st.booleans(),
    ),
    max_size=2,
)
STATEMENTS = st.builds(
    lambda **changes: replace(RECEIPT, **changes),
    source=st.sampled_from([Source.MACHINE, Source.STATUS, Source.NOTIFICATION]),
    kind=st.none() | st.sampled_from(FactKind),
    at=st.sampled_from([NOW, SENT_AT, NOW + timedelta(days=9)]),
    by=st.sampled_from([RECEIPT.by, ("DEMO.01.03", "a@b.vn"), ("", "")]),
    to=st.sampled_from([RECEIPT.to, ("DEMO.01.03", "a@b.vn"), ("", "")]),
    files=st.none() | st.frozensets(st.sampled_from([PDF, OTHER_PDF])),
    covers=COVERS.map(tuple),
)


@given(STATEMENTS, SENDERS, st.sampled_from([BY_TOKEN, BY_FILES]), st.booleans())
def test_only_the_recipients_own_seal_proves_anything(
    statement: Statement, sender: Sender, match: Match, signs: Any
) -> None:
    found = judge(statement, sender, match, replace(SENT, signs=signs), NOW)
    if not isinstance(found, Accepted):
        return
    assert THEM.address == sender.address or sender.agency == THEM.agency
    assert not sender.contradicts
    assert statement.at <= NOW + timedelta(hours=1)
    if found.fact.weight is Weight.PROVEN:
        assert sender.is_good
        assert any(cover.stands and cover.agency == THEM.agency for cover in statement.covers)


SEAL = Seal(
    SealForm.SMIME, "1", Integrity.BROKEN, Coverage.WHOLE, Trust.UNKNOWN
)  # fmt: skip


def test_the_sender_is_what_was_proven() -> None:
    mail = MailView(from_=(Address(THEM.address),))
    proven = Evidence(Verdict.REFERENCE, sender=THEM.agency, origin_proven=True)
    assert sender_of(mail, proven) == SIGNED


@pytest.mark.parametrize(
    "mail",
    [
        MailView(from_=(Address("a@b.vn"),), return_path=""),
        MailView(from_=(Address("mailer-daemon@b.vn"),)),
        MailView(from_=(Address("postmaster@b.vn"),), return_path="x@b.vn"),
    ],
)
def test_the_null_sender_and_daemons_are_servers(mail: MailView) -> None:
    assert sender_of(mail, Evidence(None)).is_server


def test_two_senders_contradict_each_other() -> None:
    two = MailView(from_=(Address("a@b.vn"), Address(THEM.address)))
    assert sender_of(two, Evidence(None)).contradicts


@pytest.mark.parametrize("code", ["contradicting-senders", "protected-differs"])
def test_contradictions_of_the_header_are_known(code: str) -> None:
    one = MailView(from_=(Address("a@b.vn"),))
    found = Evidence(Verdict.FAILED, findings=(Finding(code, Level.FAIL, "", ""),))
    assert sender_of(one, found).contradicts


def test_a_broken_seal_on_the_mail_is_told_from_one_on_a_file() -> None:
    one = MailView(from_=(Address("a@b.vn"),))
    assert sender_of(one, Evidence(Verdict.FAILED, seals=(SEAL,))).is_broken
    on_file = replace(SEAL, on_file=True)
    assert not sender_of(one, Evidence(Verdict.FAILED, seals=(on_file,))).is_broken


@pytest.mark.parametrize(
    ("agency", "expected"),
    [
        (None, False),
        (Agency("A", "a"), False),
        (Agency("A", "a", openpgp=("AB" * 20,)), True),
        (Agency("A", "a", certificates=(EnrolledCertificate("1", CertificateRole.SEAL),)), False),
        (Agency("A", "a", certificates=(EnrolledCertificate("1", CertificateRole.MAILBOX),)), True),
        (
            Agency(
                "A",
                "a",
                certificates=(
                    EnrolledCertificate("1", CertificateRole.MAILBOX, until=date(2026, 11, 1)),
                ),
            ),
            False,
        ),
    ],
)
def test_who_signs_mails_is_whom_the_directory_says(
    agency: Agency | None, *, expected: bool
) -> None:
    assert signs_mails(agency, NOW) is expected


@pytest.mark.parametrize("kind", [FactKind.REFUSED, FactKind.RECALLED])
def test_an_ending_under_a_broken_seal_of_one_who_signs_is_forged(kind: FactKind) -> None:
    broken = replace(PLAIN, is_broken=True, is_failed=True)
    asked = replace(SENT, facts=(ASKED,))
    assert stray(judged(replace(unsigned(), kind=kind), broken, sent=asked)) is StrayKind.FORGED
