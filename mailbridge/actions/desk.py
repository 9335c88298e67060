"""A desk: who writes a mailbox's letters and where they leave; what is claimed lies on it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from mailbridge.actions.pacing import Pace
from mailbridge.letters.bodies import Edxml
from mailbridge.letters.compose import Sender
from mailbridge.letters.smtp import Post
from mailbridge.model.letter import ONCE, Letter, LetterKind

# What may leave by the hundred at one word of a person; answers wait for nobody.
_PACED = ONCE | {LetterKind.REMINDER}


@dataclass(frozen=True, slots=True)
class Desk:
    """Who signs a mailbox's letters, and the line over which they leave."""

    sender: Sender
    post: Post
    # Who writes the edXML in them; letters do not know that format.
    edxml: Edxml
    pace: Pace = field(default_factory=Pace)


@dataclass(frozen=True, slots=True)
class Claimed:
    """Letters that leave as one mail, and from where."""

    letters: tuple[Letter, ...]
    desk: Desk
    # Its key is away, and what may leave without leaves so.
    is_key_away: bool

    @property
    def sender(self) -> Sender:
        """Who writes it, with the key or without."""
        sender = self.desk.sender
        if not self.is_key_away or sender.signer is None:
            return sender
        return replace(sender, signer=None, is_key_away=True)

    def is_same(self, other: "Claimed") -> bool:
        """Tell whether it is the same mail, by the same key."""
        names = [[letter.id for letter in each.letters] for each in (self, other)]
        return names[0] == names[1] and self.is_key_away == other.is_key_away

    def waits_until(self, now: datetime) -> datetime | None:
        """Tell until when its destination gets no more; what is urgent is never slowed."""
        first = self.letters[0]
        if first.kind not in _PACED or first.urgent:
            return None
        return self.desk.pace.wait_until(first.to, now)

    def leaves(self, now: datetime) -> None:
        """Count it at its destination."""
        if self.letters[0].kind in _PACED:
            self.desk.pace.leaves(self.letters[0].to, now)


def laid(
    desks: Mapping[str, Desk], letters: tuple[Letter, ...], away: Collection[str]
) -> Claimed | None:
    """Lay letters on the desk of their mailbox; None where there are none. `away`: without key."""
    if not letters:
        return None
    mailbox = letters[0].mailbox
    return Claimed(letters, desks[mailbox], mailbox in away)
