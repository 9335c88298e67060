"""Digests (bản tổng hợp): which edition is due by the working calendar, and whom what concerns."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from mailbridge.clock import VIETNAM, in_vietnam
from mailbridge.model.document import Document
from mailbridge.model.reading import FieldName, Urgency
from mailbridge.model.sending import Exchange
from mailbridge.rules.calendar import WorkingCalendar
from mailbridge.rules.wording import folded

# No holiday of Vietnam is longer; a calendar whose rows are all off must not search for ever.
_LONGEST = 60
# What is older is in the register; a mail that lists it is not read.
OLDEST = timedelta(days=14)
ME = "me"


class Edition(StrEnum):
    """Which digest of a day."""

    MORNING = "morning"
    EVENING = "evening"


@dataclass(frozen=True, slots=True)
class Filter:
    """A saved filter: all that is given must fit; nothing given lets everything pass."""

    # "me", or the address or unit of whoever handles a document.
    handler: str = ""
    types: tuple[str, ...] = ()
    # Identifiers of agencies that sent us a document, or to which we sent one.
    agencies: tuple[str, ...] = ()
    urgency: Urgency = Urgency.NORMAL

    @property
    def is_everything(self) -> bool:
        """Tell whether nothing is left out."""
        return self == Filter()

    def takes(self, document: Document, person: str) -> bool:
        """Tell whether a document that came concerns the person."""
        return (
            self._handled(document, person)
            and self._fits(document)
            and (not self.agencies or _among(document.key.agency, self.agencies))
        )

    def takes_sent(self, exchange: Exchange, document: Document, person: str) -> bool:
        """Tell whether what we sent to one recipient concerns the person."""
        return (
            self._handled(document, person)
            and self._fits(document)
            and (not self.agencies or _among(exchange.to.agency, self.agencies))
        )

    def _handled(self, document: Document, person: str) -> bool:
        wanted = person if self.handler == ME else self.handler
        return not wanted or _among(wanted, (document.handler or "", document.unit))

    def _fits(self, document: Document) -> bool:
        type_ = document.reading.value(FieldName.TYPE) or ""
        typed = not self.types or _among(type_, self.types)
        return typed and document.urgency.rank >= self.urgency.rank


@dataclass(frozen=True, slots=True)
class Reader:
    """A person who gets digests."""

    to: str
    filter: Filter = Filter()
    sheet: bool = False
    editions: tuple[Edition, ...] = tuple(Edition)


@dataclass(frozen=True, slots=True)
class Plan:
    """When digests leave an office, and for whom. Without a time there is no such edition."""

    times: dict[Edition, time] = field(default_factory=dict)
    readers: tuple[Reader, ...] = ()
    # Days before a certificate ends when it is named.
    certificate_days: int = 30


@dataclass(frozen=True, slots=True)
class Issue:
    """One edition of one day."""

    day: date
    edition: Edition
    at: datetime


def issues(plan: Plan, calendar: WorkingCalendar, now: datetime) -> Iterator[Issue]:
    """List the editions that have been due, the newest first; none on days that are off."""
    today = in_vietnam(now).date()
    for back in range(_LONGEST):
        day = today - timedelta(days=back)
        if not calendar.is_working(day):
            continue
        for edition, hour in sorted(plan.times.items(), key=lambda one: one[1], reverse=True):
            at = datetime.combine(day, hour, VIETNAM)
            if at <= now:
                yield Issue(day, edition, at)


def newest(plan: Plan, reader: Reader, calendar: WorkingCalendar, now: datetime) -> Issue | None:
    """Give the newest edition that is due for a person.

    A service that slept for days owes this one alone: it tells what the others would have told.
    """
    return next(
        (one for one in issues(plan, calendar, now) if one.edition in reader.editions), None
    )


def since(issue: Issue, last: datetime) -> datetime:
    """Give the beginning of the time of which a digest tells: where the last one ended.

    Before the first, it is when we began to watch. Raised to a fortnight ago: what a person was
    not told in that time is not news.
    """
    return max(last, issue.at - OLDEST)


def _among(word: str, words: tuple[str, ...]) -> bool:
    return folded(word) in map(folded, words)
