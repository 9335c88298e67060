"""Days that a reading names, as dates; what is no date is not there."""

from datetime import date

from mailbridge.model.reading import FieldName, Reading


def day_in(reading: Reading, name: FieldName) -> date | None:
    """Give the date in that field; a person, or another program, may have written no date there."""
    written = reading.value(name)
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
