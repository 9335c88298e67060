"""Sources that agree and disagree."""

from mailbridge.model.reading import Field, FieldName
from mailbridge.reading.merging import merged, same


def found(value: str, source: str, name: FieldName = FieldName.NUMBER) -> dict[FieldName, Field]:
    return {name: Field(value, source, 0.9)}


def test_the_most_trusted_speaks_and_a_disagreement_is_told() -> None:
    fields, notes = merged([found("124", "edxml"), found("123", "pdf:1")])
    field = fields[FieldName.NUMBER]
    assert (field.value, field.others) == ("124", ("123 (pdf:1)",))
    assert field.confidence < 0.6
    assert notes == ("Số: ghi “124” (edxml), nhưng cũng đọc được “123 (pdf:1)”.",)


def test_agreement_makes_surer() -> None:
    fields, notes = merged([found("05", "edxml"), found("5", "pdf:1")])
    assert fields[FieldName.NUMBER].confidence > 0.9
    assert notes == ()


def test_what_is_the_same_in_other_letters_is_no_disagreement() -> None:
    assert same(FieldName.SUMMARY, "V/v rà soát", "về việc rà soát")
    assert same(FieldName.SYMBOL, "05-CV/TU", "5-CV/TU")
    assert same(FieldName.TYPE, "Công văn", "CÔNG VĂN")
    assert not same(FieldName.NUMBER, "50", "5")
