"""The data of the rules, from the files of the office or from those that are shipped."""

from typing import TYPE_CHECKING

from mailbridge.settings.schema import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from mailbridge.rules.regulation import Regulation
    from mailbridge.rules.statuses import Catalogue


def regulation(settings: Settings | None) -> "Regulation":
    """Build the rules' data; raises RulesFileError or CalendarFileError. None: what is shipped."""
    from mailbridge.model.reading import Urgency
    from mailbridge.rules.calendar import WorkingCalendar
    from mailbridge.rules.form import Authority
    from mailbridge.rules.paper import PaperRule
    from mailbridge.rules.receiving import AnswerBy, HandlingTime
    from mailbridge.rules.regulation import Regulation
    from mailbridge.rules.sending import UrgentMinutes
    from mailbridge.settings import calendar_file, rules_file

    named = settings.rules if settings else None
    written = rules_file.read((named and named.file) or rules_file.SHIPPED / "rules.toml")
    days = (named and named.calendar) or rules_file.SHIPPED / "calendar.toml"
    return Regulation(
        calendar=WorkingCalendar(calendar_file.read(days)),
        minutes=UrgentMinutes(**dict(written.urgent_minutes)),
        paper=tuple(PaperRule(**dict(row)) for row in written.paper),
        authority=tuple(Authority(**dict(row)) for row in written.authority),
        handling=tuple(
            HandlingTime(row.days, row.type, Urgency(row.urgency) if row.urgency else None)
            for row in written.handling
        ),
        answer=AnswerBy(written.answer),
        statuses=_statuses(named.statuses if named else None),
    )


def _statuses(file: "Path | None") -> "Catalogue":
    from mailbridge.model.letter import Stage
    from mailbridge.rules.statuses import Catalogue, Setter, Status, faults
    from mailbridge.settings import statuses_file

    path = file or statuses_file.SHIPPED
    rows = tuple(
        Status(**{**dict(row), "setter": Setter(row.setter)}) for row in statuses_file.read(path)
    )
    wrong = faults(rows, frozenset((Stage.ASSIGNED, Stage.PROCESSING, Stage.DONE)))
    if wrong:
        raise statuses_file.StatusesFileError(f"{path}: {wrong[0]}.")
    return Catalogue(rows)
