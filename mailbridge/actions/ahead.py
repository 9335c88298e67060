"""Ahead: the next letter is composed and signed while the last one is on its way to the server.

What was made ahead is used only where it is claimed next, unchanged; else it is made anew. Nothing
is written down for it, so that a death leaves one letter in doubt, and not two.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from mailbridge.actions.desk import Claimed, Desk, laid
from mailbridge.actions.house import House
from mailbridge.actions.locking import peers
from mailbridge.letters.compose import Composed, compose
from mailbridge.letters.unsigned import KeyFault, UnsignedError
from mailbridge.model.letter import Letter, LetterKind
from mailbridge.registry.claiming import Due

# Octets. Two letters of 35 MB would be in memory at once, and they take long to send anyway.
_LARGE = 2 * 1024 * 1024


@dataclass(slots=True)
class Ahead:
    """Writes letters, and hands each over beside while it makes the next."""

    house: House
    desks: Mapping[str, Desk]
    now: Callable[[], datetime]
    beside: Executor
    # What was taken last: what follows it is made ahead.
    due: Due = field(default_factory=Due)
    _made: tuple[Claimed, Composed] | None = field(default=None, init=False)
    _failed: tuple[Claimed, UnsignedError] | None = field(default=None, init=False)

    def composed(self, claimed: Claimed) -> Composed:
        """Give the mail, as it was made ahead or anew; raises what `compose` raises."""
        made, failed = self._made, self._failed
        self._made = self._failed = None
        if failed is not None and _asks_again(*failed, claimed):
            raise failed[1]
        if made is not None and made[0].is_same(claimed):
            return made[1]
        return self._compose(claimed)

    def hand_over(self, claimed: Claimed, mail: Composed) -> None:
        """Hand it over, and make the next one meanwhile; raises what `Post.post` raises."""
        post = claimed.desk.post.post
        mail_from = _envelope_sender(claimed.letters[0], claimed)
        if len(mail.octets) > _LARGE:
            post(mail, mail_from=mail_from)
            return
        sending = self.beside.submit(post, mail, mail_from=mail_from)
        # What is wrong with the next letter, be it a bug, shows when it is its turn.
        with suppress(Exception):
            self._look_ahead()
        sending.result()

    def _look_ahead(self) -> None:
        if self.due.following is None:
            return
        now = self.now()
        following = laid(self.desks, (self.due.following(),), self.due.away)
        if following is None or following.waits_until(now) is not None:
            return
        try:
            self._made = (following, self._compose(following))
        except UnsignedError as error:
            self._failed = (following, error)

    def _compose(self, claimed: Claimed) -> Composed:
        known = peers(self.house, self.now())
        blobs, edxml = self.house.blobs.path, claimed.desk.edxml
        return compose(claimed.letters, claimed.sender, blobs, edxml, known)


def _asks_again(before: Claimed, error: UnsignedError, claimed: Claimed) -> bool:
    """Tell whether a mail would ask again for a key that failed: a PIN refused thrice locks it."""
    if before.is_same(claimed):
        return True
    is_same_key = error.fault is not KeyFault.OPENPGP and claimed.sender.signer is not None
    return is_same_key and before.letters[0].mailbox == claimed.letters[0].mailbox


def _envelope_sender(letter: Letter, claimed: Claimed) -> str:
    # RFC 8098 §3: a receipt has the null sender, so that it is never answered.
    if letter.kind in {LetterKind.RECEIPT, LetterKind.WARNING}:
        return ""
    return claimed.desk.sender.address
