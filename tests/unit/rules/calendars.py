"""The calendar that is shipped, for the tests of everything that counts days."""

from functools import lru_cache
from pathlib import Path

from mailbridge.rules.calendar import WorkingCalendar
from mailbridge.settings.calendar_file import read

FILE = Path(__file__).parents[3] / "config" / "calendar.toml"


@lru_cache(maxsize=1)
def shipped() -> WorkingCalendar:
    """Load the calendar file of the repository."""
    return WorkingCalendar(read(FILE))
