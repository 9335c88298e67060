"""One agency with mailbridge on a real mail host: settings, trust, directory, the program.

with Office(tmp_path, mailhost) as office:
    office.receive(office.sealed_mail("123"))
    office.settled(1)
"""

import itertools
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from email.utils import format_datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy.exc import OperationalError, ProgrammingError

from mailbridge.demo import seals
from mailbridge.demo.agencies import NEIGHBOUR, OWN, SENDER, directory_text, enrolled
from mailbridge.demo.hierarchy import Hierarchy, hierarchy
from mailbridge.demo.papers import Paper, pdf
from mailbridge.model.letter import Letter, LetterState
from mailbridge.model.outcome import OutcomeName
from mailbridge.model.records import JournalCheck, LedgerRow
from mailbridge.registry import documents, journal, ledger, outbox
from mailbridge.registry.database import Database
from tests.journeys.servers.mailhost import MailHost

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "mat-khau"
_numbers = itertools.count(1)


class Office:
    """Settings and state lie in `folder`; the mailboxes on the host are this office's own."""

    def __init__(
        self,
        folder: Path,
        host: MailHost,
        *,
        change: Callable[[str], str] = lambda text: text,
        smtp_port: int | None = None,
        register: str | None = None,
    ) -> None:
        self.folder = folder
        # URL of a register on PostgreSQL; None: SQLite in the folder.
        self._register = register
        self.host = host
        self.keys: Hierarchy = hierarchy(datetime.now(UTC).replace(microsecond=0, second=0))
        self.address = host.new_mailbox("vanthu")
        self.clerk = host.new_mailbox("nhanvien")
        self.head = host.new_mailbox("lanhdao")
        for known in (SENDER.mailbox, NEIGHBOUR.mailbox):
            if known not in host.passwords:
                host.dovecot.enroll(known, PASSWORD)
        self._change = change
        self._smtp_port = smtp_port or host.submission_port
        self._process: subprocess.Popen[bytes] | None = None
        self.config = folder / "mailbridge.toml"
        self.log = folder / "log"
        self._write()

    # What the outside world does.

    def receive(self, octets: bytes) -> None:
        """Put a mail into the office's mailbox; it is there when this returns."""
        self.host.hand_over(octets, self.address, sender=SENDER.mailbox)

    def paper(self, number: str, **changes: object) -> bytes:
        """Print an invented document."""
        made = Paper(number, "CV/VPTU", date(2026, 11, 20), f"về việc thử số {number}", **changes)  # type: ignore[arg-type]
        return pdf(made)

    def sealed_mail(self, number: str, *, subject: str = "", **changes: object) -> bytes:
        """Write the sending agency's mail with a sealed document."""
        sealed = seals.seal_pdf(self.paper(number, **changes), self.keys.seal, self.keys.now)
        return self.mail(entity(sealed, f"{number}.pdf"), subject=subject or f"CV {number}")

    def signed_mail(self, number: str) -> bytes:
        """Write a signed mail whose document bears no signature."""
        inner = entity(self.paper(number), f"{number}.pdf")
        return self.mail(seals.sign_mail(inner, self.keys.mailbox, self.keys.now))

    def mail(
        self,
        content: bytes,
        *,
        subject: str = "Văn bản",
        sender: str = SENDER.mailbox,
        extra: str = "",
    ) -> bytes:
        """Put the header of a mail before an entity."""
        head = (
            f"Received: from a by b; {format_datetime(datetime.now(UTC))}\r\n"
            f"From: Van phong <{sender}>\r\nTo: <{self.address}>\r\n"
            f"Subject: {subject}\r\nDate: {format_datetime(datetime.now(UTC))}\r\n"
            f"Message-ID: <m{next(_numbers)}.{time.time_ns()}@hungyen.gov.vn>\r\n{extra}"
            "MIME-Version: 1.0\r\n"
        )
        return head.encode() + content

    # The running program.

    def start(self, *wrapper: str) -> None:
        """Start the service and wait until it says that it is ready."""
        before = self.log.read_bytes().count(b'"ready"') if self.log.exists() else 0
        command = [
            *wrapper,
            sys.executable,
            "-m",
            "mailbridge",
            "run",
            "--config",
            str(self.config),
        ]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT, stdout=log, stderr=log, env=_clean()
            )
        self.until(
            lambda: self.log.read_bytes().count(b'"ready"') > before or self.ended(), "ready"
        )

    def start_doomed(self, *injection: str) -> None:
        """Start the service, perhaps under a strace that kills it at a system call."""
        doom = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", *injection] if injection else []
        command = [*doom, sys.executable, "-m", "mailbridge", "run", "--config", str(self.config)]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT, stdout=log, stderr=log, env=_clean(), start_new_session=True
            )

    def poll_traced(self, *options: str) -> None:
        """Run one round under strace."""
        command = ["strace", *options, sys.executable, "-m", "mailbridge", "poll", "--once"]
        done = subprocess.run(
            [*command, "--config", str(self.config)],
            cwd=ROOT,
            capture_output=True,
            timeout=120,
            env=_clean(),
            check=False,
        )
        assert done.returncode == 0, done.stderr[-2000:]

    def pause(self, seconds: float) -> None:
        """Let the program run for a while, unless it ends."""
        assert self._process is not None
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)

    def ended(self) -> bool:
        """Tell whether the program is not running."""
        return self._process is None or self._process.poll() is not None

    @property
    def pid(self) -> int:
        """The process that was started."""
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        """End the program as a power cut would."""
        if self._process is not None and self._process.poll() is None:
            with suppress(ProcessLookupError):
                # The whole session: strace would let its tracee live on.
                os.killpg(self._process.pid, signal.SIGKILL)
        self.join()

    def stop(self) -> int:
        """Ask the program to leave, and tell its exit status."""
        assert self._process is not None
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        return self.join()

    def join(self) -> int:
        """Wait for the end of the program."""
        assert self._process is not None
        status = self._process.wait(timeout=30)
        self._process = None
        return status

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one command of the program to its end."""
        command = [sys.executable, "-m", "mailbridge", *arguments, "--config", str(self.config)]
        return subprocess.run(
            command,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
            env=_clean(),
            check=False,
        )

    def poll(self) -> None:
        """Run one round of the program, and more where a server asked for patience (4xx)."""
        for _ in range(4):
            done = self.run("poll", "--once")
            assert done.returncode == 0, done.stderr
            if all(x.state in {LetterState.SENT, LetterState.FAILED} for x in self.letters()):
                return
            time.sleep(6)

    # What it wrote.

    @property
    def database(self) -> Database:
        """The register, opened anew."""
        return Database(self._register or self.folder / "state" / "register.sqlite3")

    def rows(self) -> tuple[LedgerRow, ...]:
        """List the ledger, oldest first."""
        if not self._register and not (self.folder / "state" / "register.sqlite3").exists():
            return ()
        database = self.database
        try:
            with database.reading() as tx:
                return tuple(reversed(ledger.rows(tx, limit=10_000)))
        except (OperationalError, ProgrammingError):
            # The program was ended before it had made its tables.
            return ()
        finally:
            database.close()

    def settled(self, count: int, patience: float = 60) -> tuple[LedgerRow, ...]:
        """Wait until so many mails are settled."""
        self.until(
            lambda: sum(row.outcome is not None for row in self.rows()) >= count,
            f"{count} settled",
            patience,
        )
        return self.rows()

    def numbers(self) -> list[int]:
        """List the numbers of the book, in order."""
        database = self.database
        with database.reading() as tx:
            entered = documents.entered(tx, limit=10_000)
        database.close()
        return sorted(d.number.ordinal for d in entered if d.number)

    def letters(self) -> tuple[Letter, ...]:
        """List all letters, oldest first."""
        database = self.database
        with database.reading() as tx:
            found = tuple(reversed(outbox.letters(tx, limit=10_000)))
        database.close()
        return found

    def journal(self) -> JournalCheck:
        """Check the journal's chain."""
        database = self.database
        with database.reading() as tx:
            check = journal.verify(tx, OWN.code)
        database.close()
        return check

    def outcomes(self) -> list[OutcomeName | None]:
        """List the outcomes, oldest first."""
        return [row.outcome for row in self.rows()]

    def until(self, holds: Callable[[], object], what: str, patience: float = 60) -> None:
        """Wait until something holds; show the log if it never does."""
        deadline = time.monotonic() + patience
        while not holds():
            if time.monotonic() > deadline:
                tail = self.log.read_text(errors="replace")[-4000:] if self.log.exists() else ""
                raise AssertionError(f"not within {patience} s: {what}\n{tail}")
            time.sleep(0.05)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill() if self._process is not None else None

    def _write(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.keys.write_trust(self.folder / "trust")
        agencies = (
            SENDER.agency(
                (
                    enrolled(self.keys.seal.fingerprint, "seal"),
                    enrolled(self.keys.person.fingerprint, "person"),
                    enrolled(self.keys.mailbox.fingerprint, "mailbox"),
                )
            ),
            NEIGHBOUR.agency((enrolled(self.keys.neighbour_mailbox.fingerprint, "mailbox"),)),
            OWN.agency((enrolled(self.keys.own_mailbox.fingerprint, "mailbox"),)),
        )
        (self.folder / "agencies.toml").write_text(directory_text(agencies), encoding="utf-8")
        (self.folder / "key.p12").write_bytes(self.keys.own_mailbox.p12("khoa"))
        (self.folder / "secret").write_text(PASSWORD)
        (self.folder / "passphrase").write_text("khoa")
        self.config.write_text(self._change(self._settings()), encoding="utf-8")

    def _settings(self) -> str:
        server = f'''user = "{self.address}"
secret = {{ file = "secret" }}
ca_file = "{self.host.ca_file}"
timeout_seconds = 20.0
'''
        return f'''[office]
agency = "{OWN.code}"
clerk = "{self.clerk}"
head = "{self.head}"
[state]
folder = "state"
{f'database = "{self._register}"' if self._register else ""}
[directory]
file = "agencies.toml"
[trust]
folder = "trust"
[network]
dns = false
fetch_revocation = false
[intake]
start = "all"
[notices]
batch_minutes = 0
[examination]
workers = 2
[[mailbox]]
name = "vanthu"
address = "{self.address}"
[mailbox.imap]
host = "localhost"
port = {self.host.imaps_port}
security = "tls"
poll_seconds = 5
{server}
[mailbox.smtp]
host = "localhost"
port = {self._smtp_port}
security = "starttls"
{server}
[mailbox.key]
file = "key.p12"
passphrase = {{ file = "passphrase" }}
'''


def entity(document: bytes, name: str, words: str = "Kính gửi văn bản kèm theo.") -> bytes:
    """Write a multipart/mixed entity with a cover and one PDF."""
    limit = "ranh-gioi"
    return (
        (
            f'Content-Type: multipart/mixed; boundary="{limit}"\r\n\r\n--{limit}\r\n'
            "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
            f"{words}\r\n--{limit}\r\n"
            f'Content-Type: application/pdf; name="{name}"\r\nContent-Transfer-Encoding: base64\r\n'
            f'Content-Disposition: attachment; filename="{name}"\r\n\r\n'
        ).encode()
        + seals.base64_lines(document)
        + f"--{limit}--\r\n".encode()
    )


def _clean() -> dict[str, str]:
    kept = {
        name: value for name, value in os.environ.items() if not re.match("NOTIFY|JOURNAL", name)
    }
    return {**kept, "PYTHONPATH": str(ROOT)}
