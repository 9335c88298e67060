"""What a person confirmed outlives what the machine reads again."""

from mailbridge.model.reading import Field, FieldName, Reading, Urgency, renewed


def field(value: str, by: str | None = None) -> Field:
    return Field(value, "pdf:1", 0.9, confirmed_by=by)


def test_a_confirmed_value_is_never_overwritten_by_a_machine() -> None:
    old = Reading({FieldName.NUMBER: field("123", "lan"), FieldName.SIGNER: field("Lê An")})
    new = Reading({FieldName.NUMBER: field("124"), FieldName.SIGNER: field("Lê Ân")})
    found = renewed(old, new).fields
    assert found[FieldName.NUMBER].value == "123"
    assert found[FieldName.NUMBER].others == ("124 (pdf:1)",)
    assert found[FieldName.SIGNER].value == "Lê Ân"
    assert renewed(renewed(old, new), new) == renewed(old, new)


def test_a_confirmed_value_stays_where_nothing_is_read_any_more() -> None:
    old = Reading({FieldName.NUMBER: field("123", "lan")})
    assert renewed(old, Reading()).value(FieldName.NUMBER) == "123"


def test_a_confirmed_urgency_decides_the_order_of_work() -> None:
    old = Reading({FieldName.URGENCY: field("hỏa tốc", "lan")}, Urgency.EXPRESS)
    assert renewed(old, Reading()).urgency is Urgency.EXPRESS


def test_a_mark_of_secrecy_empties_what_was_confirmed() -> None:
    old = Reading({FieldName.NUMBER: field("123", "lan")})
    assert renewed(old, Reading(secrecy="MẬT")).fields == {}
