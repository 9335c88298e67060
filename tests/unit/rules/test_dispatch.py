"""Each check hinders what it should, and nothing else."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mailbridge.clock import in_vietnam
from mailbridge.model.directory import Agency, AgencyKind
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
from mailbridge.model.examination import Examination, Opened
from mailbridge.model.incident import Incident
from mailbridge.model.letter import Party
from mailbridge.model.parcel import Lock, LockForm, LockWhy, SealForm
from mailbridge.model.reading import Field, FieldName, Reading, Urgency
from mailbridge.model.sending import Draft, DraftFile, Weigh
from mailbridge.rules import dispatch
from mailbridge.rules.recipients import Recipients
from mailbridge.rules.regulation import Regulation

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
MIB = 1024 * 1024
OWN = Agency("A", "Đảng ủy A", symbol="ĐU")
THERE = Agency("B", "Ban B")
READING = Reading(
    {
        FieldName.SYMBOL: Field("12-CV/ĐU", "p", 0.95),
        FieldName.DATE: Field("2026-11-24", "p", 0.95),
        FieldName.SUMMARY: Field("V/v thử", "p", 0.95),
        FieldName.SIGNER: Field("An", "p", 0.95),
        FieldName.RECIPIENTS: Field("Như trên", "p", 0.95),
        FieldName.ISSUER: Field("ĐẢNG ỦY A", "p", 0.95),
    }
)
SEAL = Seal(
    SealForm.PADES, "1", Integrity.INTACT, Coverage.WHOLE, Trust.TRUSTED, None, on_file=True
)
DRAFT = Draft("A", (DraftFile("a.pdf", 1000, "a" * 64),), ("B",))


def _codes(
    draft: Draft = DRAFT,
    reading: Reading = READING,
    evidence: Evidence | None = None,
    *,
    own: Agency = OWN,
    there: Agency = THERE,
    incidents: tuple[Incident, ...] = (),
    now: datetime = NOW,
) -> list[str]:
    judged = evidence or Evidence(Verdict.LEGAL)
    found = Examination(Opened("mail", None, (), (), judged), reading)
    to = Recipients(((there, Party(there.code, there.name, "b@x")),))
    standards = dispatch.Standards(own, Regulation(), incidents, 25 * MIB, now)
    return [one.code for one in dispatch.hindrances(draft, found, to, standards)]


def test_a_good_document_meets_nothing() -> None:
    assert _codes() == []


def test_a_mark_of_secrecy_hides_every_other_word() -> None:
    assert _codes(reading=replace(READING, secrecy="MẬT", fields={})) == ["secrecy-mark"]


@pytest.mark.parametrize(
    ("verdict", "code"),
    [
        (Verdict.FAILED, "signature-failed"),
        (Verdict.REFERENCE, "unsigned"),
        (Verdict.UNDETERMINED, "unsigned"),
        (None, "unsigned"),
    ],
)
def test_a_document_without_a_good_signature_is_hindered(
    verdict: Verdict | None, code: str
) -> None:
    assert _codes(evidence=Evidence(verdict)) == [code]


def test_a_lock_hides_whether_it_is_secret() -> None:
    lock = Lock(LockForm.PDF, "1", "whole", opened=False, why=LockWhy.NEEDS_WORD)
    assert "locked" in _codes(evidence=Evidence(Verdict.LEGAL, locks=(lock,)))


@pytest.mark.parametrize("name", [FieldName.DATE, FieldName.SUMMARY])
def test_what_every_document_has_is_missed(name: FieldName) -> None:
    fields = dict(READING.fields)
    del fields[name]
    assert f"{name}-missing" in _codes(reading=replace(READING, fields=fields))


def test_a_person_may_say_what_the_text_does_not() -> None:
    fields = dict(READING.fields)
    del fields[FieldName.DATE]
    draft = replace(DRAFT, fields={FieldName.DATE: "2026-11-24"})
    assert "date-missing" not in _codes(draft, replace(READING, fields=fields))


def test_a_person_may_not_say_another_number_than_the_text() -> None:
    assert _codes(replace(DRAFT, fields={FieldName.SYMBOL: "13-CV/ĐU"})) == ["symbol-differs"]
    assert _codes(replace(DRAFT, fields={FieldName.SYMBOL: "12 - cv/đu"})) == []


def test_an_unsure_reading_contradicts_nobody() -> None:
    unsure = {**READING.fields, FieldName.SYMBOL: Field("17-CV/ĐU", "ocr", 0.4)}
    draft = replace(DRAFT, fields={FieldName.SYMBOL: "12-CV/ĐU"})
    assert _codes(draft, replace(READING, fields=unsure)) == []


def test_mail_between_two_on_the_network_wants_a_ground() -> None:
    own, there = replace(OWN, has_party_wan=True), replace(THERE, has_party_wan=True)
    assert _codes(own=own, there=there) == ["no-ground"]
    assert _codes(replace(DRAFT, ground="máy chủ bảo trì"), own=own, there=there) == []
    down = Incident(1, "", "đứt cáp", NOW - timedelta(hours=1), "An")
    assert _codes(own=own, there=there, incidents=(down,)) == []


def test_to_a_state_agency_the_axis_is_the_rule() -> None:
    assert _codes(there=replace(THERE, kind=AgencyKind.STATE)) == ["axis"]


def test_a_mail_that_no_server_takes_is_not_begun() -> None:
    heavy = replace(DRAFT, files=(DraftFile("a.pdf", 20 * MIB, "a" * 64),))
    assert _codes(heavy) == ["too-large"]
    # Within the limit as it is, and beyond it when it is locked.
    fair = replace(DRAFT, files=(DraftFile("a.pdf", 15 * MIB, "a" * 64),))
    assert _codes(fair) == []
    assert _codes(replace(fair, encrypt=True)) == ["too-large"]


def test_an_urgent_document_is_counted_from_its_signature() -> None:
    urgent = replace(DRAFT, urgency=Urgency.EXPRESS)

    def signed(minutes: int) -> Evidence:
        at = NOW - timedelta(minutes=minutes)
        return Evidence(Verdict.LEGAL, seals=(replace(SEAL, time=at),))

    assert _codes(urgent, evidence=signed(16)) == ["sent-late"]
    assert _codes(urgent, evidence=signed(14)) == []
    assert _codes(urgent) == []


def test_a_document_of_last_week_is_late() -> None:
    assert _codes(now=NOW + timedelta(days=3)) == ["sent-late"]


def test_blocks_stand_before_warnings() -> None:
    found = Examination(Opened("mail", None, (), (), Evidence(Verdict.REFERENCE)), Reading({}))
    standards = dispatch.Standards(OWN, Regulation(), (), 25 * MIB, NOW)
    every = dispatch.hindrances(DRAFT, found, Recipients(()), standards)
    weighs = [one.weigh for one in every]
    assert weighs == sorted(weighs, key=lambda one: one is not Weigh.BLOCK)
    assert Weigh.WARN in weighs


def test_the_weightiest_finding_is_told() -> None:
    finding = Finding("x", Level.FAIL, "", "Chứng thư đã bị thu hồi.")
    found = Examination(Opened("mail", None, (), (), Evidence(Verdict.FAILED, (finding,))), READING)
    standards = dispatch.Standards(OWN, Regulation(), (), 25 * MIB, NOW)
    (one,) = dispatch.hindrances(DRAFT, found, Recipients(()), standards)
    assert "Chứng thư đã bị thu hồi." in one.words


@pytest.mark.parametrize(("days", "codes"), [(-1, ["due-past"]), (0, []), (9, [])])
def test_a_handling_deadline_that_is_over_blocks(days: int, codes: list[str]) -> None:
    draft = replace(DRAFT, due=in_vietnam(NOW).date() + timedelta(days))
    assert [one for one in _codes(draft) if one == "due-past"] == codes
