"""From examination to proposal: the first rule that applies decides."""

from datetime import UTC, date, datetime

import pytest

from mailbridge.model.directory import Agency, Directory
from mailbridge.model.edxml import EdxmlHeader
from mailbridge.model.errors import Reason
from mailbridge.model.evidence import Evidence, Verdict
from mailbridge.model.examination import Examination, MailView, Opened
from mailbridge.model.message import Address, Kind
from mailbridge.model.outcome import Held, Impounded, Lane, Noted
from mailbridge.model.parcel import File, Lock, LockForm, LockWhy
from mailbridge.model.reading import Reading
from mailbridge.model.slot import Fingerprint
from mailbridge.rules.judge import Office, Proposal, Register, judge

NOW = datetime(2026, 11, 24, tzinfo=UTC)
DIRECTORY = Directory(
    (
        Agency("A", "Nơi gửi", mailboxes=("a@hungyen.gov.vn",), valid_to=date(2027, 1, 1)),
        Agency("B", "Ta", mailboxes=("b@hungyen.gov.vn",)),
        Agency("C", "Nơi khác", mailboxes=("c@hungyen.gov.vn", "c@noi-khac.vn")),
    )
)
OFFICE = Office(
    "B",
    ("b@hungyen.gov.vn",),
    ("hungyen.gov.vn",),
    {"legal": "register", "reference": "register", "undetermined": "hold", "failed": "hold"},
    "proven",
)


def proposal(
    verdict: Verdict | None = Verdict.LEGAL,
    *,
    sender: str = "a@hungyen.gov.vn",
    to: tuple[str, ...] = ("b@hungyen.gov.vn",),
    kind: Kind = Kind.DOCUMENT,
    secrecy: str | None = None,
    edxml: EdxmlHeader | None = None,
    unsupported: tuple[tuple[str, str], ...] = (),
    locks: tuple[Lock, ...] = (),
    files: tuple[File, ...] = (),
    office: Office = OFFICE,
    now: datetime = NOW,
) -> Proposal:
    mail = MailView(from_=(Address(sender),), to=tuple(map(Address, to)), kind=kind)
    evidence = Evidence(verdict, locks=locks)
    opened = Opened("mail", mail, files, (), evidence, edxml, unsupported)
    return judge(Examination(opened, Reading(secrecy=secrecy)), office, DIRECTORY, now)


@pytest.mark.parametrize("verdict", [Verdict.LEGAL, Verdict.REFERENCE])
def test_a_proven_document_is_registered(verdict: Verdict) -> None:
    assert proposal(verdict) == Register(verdict)


def test_a_failed_one_is_held_with_a_refusal_proposed() -> None:
    found = proposal(Verdict.FAILED)
    assert isinstance(found, Held)
    assert (found.reason, found.refusal) == (Reason.SIGNATURE_FAILED, Reason.SIGNATURE_FAILED)


@pytest.mark.parametrize("verdict", [Verdict.UNDETERMINED, None])
def test_what_cannot_be_told_is_held_without_a_refusal(verdict: Verdict | None) -> None:
    found = proposal(verdict)
    assert isinstance(found, Held)
    assert found.refusal is None


def test_secrecy_comes_before_everything() -> None:
    assert proposal(secrecy="MẬT", sender="x@y.vn", kind=Kind.OTHER) == Impounded("MẬT")


@pytest.mark.parametrize(
    "kind", [Kind.BOUNCE, Kind.AUTOMATIC, Kind.OTHER, Kind.RECEIPT, Kind.RECALL]
)
def test_other_kinds_are_noted(kind: Kind) -> None:
    assert proposal(kind=kind) == Noted(kind)


@pytest.mark.parametrize("sender", ["x@hungyen.gov.vn", "c@noi-khac.vn"])
def test_strangers_and_other_domains_wait_in_their_own_lane(sender: str) -> None:
    found = proposal(sender=sender)
    assert isinstance(found, Held)
    assert (found.lane, found.reason) == (Lane.UNKNOWN_SENDER, Reason.UNKNOWN_SENDER)


def test_an_agency_that_ended_is_unknown() -> None:
    found = proposal(now=datetime(2027, 6, 1, tzinfo=UTC))
    assert isinstance(found, Held)
    assert found.lane is Lane.UNKNOWN_SENDER


@pytest.mark.parametrize(
    ("to", "edxml", "ours"),
    [
        (("b@hungyen.gov.vn",), None, True),
        ((), None, True),
        (("c@hungyen.gov.vn",), None, False),
        (("c@hungyen.gov.vn", "b@hungyen.gov.vn"), None, True),
        (("b@hungyen.gov.vn",), EdxmlHeader("document", to=("C",)), False),
        (("c@hungyen.gov.vn",), EdxmlHeader("document", to=("b",)), True),
    ],
)
def test_what_is_not_addressed_to_us_is_held(
    to: tuple[str, ...], edxml: EdxmlHeader | None, ours: bool
) -> None:
    found = proposal(to=to, edxml=edxml)
    assert isinstance(found, Register) is ours
    if isinstance(found, Held):
        assert found.refusal is Reason.WRONG_ADDRESSEE


def test_a_form_that_is_not_supported_never_passes() -> None:
    found = proposal(unsupported=(("1", "archive"),))
    assert isinstance(found, Held)
    assert found.reason is Reason.UNSUPPORTED


def test_an_office_may_wait_for_its_clerk() -> None:
    waits = Office("B", OFFICE.addresses, OFFICE.allowed_domains, OFFICE.policy, "confirmed")
    found = proposal(office=waits)
    assert isinstance(found, Held)
    assert found.reason is Reason.AWAITS_CLERK


@pytest.mark.parametrize("why", LockWhy)
def test_a_closed_lock_is_held_in_words_for_the_clerk_and_one_ground_for_all(why: LockWhy) -> None:
    lock = Lock(LockForm.ZIP, "2", "part", opened=False, why=why)
    found = proposal(Verdict.UNDETERMINED, locks=(lock,), unsupported=(("2", "x"),))
    assert isinstance(found, Held)
    assert (found.reason, found.refusal) == (Reason.ENCRYPTED, Reason.ENCRYPTED)
    assert found.detail


def test_a_lock_that_was_opened_holds_nothing() -> None:
    lock = Lock(LockForm.ZIP, "2", "part", opened=True)
    assert proposal(locks=(lock,)) == Register(Verdict.LEGAL)


@pytest.mark.parametrize("reason", [Reason.BOMB, Reason.TRAVERSAL, Reason.TOO_DEEP])
def test_a_refused_file_is_held_for_its_reason_and_by_its_name(reason: Reason) -> None:
    file = File("2", "a.zip", "a.zip", 5, Fingerprint(""), "application/zip", "", refused=reason)
    found = proposal(Verdict.UNDETERMINED, files=(file,))
    assert isinstance(found, Held)
    assert (found.reason, found.refusal) == (reason, reason)
    assert "a.zip" in found.detail


def test_a_broken_signature_weighs_more_than_a_lock_beside_it() -> None:
    lock = Lock(LockForm.ZIP, "2", "part", opened=False, why=LockWhy.NEEDS_WORD)
    found = proposal(Verdict.FAILED, locks=(lock,))
    assert isinstance(found, Held)
    assert found.reason is Reason.SIGNATURE_FAILED
