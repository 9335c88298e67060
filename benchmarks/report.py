"""One table of ratios, with the facts of the machine that they were taken on."""

import os
import platform
import sqlite3
import ssl
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

MIB = 1024 * 1024
# Letters of a reason in the table; above it stands the whole.
_WHY = 300


@dataclass(frozen=True, slots=True)
class Line:
    """One measure; without an aim it only informs. The figures behind it stand in `how`."""

    measure: str
    got: float
    aim: float | None = None
    excellent: float | None = None
    how: str = ""


@dataclass(slots=True)
class Report:
    """The lines of one run, shown as they come and once more as a table at the end."""

    lines: list[Line] = field(default_factory=list)
    # Parts that did not come to their end, and why.
    failures: list[tuple[str, str]] = field(default_factory=list)
    console: Console = field(default_factory=lambda: Console(width=150))

    def say(self, words: str) -> None:
        """Tell what is going on."""
        self.console.print(words, style="dim", highlight=False, markup=False)

    def add(self, *lines: Line) -> None:
        """Take lines into the table."""
        self.lines += lines
        for line in lines:
            self.say(f"  {line.measure}: {_number(line.got)}  ({line.how})")

    def fail(self, part: str, error: BaseException) -> None:
        """Note a part that broke off; what it had measured before stays in the table."""
        why = f"{type(error).__name__}: {error}".strip()
        self.say(f"  {part}: FAILED: {why}")
        self.failures.append((part, _shortened(why)))

    def show(self) -> bool:
        """Print the table; tell whether every part ended and every aim is met."""
        table = Table(title="mailbridge: ratios of one run", title_justify="left")
        table.add_column("measure", overflow="fold", ratio=4)
        for name in ("got", "aim", "excellent"):
            table.add_column(name, justify="right")
        table.add_column("")
        table.add_column("from", overflow="fold", ratio=5)
        for line in self.lines:
            table.add_row(
                line.measure,
                _number(line.got),
                _bound(line.aim),
                _bound(line.excellent),
                _mark(line),
                line.how,
            )
        for part, why in self.failures:
            table.add_row(f"part {part}", "-", "", "", "FAILED", escape(why))
        self.console.print(table)
        for fact in facts():
            self.console.print(fact, highlight=False)
        met = all(line.aim is None or line.got <= line.aim for line in self.lines)
        return met and not self.failures


def facts() -> list[str]:
    """Describe the machine and the parts that decide the figures."""
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
            if line.startswith("model name")
        ),
        "unknown",
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // MIB
    dovecot = _said("/usr/sbin/dovecot", "--version")
    postfix = _said("/usr/sbin/postconf", "-h", "mail_version")
    load = " ".join(f"{each:.2f}" for each in os.getloadavg())
    system = f"{platform.system()} {platform.release()}"
    python = f"Python {platform.python_version()}, {ssl.OPENSSL_VERSION}"
    return [
        f"{os.cpu_count()} x {model}, {memory} MiB, {system}, load now {load}",
        f"{python}, SQLite {sqlite3.sqlite_version}, Dovecot {dovecot}, Postfix {postfix}",
        "Servers and program share the machine.",
    ]


def _shortened(why: str) -> str:
    """Keep the beginning and the end: a long reason ends with the log of the program."""
    return why if len(why) <= _WHY else f"{why[: _WHY // 2]} … {why[-_WHY // 2 :]}"


def _said(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.split("\n")[0].strip()


def _mark(line: Line) -> str:
    if line.aim is None:
        return ""
    if line.excellent is not None and line.got <= line.excellent:
        return "excellent"
    return "ok" if line.got <= line.aim else "SHORT"


def _bound(value: float | None) -> str:
    return "" if value is None else f"≤ {value:g}"


def _number(value: float) -> str:
    return f"{value:.3f}" if value < 10 else f"{value:,.1f}"
