"""Settings into live objects: the only package that knows every class.

It imports inside its builders, so that a command loads what it uses and no more.
"""

from mailbridge.wiring.digests import key_ends
from mailbridge.wiring.examining import limits, machine, permissions, rooms
from mailbridge.wiring.keys import signer
from mailbridge.wiring.mails import imap
from mailbridge.wiring.offices import custody, database, duty, house, leader, prepared
from mailbridge.wiring.printing import drawer, layout
from mailbridge.wiring.regulation import regulation
from mailbridge.wiring.soundness import unusable

__all__ = [
    "custody",
    "database",
    "drawer",
    "duty",
    "house",
    "imap",
    "key_ends",
    "layout",
    "leader",
    "limits",
    "machine",
    "permissions",
    "prepared",
    "regulation",
    "rooms",
    "signer",
    "unusable",
]
