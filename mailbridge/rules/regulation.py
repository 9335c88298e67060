"""What local practice decides about the rules, gathered: calendar, minutes, paper, authority."""

from dataclasses import dataclass, field

from mailbridge.model.calendar import CalendarData
from mailbridge.rules.calendar import WorkingCalendar
from mailbridge.rules.form import Authority
from mailbridge.rules.paper import PaperRule
from mailbridge.rules.receiving import AnswerBy, HandlingTime
from mailbridge.rules.sending import UrgentMinutes
from mailbridge.rules.statuses import Catalogue


@dataclass(frozen=True, slots=True)
class Regulation:
    """The data of the rules; without a file of the office, what is shipped."""

    calendar: WorkingCalendar = field(default_factory=lambda: WorkingCalendar(CalendarData()))
    minutes: UrgentMinutes = field(default_factory=UrgentMinutes)
    paper: tuple[PaperRule, ...] = ()
    authority: tuple[Authority, ...] = ()
    handling: tuple[HandlingTime, ...] = ()
    answer: AnswerBy = AnswerBy.SAME_DAY
    statuses: Catalogue = field(default_factory=Catalogue)
