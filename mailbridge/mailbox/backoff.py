"""When to try again after a lost connection: a pure schedule."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Backoff:
    """Doubling pauses with jitter, so that 500 mailboxes do not return to a server at once."""

    first: float = 1.0
    # One mail server restarts within minutes: a document must not wait longer than that for us.
    longest: float = 300.0
    # A wrong password tried often locks the account for the clerks, too.
    rejected: float = 900.0

    def pause(self, failures: int, random: Callable[[], float]) -> float:
        """Tell the seconds to wait after so many failures in a row; `random` gives [0, 1)."""
        if failures <= 0:
            return 0.0
        # The exponent is bounded: 2.0 ** 2000 overflows after a week without a server.
        full = min(self.longest, self.first * 2.0 ** min(failures - 1, 32))
        return _spread(full, random)

    def pause_rejected(self, random: Callable[[], float]) -> float:
        """Tell the seconds to wait after the server did not accept the secret."""
        return _spread(self.rejected, random)


def _spread(full: float, random: Callable[[], float]) -> float:
    return full * (0.5 + random() / 2)
