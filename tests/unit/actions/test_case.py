"""A child's word about where a file lies is not trusted."""

from dataclasses import replace
from pathlib import Path

import pytest

from mailbridge.actions.case import Case, Stored, proposed_document, why
from mailbridge.actions.house import House
from mailbridge.model.errors import RefusedError
from mailbridge.model.evidence import Evidence, Finding, Level, Verdict
from mailbridge.model.examination import Examination, MailView, Opened
from mailbridge.model.parcel import File
from mailbridge.model.reading import Field, FieldName, Reading
from mailbridge.model.slot import Arrival, Fingerprint, Slot
from mailbridge.registry import agencies, documents, ledger
from mailbridge.rules.judge import Register
from tests.unit.provenance.samples import NOW


def case(stored: str) -> Case:
    file = File("1", "a", "a", 1, Fingerprint("0" * 64), "application/pdf", "", stored=stored)
    opened = Opened("mail", MailView(), (file,), (), Evidence(Verdict.LEGAL))
    arrival = Arrival(Slot("vanthu", 1, 1), 1, NOW)
    examination = Examination(opened, Reading())
    proposal = Register(Verdict.LEGAL)
    return Case(1, arrival, Fingerprint("1" * 64), examination, proposal, "DEMO.02.07")


@pytest.mark.parametrize("stored", ["../secret", "/etc/passwd", "a/b"])
def test_a_place_outside_the_scratch_folder_is_refused(
    house: House, tmp_path: Path, stored: str
) -> None:
    with pytest.raises(RefusedError):
        Stored.store(house.blobs, case(stored), tmp_path)


def test_what_only_speaks_of_the_mail_is_no_file_of_the_document(
    house: House, tmp_path: Path
) -> None:
    made = case("")
    (file,) = made.examination.opened.files
    header = replace(file, path="2", name="vanban.edxml", type="application/edxml+xml", about=True)
    opened = replace(made.examination.opened, files=(file, header))
    made = replace(made, examination=replace(made.examination, opened=opened))
    assert Stored.store(house.blobs, made, tmp_path).files == (file,)


def test_the_weightiest_findings_tell_why() -> None:
    made = case("f1").examination
    found = (Finding("a", Level.OK, "", "tốt"), Finding("b", Level.FAIL, "", "hỏng"))
    evidence = replace(made.opened.evidence, findings=found)
    assert why(replace(made, opened=replace(made.opened, evidence=evidence))) == "hỏng"


@pytest.mark.parametrize(("letters", "is_kept"), [(200, True), (201, False), (30_000, False)])
def test_a_symbol_that_no_key_can_hold_is_none(
    house: House, letters: int, *, is_kept: bool
) -> None:
    made = case("f1")
    symbol = "".join(chr(0x100 + n * 7919 % 5000) for n in range(letters))
    reading = Reading({FieldName.SYMBOL: Field(symbol, "edxml", 0.9)})
    made = replace(made, examination=replace(made.examination, reading=reading))
    with house.database.transaction() as tx:
        row = ledger.begin(tx, made.arrival, made.fingerprint, NOW).ledger
        directory = agencies.directory(tx)
        document = proposed_document(replace(made, ledger=row), Stored(()), directory, NOW)
        stored = documents.get(tx, documents.add(tx, document))
        assert stored is not None
        assert (stored.key.symbol == symbol) is is_kept
        # What was read stays readable.
        assert stored.reading.value(FieldName.SYMBOL) == symbol
