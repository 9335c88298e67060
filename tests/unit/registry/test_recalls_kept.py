"""Recalls are found by their name, by their document, and by what they may mean here."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import SQLAlchemyError

from mailbridge.model.document import Document, DocumentState
from mailbridge.model.outgoing import FileFact
from mailbridge.model.recall import Claim, Recall, RecallState, Strength
from mailbridge.model.slot import Fingerprint
from mailbridge.model.told import Proof
from mailbridge.registry import documents, recalls, similar
from mailbridge.registry.database import Database
from tests.unit.registry.conftest import NOW, OFFICE
from tests.unit.registry.recalled import AGENCY, CLAIM, recalled, settled

Make = Callable[..., Document]


def test_a_recall_comes_back_as_it_was_stored(database: Database, document: Make) -> None:
    with database.transaction() as tx:
        kept = recalled(tx, document)
    with database.reading() as tx:
        assert recalls.named(tx, OFFICE, AGENCY, CLAIM.recall_id) == (kept,)
        assert recalls.get(tx, kept.id) == kept
        assert recalls.of_document(tx, kept.document or 0) == kept
        assert recalls.in_state(tx, RecallState.WITHHELD, offices=(OFFICE,)) == (kept,)
        assert recalls.in_state(tx, RecallState.ERASING) == ()
        assert recalls.named(tx, "DEMO.99", AGENCY, CLAIM.recall_id) == ()


def test_the_same_recall_of_the_same_document_is_one(database: Database, document: Make) -> None:
    with database.transaction() as tx:
        kept = recalled(tx, document)
    with pytest.raises(SQLAlchemyError), database.transaction() as tx:
        recalls.add(tx, kept)


def test_it_is_ordered_and_destroyed_with_its_proof(database: Database, document: Make) -> None:
    proof = Proof(("ab" * 32,), ("blob",), (), NOW, "B")
    with database.transaction() as tx:
        kept = recalled(tx, document)
        recalls.order(tx, kept.id, kept.document or 0, "B", NOW)
        recalls.destroyed(tx, kept.id, proof, NOW + timedelta(minutes=1))
    with database.reading() as tx:
        found = recalls.get(tx, kept.id)
    assert found is not None
    assert (found.state, found.by, found.proof) == (RecallState.DESTROYED, "B", proof)
    assert found.ordered_at == NOW


def test_what_is_overdue_is_told_once(database: Database, document: Make) -> None:
    with database.transaction() as tx:
        kept = recalled(tx, document)
    late = NOW + timedelta(days=2)
    with database.transaction() as tx:
        assert recalls.overdue(tx, OFFICE, NOW) == ()
        assert [one.id for one in recalls.overdue(tx, OFFICE, late)] == [kept.id]
        recalls.escalated(tx, kept.id, late)
        assert recalls.overdue(tx, OFFICE, late) == ()


def test_a_tombstone_waits_for_its_agency_alone(database: Database, document: Make) -> None:
    with database.transaction() as tx:
        kept = recalled(tx, document)
        waits = replace(kept, state=RecallState.TOMBSTONE, document=None, letter="mb.x")
        recalls.add(tx, waits)
        (found,) = recalls.tombstones(tx, OFFICE, AGENCY)
        assert recalls.tombstones(tx, OFFICE, "DEMO.99") == ()
    assert (found.letter, found.document) == ("mb.x", None)


@pytest.mark.parametrize(
    ("claim", "fits"),
    [
        (Claim("r", AGENCY, "12-CV/VPTU", "2026-11-23"), True),
        (Claim("r", AGENCY, "12-CV/VPTU", None), True),
        (Claim("r", AGENCY, "12-CV/VPTU", "2026-11-22"), False),
        (Claim("r", AGENCY, None, None, "1@hungyen.gov.vn"), True),
        (Claim("r", AGENCY, None, None, "2@hungyen.gov.vn"), False),
        (Claim("r", AGENCY, None, None, "", (FileFact("a", 1, "a" * 64),)), True),
        (Claim("r", AGENCY, None, None, "", (FileFact("a", 1, "f" * 64),)), False),
        (Claim("r", AGENCY, None, "2026-11-23"), False),
    ],
)
def test_what_it_may_mean_is_found_by_number_mail_or_files(
    database: Database, document: Make, claim: Claim, *, fits: bool
) -> None:
    with database.transaction() as tx:
        kept = recalled(tx, document)
        found = recalls.candidates(tx, OFFICE, claim)
        assert [one.id for one in found] == ([kept.document] if fits else [])
        assert recalls.candidates(tx, "DEMO.99", claim) == ()


def test_the_same_files_lead_to_the_recall(database: Database, document: Make) -> None:
    with database.transaction() as tx:
        kept = recalled(tx, document)
        files = similar.file_set(("a" * 64,))
        assert recalls.of_same_files(tx, OFFICE, AGENCY, files) == kept
        assert recalls.of_same_files(tx, OFFICE, "DEMO.99", files) is None
        assert recalls.of_same_files(tx, OFFICE, AGENCY, similar.file_set(("b" * 64,))) is None


def test_an_annex_that_stands_in_many_documents_hides_none(
    database: Database, document: Make
) -> None:
    with database.transaction() as tx:
        for number in range(60):
            row = settled(tx, 100 + number, Fingerprint("d" * 64))
            documents.add(
                tx, replace(document(row, symbol=f"{number}-CV"), message_id=f"<{number}@x>")
            )
        kept = recalled(tx, document)
        found = [one.id for one in recalls.candidates(tx, OFFICE, CLAIM)]
    assert kept.document in found


def test_the_states_of_recalled_documents_are_known_to_the_database(
    database: Database, document: Make
) -> None:
    with database.transaction() as tx:
        kept = recalled(tx, document)
        for state in (DocumentState.WITHHELD, DocumentState.DESTROYED):
            documents.set_state(tx, kept.document or 0, state)


def test_strengths_are_ordered() -> None:
    assert Strength.NOTHING < Strength.SERVER < Strength.KEY < Strength.SEAL


def test_a_recall_is_a_value() -> None:
    assert Recall.__dataclass_params__.frozen  # type: ignore[attr-defined]
