"""Recalls by which nothing was destroyed: listed each, with the reason of now; the clerk is told.

A flood of them is told in a few letters: by day one of an agency's seals, one of what else is said
in its name, and one of all strangers. Each is in the list.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mailbridge.actions.case import Case
from mailbridge.actions.house import House
from mailbridge.actions.owing import Alarm, tell
from mailbridge.clock import in_vietnam
from mailbridge.letters.recall_alerts import doubtful
from mailbridge.model.sending import Stray, StrayKind
from mailbridge.registry import ledger, strays, unproven
from mailbridge.registry.database import Transaction

GIVEN_UP = "thư không kiểm tra lại được và chưa trả lời nơi gửi; văn thư xem xét, liên hệ nơi gửi"
_CHECKED = "Đã kiểm tra được chữ ký số."


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is wrong with a recall. `why` is Vietnamese, for the clerk."""

    kind: StrayKind
    why: str
    # Whose mailbox it came from; empty of strangers.
    agency: str = ""
    # Whether a seal of that agency's may be over it: nobody else takes the place of its alert.
    is_sealed: bool = False
    # Which of several recalls in one mail.
    about: str = ""


def doubt(tx: Transaction, house: House, case: Case, found: Doubt, now: datetime) -> None:
    """List a recall that changed nothing, and tell the clerk unless it was told already."""
    stray = Stray(0, case.office, case.ledger, found.kind, found.why, now, about=found.about)
    if not strays.anew(tx, stray):
        return
    sender = case.mail.from_[0].spec if case.mail.from_ else ""
    facts = doubtful(case.ledger, sender, found.why, now)
    day = in_vietnam(now).date().isoformat()
    word = "sealed" if found.is_sealed else ""
    cause = ("recall-doubtful", case.office, found.agency, word, day)
    tell(tx, house, Alarm(case.arrival.slot.mailbox, cause, facts), now)


def given_up(tx: Transaction, house: House, waiting: unproven.Waiting, now: datetime) -> None:
    """Say of a mail that waited that nobody will check it any more, nor answer it: a person may."""
    if not strays.reword(tx, waiting.ledger, (*waiting.names, ""), GIVEN_UP):
        return
    row = ledger.get(tx, waiting.ledger)
    if row is not None:
        facts = doubtful(row.id, row.sender, GIVEN_UP, row.first_seen)
        tell(tx, house, Alarm(row.mailbox, ("recall-given-up", str(row.id)), facts), now)


def no_more(tx: Transaction, case: Case, names: Sequence[str], why: str) -> None:
    """Say of the recalls that waited in a mail why they do so no more."""
    strays.reword(tx, case.ledger, names, why)


def proven(tx: Transaction, case: Case, about: str, now: datetime) -> None:
    """Close what was found wrong with a recall that is proven now."""
    strays.settle(tx, case.ledger, about, _CHECKED, now)
