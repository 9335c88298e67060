"""A clerk registers what was held; its verdict stays what it was."""

import pytest

from mailbridge.actions.house import House
from mailbridge.actions.release import NotHeldError, release
from mailbridge.model.evidence import Verdict
from mailbridge.model.outcome import Number, OutcomeName
from mailbridge.registry import ledger
from tests.unit.actions.conftest import Lead
from tests.unit.provenance.samples import NOW, mail_with, paper, sealed


def test_a_held_document_gets_its_number_and_keeps_its_verdict(house: House, lead: Lead) -> None:
    lead(mail_with(paper()))
    document = release(house, 1, "Văn thư A", "đã xác nhận", NOW)
    assert document.number == Number("den", 2026, 1)
    assert document.verdict is Verdict.UNDETERMINED
    with house.database.reading() as tx:
        row = ledger.get(tx, 1)
    assert row is not None
    assert row.outcome is OutcomeName.REGISTERED


def test_what_is_not_held_cannot_be_released(house: House, lead: Lead) -> None:
    lead(mail_with(sealed()))
    for row in (1, 99):
        with pytest.raises(NotHeldError):
            release(house, row, "A", "x", NOW)
