"""A sheet about a sealed document, with whatever a test changes in it."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from mailbridge.model.directory import Agency, CertificateRole
from mailbridge.model.evidence import (
    Coverage,
    Evidence,
    Finding,
    Integrity,
    Level,
    Seal,
    Signer,
    Trust,
    Verdict,
)
from mailbridge.model.examination import Examination, MailView, Opened
from mailbridge.model.parcel import File, SealForm
from mailbridge.model.reading import Field, FieldName, Reading
from mailbridge.model.records import EvidenceRecord, LedgerRow
from mailbridge.model.sheet import EvidenceSheet
from mailbridge.model.slot import Arrival, Fingerprint, Slot

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
LONG = "f" * 64

Sheets = Callable[..., EvidenceSheet]


def _evidence(verdict: Verdict | None, findings: int, name: str) -> Evidence:
    seal = Seal(
        SealForm.PADES,
        "2",
        Integrity.INTACT,
        Coverage.WHOLE,
        Trust.TRUSTED,
        signer=Signer(name, (), LONG, "4c5d", "CA phục vụ cơ quan ví dụ"),
        time=NOW,
        time_source="claimed",
        role=CertificateRole.PERSON,
    )
    told = tuple(
        Finding("seal-good", Level.OK, "Điều 6.2", f"Nội dung {at} của {name} nguyên vẹn.")
        for at in range(findings)
    )
    return Evidence(verdict, told, (seal,), roots=(LONG,), crls=(LONG,), tools={"pyhanko": "1"})


@pytest.fixture
def sheets() -> Sheets:
    def make(
        verdict: Verdict | None = Verdict.LEGAL,
        *,
        findings: int = 3,
        name: str = "Nguyễn Thị Ví Dụ",
        summary: str = "Về việc thử nghiệm gửi, nhận văn bản điện tử",
    ) -> EvidenceSheet:
        file = File("2", f"{name}.pdf", "", 123456, Fingerprint(LONG), "application/pdf", "")
        opened = Opened("mail", MailView(), (file,), (), _evidence(verdict, findings, name))
        fields = {FieldName.SUMMARY: Field(summary, "pdf", 1.0)}
        slot = Slot("vanthu", 1, 1)
        return EvidenceSheet(
            own=Agency("DEMO.02.07", "Đảng ủy phường Ví Dụ"),
            above="Đảng bộ tỉnh Ví Dụ",
            row=LedgerRow(17, Arrival(slot, 1, NOW), Fingerprint(LONG), NOW, sender="a@b.vn"),
            document=None,
            record=EvidenceRecord(17, 2, None, NOW, Examination(opened, Reading(fields)), LONG),
            history=((1, NOW, Verdict.UNDETERMINED), (2, NOW, verdict)),
            printed_at=NOW,
        )

    return make
