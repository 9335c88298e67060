"""Readings as the rules get them."""

from mailbridge.model.reading import Field, FieldName, Reading, Urgency


def reading(level: Urgency = Urgency.NORMAL, /, **values: str) -> Reading:
    """Make a reading of these fields; an empty one is left out."""
    base = {"symbol": "12-CV/VPTU", "date": "2026-11-23", "type": "Công văn", "signer": "A B"}
    fields = {**base, "summary": "về việc thử", "recipients": "Như trên", **values}
    return Reading({FieldName(k): Field(v, "pdf", 0.9) for k, v in fields.items() if v}, level)
