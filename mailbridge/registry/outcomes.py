"""Outcomes as columns of the ledger."""

from typing import assert_never

from mailbridge.model.outcome import (
    Applied,
    Deferred,
    Duplicate,
    Held,
    Impounded,
    Noted,
    Outcome,
    OutcomeName,
    Quarantined,
    Registered,
)

Columns = dict[str, object]


def columns_of(outcome: Outcome) -> Columns:
    """Give the columns of an outcome; a further ending is an error of the types here."""
    match outcome:
        case Registered(numbers):
            written = " ".join(map(str, numbers))
            return {"outcome": OutcomeName.REGISTERED, "numbers": written}
        case Held(reason, detail, lane, refusal):
            return {
                "outcome": OutcomeName.HELD,
                "reason": reason.value,
                "detail": detail,
                "lane": lane,
                "refusal": refusal.value if refusal else None,
            }
        case Duplicate(of):
            return {"outcome": OutcomeName.DUPLICATE, "duplicate_of": of}
        case Impounded(mark):
            return {"outcome": OutcomeName.IMPOUNDED, "detail": mark}
        case Quarantined(reason, detail):
            return {
                "outcome": OutcomeName.QUARANTINED,
                "reason": reason.value,
                "detail": detail,
            }
        case Applied(to):
            return {"outcome": OutcomeName.APPLIED, "detail": to}
        case Noted(kind):
            return {"outcome": OutcomeName.NOTED, "detail": kind.value}
        case Deferred(until, detail):
            return {"outcome": OutcomeName.DEFERRED, "until": until, "detail": detail}
        case _ as never:
            assert_never(never)
