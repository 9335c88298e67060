"""How fast receipts leave, counted in the outbox itself: what was counted outlives the process."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, case, distinct, func, or_, select, text

from mailbridge.model.letter import LetterKind
from mailbridge.registry import tables
from mailbridge.registry.database import Transaction

_TABLE = tables.table(tables.Outbox)
_KIND, _TO = _TABLE.c.kind, _TABLE.c.recipient
# A mail of several receipts is one mail; the clock may have been set back, hence the end.
_MAILS = func.count(distinct(_TABLE.c.mail)) + func.sum(case((_TABLE.c.mail.is_(None), 1), else_=0))
_LEFT = (
    select(_TO, _MAILS.label("mails"))
    .where(
        text(tables.RECEIPTS),
        _TABLE.c.sent_at > bindparam("since", type_=_TABLE.c.sent_at.type),
        _TABLE.c.sent_at <= bindparam("now", type_=_TABLE.c.sent_at.type),
    )
    .group_by(_TO)
)
# Which letters may leave, as `Held` names them.
MAY_LEAVE = and_(
    _KIND.not_in(bindparam("held", type_=_KIND.type, expanding=True)),
    or_(
        _KIND != LetterKind.RECEIPT,
        _TO.not_in(bindparam("slow", expanding=True)),
        and_(_TABLE.c.urgent.is_(True), _TO.not_in(bindparam("slower", expanding=True))),
    ),
)


@dataclass(frozen=True, slots=True)
class Held:
    """Which receipts wait: every one, or those to addresses that have had enough for now."""

    every: bool = False
    # Addresses whose receipts wait, and those of them whose urgent receipts wait as well.
    slow: tuple[str, ...] = ()
    slower: tuple[str, ...] = ()

    def values(self) -> dict[str, Any]:
        """Give the values of MAY_LEAVE."""
        held = [LetterKind.RECEIPT] if self.every else []
        return {"held": held, "slow": list(self.slow), "slower": list(self.slower)}


# None waits.
FREE = Held()


def left(tx: Transaction, since: datetime, now: datetime) -> dict[str, int]:
    """Count the mails with receipts that left since, by the address that they went to."""
    return {row.recipient: row.mails for row in tx.run(_LEFT, since=since, now=now)}
