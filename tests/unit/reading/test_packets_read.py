"""What edXML headers state."""

from datetime import date

import pytest

from mailbridge.model.edxml import EdxmlHeader
from mailbridge.model.reading import FieldName, Urgency
from mailbridge.reading.packets import of_header, urgency_of


def test_a_header_states_code_day_type_and_deadline() -> None:
    header = EdxmlHeader(
        "document", sender="A.1", number="5", notation="CV/VPTU", issued=date(2026, 1, 5),
        type="CÔNG VĂN", priority=1, due=date(2026, 2, 1),
    )  # fmt: skip
    values = {name: field.value for name, field in of_header(header).items()}
    assert values == {
        FieldName.AGENCY: "A.1", FieldName.NUMBER: "5", FieldName.NOTATION: "CV/VPTU",
        FieldName.SYMBOL: "5-CV/VPTU", FieldName.DATE: "2026-01-05", FieldName.TYPE: "Công văn",
        FieldName.URGENCY: "khẩn", FieldName.DEADLINE: "2026-02-01",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("priority", "urgency"), [(None, None), (0, Urgency.NORMAL), (4, Urgency.EXPRESS)]
)
def test_priorities(priority: int | None, urgency: Urgency | None) -> None:
    assert urgency_of(EdxmlHeader("document", priority=priority)) is urgency


def test_a_status_message_states_nothing_of_a_document() -> None:
    assert of_header(EdxmlHeader("status", notation="5/QĐ", issued=date(2026, 1, 5))) == {}
