"""How paper beside a document is followed (Điều 8); work never waits for it (Điều 6.3)."""

from datetime import datetime

from mailbridge.clock import in_vietnam
from mailbridge.model.paper import PaperState
from mailbridge.rules.calendar import WorkingCalendar

_LEADS_TO = {
    PaperState.EXPECTED: (PaperState.SENT, PaperState.RECEIVED, PaperState.WAIVED),
    PaperState.SENT: (PaperState.RECEIVED, PaperState.WAIVED),
    PaperState.RECEIVED: (),
    # What nobody waited for any more may still come.
    PaperState.WAIVED: (PaperState.RECEIVED,),
}
OPEN = (PaperState.EXPECTED, PaperState.SENT)


def may_become(state: PaperState, to: PaperState) -> bool:
    """Tell whether the paper may be written as that now."""
    return to in _LEADS_TO[state]


def due(since: datetime, calendar: WorkingCalendar, days: int) -> datetime:
    """Count until when the paper should be there: the end of the last of so many working days."""
    return calendar.end_of_day(calendar.after_working_days(in_vietnam(since).date(), days))
