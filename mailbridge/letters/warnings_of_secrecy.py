"""The warning to an agency whose mail bore a mark of secrecy (Điều 5.1): fixed words alone.

Nothing of the mail is repeated: no subject, no name of a file, no level, no identifier. A sender
who is not in the directory, and whatever was sent by a machine, gets none.
"""

from datetime import datetime

from mailbridge.letters.ids import message_id
from mailbridge.model.letter import Letter, LetterKind, Party, WarningFacts


def warning(
    incident: int, by: Party, to: Party, mailbox: str, secret: bytes, now: datetime
) -> Letter:
    """Make the one warning of an incident."""
    return Letter(
        id=message_id(secret, "warning", to.address, str(incident)),
        kind=LetterKind.WARNING,
        mailbox=mailbox,
        to=to.address,
        facts=WarningFacts(by=by, to=to, received_at=now),
        owed_at=now,
        not_before=now,
        urgent=True,
    )
