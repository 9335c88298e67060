"""The set of signatures that an office requires, and what lacks one of them."""

import pytest

from mailbridge.model.directory import AgencyKind, CertificateRole
from mailbridge.model.evidence import Evidence, Verdict
from mailbridge.model.reading import Field, FieldName, Reading
from mailbridge.rules.required import Requirement, lowered, missing
from mailbridge.settings.schema import Required

SEAL, PERSON = CertificateRole.SEAL, CertificateRole.PERSON
BOTH = Requirement((SEAL, PERSON), AgencyKind.STATE, "Quyết định")


def lacking(
    *roles: CertificateRole,
    type_: str | None = "Quyết định",
    kind: AgencyKind | None = AgencyKind.STATE,
    rules: tuple[Requirement, ...] = (BOTH,),
) -> list[str]:
    fields = {FieldName.TYPE: Field(type_, "pdf", 1.0)} if type_ else {}
    evidence = Evidence(Verdict.LEGAL, file_roles={"2": roles})
    return [what for _, what in missing(evidence, Reading(fields), kind, rules)]


@pytest.mark.parametrize("roles", [(SEAL,), (PERSON,), (SEAL, PERSON)])
def test_by_default_one_seal_of_agency_or_person_is_enough(
    roles: tuple[CertificateRole, ...],
) -> None:
    assert lacking(*roles, rules=()) == []
    assert lacking(rules=()) == ["chữ ký số của cơ quan hoặc chữ ký số của người ký"]


def test_a_document_that_needs_both_lacks_the_other() -> None:
    assert lacking(SEAL) == ["chữ ký số của người ký"]
    assert lacking(PERSON) == ["chữ ký số của cơ quan"]
    assert lacking(SEAL, PERSON) == []


def test_another_type_or_agency_is_not_meant() -> None:
    assert lacking(SEAL, type_="Công văn") == []
    assert lacking(SEAL, kind=AgencyKind.PARTY) == []


@pytest.mark.parametrize("type_", ["QUYẾT ĐỊNH", "quyết  định", None])
def test_an_unread_or_differently_written_type_is_meant(type_: str | None) -> None:
    assert lacking(SEAL, type_=type_) == ["chữ ký số của người ký"]


def test_the_first_requirement_that_fits_decides() -> None:
    assert lacking(SEAL, rules=(Requirement(), BOTH)) == []


def test_every_main_file_is_asked() -> None:
    evidence = Evidence(Verdict.LEGAL, file_roles={"2": (SEAL,), "3": ()})
    assert [path for path, _ in missing(evidence, Reading(), None, ())] == ["3"]


def test_only_legal_value_is_taken_away() -> None:
    lacks = (("2", "x"),)
    assert lowered(Verdict.LEGAL, lacks) is Verdict.REFERENCE
    assert lowered(Verdict.LEGAL, ()) is Verdict.LEGAL
    for verdict in (Verdict.FAILED, Verdict.UNDETERMINED, Verdict.REFERENCE, None):
        assert lowered(verdict, lacks) is verdict


def test_the_settings_words_become_a_requirement() -> None:
    table = Required.model_validate(
        {"seals": ["seal"], "agency_kind": "state", "type": "Quyết định"}
    )
    assert Requirement.of(table) == Requirement((SEAL,), AgencyKind.STATE, "Quyết định")
    assert Requirement.of(Required(seals="any")) == Requirement()
