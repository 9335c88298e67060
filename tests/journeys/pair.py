"""Two agencies with mailbridge each, and a third that has nothing but a mailbox, on one mail host.

with Pair(tmp_path, mailhost) as pair:
    pair.ours.start()
    pair.theirs.start()
    pair.ours.send(pair.paper("1"), pair.theirs, pair.plain)
"""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from mailbridge import clock
from mailbridge.demo import seals
from mailbridge.demo.agencies import (
    NEIGHBOUR,
    OWN,
    SENDER,
    Invented,
    directory_text,
    enrolled,
)
from mailbridge.demo.hierarchy import Hierarchy
from mailbridge.demo.papers import Paper, pdf
from mailbridge.demo.pki import Identity
from mailbridge.model.sending import Exchange
from mailbridge.registry import exchanges
from tests.journeys.office import PASSWORD, Office
from tests.journeys.servers.mailhost import MailHost


class Peer(Office):
    """One of the two; `who` is the agency, and `key` signs the letters of its mailbox."""

    def __init__(
        self,
        folder: Path,
        host: MailHost,
        who: Invented,
        key: Callable[[Hierarchy], Identity],
        *,
        change: Callable[[str], str] = lambda text: text,
    ) -> None:
        self.who, self._key = who, key
        super().__init__(folder, host, change=lambda text: change(self._named(text)))

    def _named(self, text: str) -> str:
        return text.replace(f'agency = "{OWN.code}"', f'agency = "{self.who.code}"')

    def know(self, directory: str, key: Identity) -> None:
        """Write whom it exchanges documents with, and the key of its mailbox."""
        (self.folder / "agencies.toml").write_text(directory, encoding="utf-8")
        (self.folder / "key.p12").write_bytes(key.p12("khoa"))

    def send(self, octets: bytes, *to: str, name: str = "van-ban.pdf", **more: str) -> str:
        """Send a document by the command line; gives what it said."""
        path = self.folder / name
        path.write_bytes(octets)
        options = [word for one in to for word in ("--to", one)]
        options += [word for key, value in more.items() for word in (f"--{key}", value)]
        done = self.run("send", str(path), *options)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def exchanges(self) -> tuple[Exchange, ...]:
        """List what it sent to whom, the oldest first."""
        database = self.database
        with database.reading() as tx:
            found = tuple(reversed(exchanges.listed(tx, self.who.code, limit=1000)))
        database.close()
        return found

    def exchange_with(self, agency: str) -> Exchange:
        """Find its newest exchange with an agency."""
        return [one for one in self.exchanges() if one.to.agency == agency][-1]


class Pair:
    """Ours, theirs, and the address of a plain mailbox."""

    def __init__(
        self,
        folder: Path,
        host: MailHost,
        *,
        change: Callable[[str], str] = lambda text: text,
    ) -> None:
        self.host = host
        self.ours = Peer(folder / "ours", host, OWN, lambda keys: keys.own_mailbox, change=change)
        self.theirs = Peer(folder / "theirs", host, SENDER, lambda keys: keys.mailbox)
        self.plain = host.new_mailbox("tron")
        self.keys = self.ours.keys
        # One hierarchy of keys serves both.
        self.keys.write_trust(folder / "theirs" / "trust")
        directory = self._directory()
        self.ours.know(directory, self.keys.own_mailbox)
        self.theirs.know(directory, self.keys.mailbox)
        self._stack = ExitStack()

    def paper(self, number: str, summary: str = "về việc thử", **more: Any) -> bytes:
        """Print a document of ours and sign it with our seal."""
        given: dict[str, Any] = {
            "issuer": OWN.name.upper(),
            "superior": OWN.superior.upper(),
            "place": "Ví Dụ",
        }
        made = Paper(
            number, "CV/ĐU", clock.in_vietnam(clock.now()).date(), summary, **{**given, **more}
        )
        return seals.seal_pdf(pdf(made), self.keys.own_seal, self.keys.now)

    def _directory(self) -> str:
        made = self.keys
        ours = replace(OWN, mailbox=self.ours.address)
        theirs = replace(SENDER, mailbox=self.theirs.address)
        plain = replace(NEIGHBOUR, mailbox=self.plain)
        return directory_text(
            (
                theirs.agency(
                    (
                        enrolled(made.seal.fingerprint, "seal"),
                        enrolled(made.mailbox.fingerprint, "mailbox"),
                    )
                ),
                plain.agency((enrolled(made.neighbour_mailbox.fingerprint, "mailbox"),)),
                ours.agency(
                    (
                        enrolled(made.own_seal.fingerprint, "seal"),
                        enrolled(made.own_mailbox.fingerprint, "mailbox"),
                    )
                ),
            )
        )

    def __enter__(self) -> Self:
        self._stack.callback(_ended, self.ours)
        self._stack.callback(_ended, self.theirs)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.__exit__(kind, error, trace)


def _ended(peer: Peer) -> None:
    if not peer.ended():
        peer.stop()


__all__ = ["PASSWORD", "Pair", "Peer"]
