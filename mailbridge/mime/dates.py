"""Dates of header fields into moments with a zone."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

# RFC 5322 §3.3 with comments and folding; a date of megabytes is none.
_SIZE = 200
_COMMENT = re.compile(r"\([^()]*\)")


def moment(value: str) -> datetime | None:
    """Read a date by RFC 5322 §3.3 or ISO 8601, UTC where no zone is stated; None if it is none."""
    text = _COMMENT.sub(" ", value[:_SIZE]).strip()
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            found = read(text)
            zoned = found if found.tzinfo else found.replace(tzinfo=UTC)
            # What cannot be told in UTC is no date: years 0 and 10000.
            zoned.astimezone(UTC)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return zoned
    return None
