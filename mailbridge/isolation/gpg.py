"""One run of gpg: fixed options, no secrets in arguments, and of what it says the status lines.

What a mail holds reaches it as a file alone.
"""

import copy
import io
import logging
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, ClassVar

import gnupg

_OPTIONS = (
    # No agent, no key server, no look-up of any kind: what is not at hand is not known.
    "--no-autostart",
    "--no-options",
    "--disable-dirmngr",
    "--no-auto-key-retrieve",
    "--no-auto-key-locate",
    "--no-auto-check-trustdb",
    "--no-random-seed-file",
    "--trust-model=always",
    "--pinentry-mode=loopback",
    # Times are judged by whoever asks, as of the moment that he asks for.
    "--ignore-time-conflict",
    "--ignore-valid-from",
)
# A message with a million signatures has a line or more for each.
_STATUS_SIZE = 1024 * 1024
_MARK = b"[GNUPG:] "

# It warns of every exit status that is not 0: that is our business.
logging.getLogger("gnupg").setLevel(logging.CRITICAL + 1)


@dataclass(slots=True)
class Run:
    """What one run gave: status lines as (keyword, rest), standard output, exit status."""

    lines: list[tuple[str, str]] = field(default_factory=list)
    data: bytes = b""
    returncode: int = -1
    stderr: str = ""
    # More status lines came than anybody reads: nothing of the run is to be believed.
    overflown: bool = False

    def has(self, *keywords: str) -> bool:
        """Tell whether a line with one of these keywords came."""
        return any(keyword in keywords for keyword, _ in self.lines)

    def values(self, keyword: str) -> list[list[str]]:
        """List the words of every line with that keyword."""
        return [rest.split(" ") for each, rest in self.lines if each == keyword]


class _Program(gnupg.GPG):  # type: ignore[misc]
    """python-gnupg starts gpg and joins its pipes; the status lines are read more strictly."""

    def _read_response(self, stream: Any, result: Run) -> None:
        """Read status lines as octets.

        The library decodes first and lets Unicode say where lines end: a user ID, a notation or
        any text with the octet 0x85 in it could then write status lines of its own.
        """
        read = 0
        octets: IO[bytes] = stream.stream
        for line in octets:
            read += len(line)
            result.overflown = read > _STATUS_SIZE
            if result.overflown or not line.startswith(_MARK):
                continue
            keyword, _, rest = line[len(_MARK) :].rstrip(b"\r\n").partition(b" ")
            result.lines.append((keyword.decode("latin-1"), rest.decode("latin-1")))

    def run(self, arguments: Sequence[str], passphrase: str | None) -> Run:
        # Octets of UTF-8, which is what gpg takes, through a library that writes Latin-1.
        word = (
            None if passphrase is None else passphrase.encode("utf-8", "replace").decode("latin-1")
        )
        result = Run()
        self._handle_io(list(arguments), io.BytesIO(), result, word, binary=True)
        return result


class Gpg:
    """gpg with a home folder of its own; `home` must be a short path."""

    # The library asks gpg for its version whenever an object is made: a process asks once.
    _asked: ClassVar[_Program | None] = None

    def __init__(self, home: Path) -> None:
        home.mkdir(mode=0o700, exist_ok=True)
        self.home = home
        log = str(home / "log")
        # What it says to people goes elsewhere: the other channel holds status lines alone.
        options = [*_OPTIONS, "--logger-file", log]
        if Gpg._asked is None:
            Gpg._asked = _Program(gnupghome=str(home))
        self._program = copy.copy(Gpg._asked)
        self._program.gnupghome, self._program.options = str(home), options

    def verify(self, *arguments: str) -> Run:
        """Run it on signatures, all of which it is to tell: in batch mode it stops at a bad one."""
        return self._program.run(("--no-batch", *arguments), None)

    def run(self, *arguments: str, passphrase: str | None = None) -> Run:
        """Run gpg once and wait for it; raises OSError where it cannot be started."""
        return self._program.run(arguments, passphrase)


def is_there() -> bool:
    """Tell whether gpg is on this machine."""
    return shutil.which("gpg") is not None
