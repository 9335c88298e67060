"""Incidents of secrecy: what came with a mark, and what became of its octets (Điều 5.1)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mailbridge.model.slot import Fingerprint, Slot


class ImpoundState(StrEnum):
    """Where the octets of an impounded mail are."""

    # Locked for the cơ yếu officer, in the folder of impounded mails; nothing of ours opens it.
    KEPT = "kept"
    # Nowhere here: there was no certificate of the officer. The mail lies on its server.
    ABSENT = "absent"
    # The officer had the locked form erased, or took note of what is absent.
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Impoundment:
    """One impounded mail. Of what it says nothing is here, its level aside. `id` is 0 until stored.

    `size` is in octets; `level` is the mark as the law names it.
    """

    id: int
    office: str
    ledger: int
    digest: Fingerprint
    size: int
    slot: Slot
    level: str
    at: datetime
    state: ImpoundState
    # How the officer proved himself, and when it was erased.
    by: str = ""
    erased_at: datetime | None = None
