"""The program under measurement: its settings, its process, and its register seen from outside."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from benchmarks import processes
from benchmarks.world import CLERK, World
from mailbridge.demo.agencies import OWN, SENDER, directory_text, enrolled

ROOT = Path(__file__).resolve().parents[1]
_SETTLED = "SELECT count(*) FROM ledger WHERE settled_at IS NOT NULL"
_LABELS = """
SELECT l.message_id, l.outcome, (SELECT d.verdict FROM document d WHERE d.ledger = l.id)
FROM ledger l
"""


@dataclass(frozen=True, slots=True)
class Setup:
    """What differs between the measurements."""

    watch: str = "idle"
    start: str = "all"
    filing: str = "none"
    # Without it, letters are owed and wait.
    posts: bool = False
    # A plain port, such as a proxy's; None is IMAPS.
    imap_port: int | None = None


class Product:
    """An office in a folder of its own, which watches one mailbox."""

    def __init__(self, world: World, name: str, user: str, setup: Setup | None = None) -> None:
        self.folder = world.folder / name
        self.register = self.folder / "state" / "register.sqlite3"
        self._world = world
        self._user = user
        self._setup = setup or Setup()
        self._process: subprocess.Popen[bytes] | None = None
        self._is_wrapped = False
        self._log = self.folder / "log"
        self._write()

    def change(self, **changes: object) -> None:
        """Write the settings anew with these changes; the next start takes them."""
        self._setup = replace(self._setup, **changes)  # type: ignore[arg-type]
        self._write()

    def start(self, *wrapper: str) -> None:
        """Start the service; returns at once."""
        self._is_wrapped = bool(wrapper)
        run = [sys.executable, "-m", "mailbridge", "run", "--config"]
        kept = {name: v for name, v in os.environ.items() if not re.match("NOTIFY|JOURNAL", name)}
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [*wrapper, *run, str(self.folder / "mailbridge.toml")],
                cwd=ROOT,
                stdout=log,
                stderr=log,
                env={**kept, "PYTHONPATH": str(ROOT)},
            )

    def ready(self) -> None:
        """Wait until it says that it is ready, and a little for its watcher to be there."""
        self.until(lambda: b'"ready"' in self._log.read_bytes(), "ready")
        self.until(
            lambda: b"starting point" in self._log.read_bytes() or self.settled(), "watching"
        )
        time.sleep(1)

    @property
    def pid(self) -> int:
        """The process that was started."""
        if self._process is None:
            raise RuntimeError("not started")
        return self._process.pid

    def use(self) -> processes.Use:
        """Tell what the whole tree of processes has used."""
        return processes.use(self.pid)

    def settled(self) -> int:
        """Count the mails that are settled."""
        return int(self.ask(_SETTLED)[0][0])

    def await_settled(self, amount: int, patience: float = 300, pause: float = 0.02) -> None:
        """Wait until so many mails are settled."""
        self.until(lambda: self.settled() >= amount, f"{amount} settled", patience, pause)

    def labels(self) -> dict[str, tuple[str, str]]:
        """Tell outcome and verdict by Message-ID."""
        return {str(row[0]).strip("<>"): (row[1], row[2]) for row in self.ask(_LABELS)}

    def ask(self, query: str) -> list[tuple[object, ...]]:
        """Read the register; empty while there is none."""
        try:
            with closing(sqlite3.connect(f"file:{self.register}?mode=ro", uri=True)) as rows:
                return rows.execute(query).fetchall()
        except sqlite3.OperationalError:
            return [(0,)]

    def until(
        self, holds: Callable[[], object], what: str, patience: float = 60, pause: float = 0.02
    ) -> None:
        """Wait until something holds; show the log if it never does."""
        deadline = time.monotonic() + patience
        while not holds():
            if self._process is None or self._process.poll() is not None:
                raise RuntimeError(f"ended before: {what}\n{self.tail()}")
            if time.monotonic() > deadline:
                raise RuntimeError(f"not within {patience:g} s: {what}\n{self.tail()}")
            time.sleep(pause)

    @property
    def log(self) -> bytes:
        """What it has logged since its last start."""
        return self._log.read_bytes()

    def tail(self) -> str:
        """Show the end of its log."""
        return self.log[-3000:].decode(errors="replace")

    def stop(self) -> None:
        """Ask it to leave, and wait; under a wrapper, its child is asked."""
        process, self._process = self._process, None
        if process is None or process.poll() is not None:
            return
        asked = processes.tree(process.pid)[1:2] if self._is_wrapped else [process.pid]
        for pid in asked:
            os.kill(pid, signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _write(self) -> None:
        keys = self._world.keys
        self.folder.mkdir(parents=True, exist_ok=True)
        keys.write_trust(self.folder / "trust")
        own = enrolled(keys.own_mailbox.fingerprint, "mailbox")
        known = {"seal": keys.seal, "person": keys.person, "mailbox": keys.mailbox}
        theirs = [enrolled(each.fingerprint, role) for role, each in known.items()]
        directory = directory_text((SENDER.agency(theirs), OWN.agency((own,))))
        (self.folder / "agencies.toml").write_text(directory, encoding="utf-8")
        (self.folder / "key.p12").write_bytes(keys.own_mailbox.p12("khoa"))
        (self.folder / "passphrase").write_text("khoa", encoding="utf-8")
        (self.folder / "secret").write_text(self._world.host.passwords[self._user], "utf-8")
        (self.folder / "mailbridge.toml").write_text(self._settings(), encoding="utf-8")

    def _settings(self) -> str:
        setup, host = self._setup, self._world.host
        tls = f'secret = {{ file = "secret" }}\nca_file = "{host.ca_file}"\n'
        security = "none" if setup.imap_port else "tls"
        smtp = f"""[mailbox.smtp]
host = "localhost"
port = {host.submission_port}
security = "starttls"
user = "{OWN.mailbox}"
{tls}"""
        return f"""[office]
agency = "{OWN.code}"
clerk = "{CLERK}"
[state]
folder = "state"
[directory]
file = "agencies.toml"
[trust]
folder = "trust"
[network]
dns = false
fetch_revocation = false
[sending]
receipts_per_minute = 0
receipts_most = 0
[intake]
start = "{setup.start}"
[[mailbox]]
name = "vanthu"
address = "{OWN.mailbox}"
[mailbox.imap]
host = "localhost"
port = {setup.imap_port or host.imaps_port}
security = "{security}"
user = "{self._user}"
watch = "{setup.watch}"
{tls}[mailbox.filing]
method = "{setup.filing}"
{smtp if setup.posts else ""}[mailbox.key]
file = "key.p12"
passphrase = {{ file = "passphrase" }}
"""
