"""The table of docs/forms.md is what the examination says, and no cell says too much."""

import pytest

from mailbridge.model.evidence import Coverage, Integrity, Verdict
from mailbridge.model.parcel import SealForm
from tests.matrix.states import State
from tests.matrix.table import Table, computed, in_document, written

BAD = set(State) - {State.GOOD}
CHANGED = {State.TAMPERED, State.OTHER_CONTENT}


@pytest.fixture(scope="module")
def table() -> Table:
    return computed()


def test_the_document_shows_the_table_as_it_is(table: Table) -> None:
    assert written(table) == in_document()


def test_nothing_but_what_is_good_is_legal_or_vouched(table: Table) -> None:
    praised = [
        (form, state)
        for form, cells in table.items()
        for state in BAD
        if (found := cells[state]) is not None
        and (found.vouched or found.origin_proven or found.verdict is Verdict.LEGAL)
    ]
    assert praised == []


def test_every_good_cell_is_better_than_all_others_of_its_row(table: Table) -> None:
    order = [Verdict.FAILED, Verdict.UNDETERMINED, Verdict.REFERENCE, Verdict.LEGAL]
    for form, cells in table.items():
        good = cells[State.GOOD]
        assert good is not None, form
        others = [found.verdict for state in BAD if (found := cells[state]) is not None]
        if form not in NEVER_ENOUGH:
            assert all(order.index(good.verdict) > order.index(v) for v in others if v), form  # type: ignore[arg-type]


# A packet's own signature, and an OpenPGP signature beside a file, prove neither origin nor value.
NEVER_ENOUGH = {"XML-DSig on an edXML packet", "OpenPGP beside its file"}


def test_no_signature_over_changed_octets_is_intact_and_whole(table: Table) -> None:
    for form, cells in table.items():
        for state in CHANGED:
            found = cells[state]
            # The innermost; a time-stamp is over the signature, whatever that is over.
            seals = [] if found is None else found.seals
            inner = [seal for seal in seals if seal.form is not SealForm.TIMESTAMP][-1:]
            assert not any(
                seal.integrity is Integrity.INTACT and seal.coverage is Coverage.WHOLE
                for seal in inner
            ), (form, state)


def test_what_could_not_be_opened_is_never_called_false(table: Table) -> None:
    verdicts = {form: cells[State.NO_KEY] for form, cells in table.items()}
    assert {v.verdict for v in verdicts.values() if v is not None} == {Verdict.UNDETERMINED}


def test_a_file_with_its_signature_beside_it_is_not_called_unsigned(table: Table) -> None:
    found = table["CMS beside its file"][State.GOOD]
    assert found is not None
    assert "unsigned-file" not in {finding.code for finding in found.findings}
