"""Straying: what of a mail's answers changed nothing, for a person to read: a few rows a mail.

Anybody may put a hundred answers into one mail; what a person reads each morning must hold the
strays of all mails.
"""

from dataclasses import dataclass
from datetime import datetime

from mailbridge.actions.case import Case
from mailbridge.model.sending import Exchange, Stray, StrayKind
from mailbridge.model.statement import Strayed
from mailbridge.registry import journal, strays
from mailbridge.registry.database import Transaction

# Rows of a mail from an agency of the directory; of anybody else's it is one.
MOST = 20


@dataclass(frozen=True, slots=True)
class Lost:
    """One answer that changed nothing; `about` names it where a mail has several."""

    judged: Strayed
    exchange: Exchange | None = None
    about: str = ""


def write(tx: Transaction, case: Case, found: list[Lost], now: datetime, *, known: bool) -> None:
    """Write them down, those about documents of ours first; the last row counts what has none.

    `known`: the mailbox in From is of an agency of the directory.
    """
    first: dict[tuple[StrayKind, str], Lost] = {}
    for one in found:
        # The same fault of the same answer is one.
        first.setdefault((one.judged.kind, one.about), one)
    every = sorted(first.values() if known else found, key=lambda one: one.exchange is None)
    most = MOST if known else 1
    for at, one in enumerate(every[:most], 1):
        more = len(every) - most if at == most else 0
        _add(tx, case, one, more, now, about=one.about if known else "")


def _add(tx: Transaction, case: Case, lost: Lost, more: int, now: datetime, *, about: str) -> None:
    judged, office = lost.judged, case.office
    exchange = lost.exchange.id if lost.exchange is not None else None
    rest = f" Thư này còn {more} phản hồi khác không làm thay đổi gì." if more > 0 else ""
    why = judged.why + rest
    strays.add(tx, Stray(0, office, case.ledger, judged.kind, why, now, exchange, about=about))
    data = {"kind": judged.kind.value, "exchange": str(exchange or "")}
    if rest:
        data["more"] = str(more)
    journal.append(tx, office, "strayed", f"mail:{case.ledger}", data, now)
