"""Fields that an edXML header states (QCVN 102): what a program of the sender wrote down."""

from datetime import date

from mailbridge.model.edxml import EdxmlHeader
from mailbridge.model.reading import Field, FieldName, Urgency
from mailbridge.reading import kinds
from mailbridge.reading.merging import Found

_SURE = 0.9
# Priority 4 is "hỏa tốc hẹn giờ".
_PRIORITIES = (Urgency.NORMAL, Urgency.URGENT, Urgency.VERY_URGENT, Urgency.EXPRESS)


def of_header(header: EdxmlHeader) -> Found:
    """Take over what the header of a document states; a status message states nothing of one."""
    if header.message != "document":
        return {}
    urgency = urgency_of(header)
    values = {
        FieldName.AGENCY: header.sender,
        FieldName.NUMBER: header.number,
        FieldName.NOTATION: header.notation,
        FieldName.SYMBOL: _symbol(header),
        FieldName.DATE: _iso(header.issued),
        FieldName.TYPE: (kinds.kind_named(header.type) or header.type) if header.type else None,
        FieldName.URGENCY: urgency.value if urgency else None,
        FieldName.SUMMARY: header.subject,
        FieldName.SIGNER: header.signer,
        FieldName.POSITION: header.position,
        FieldName.DEADLINE: _iso(header.due),
    }
    return {name: Field(value, "edxml", _SURE) for name, value in values.items() if value}


def urgency_of(header: EdxmlHeader) -> Urgency | None:
    """Read the priority (Điều 11.5); None where it is not stated."""
    if header.priority is None:
        return None
    return _PRIORITIES[min(header.priority, len(_PRIORITIES) - 1)]


def _symbol(header: EdxmlHeader) -> str | None:
    if not header.number or not header.notation:
        return header.number
    # Party notations hold a slash ("CV/VPTU") and are joined by a hyphen.
    joint = "-" if "/" in header.notation else "/"
    return f"{header.number}{joint}{header.notation}"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
