"""A mail server that fails as it is told, on real loopback sockets.

    with SmtpSimulator(faults=[Fault("RCPT", "450 later", times=1)]) as server:
        Post(server.account()).post(composed, mail_from="")
    assert server.mails[0].octets == composed.octets

A fault's `answer` is a reply line, or CUT (close the connection), STALL (answer nothing) or, for
the end of the mail (verb "END"), CUT_AFTER: take the mail, then close without an answer.
"""

import base64
import socket
import ssl
import threading
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Self

from mailbridge.letters.account import Account, Security

CUT, STALL, CUT_AFTER = "cut", "stall", "cut-after"


@dataclass
class Fault:
    """What to do instead at a verb (GREETING, EHLO, AUTH, MAIL, RCPT, DATA, BODY, END, RSET…)."""

    verb: str
    answer: str
    times: int = 1_000_000
    # Only commands that hold this text, e.g. "<>" for the null sender.
    when: str = ""


@dataclass
class Mail:
    """One mail that the server took."""

    mail_from: str
    rcpt_to: str
    octets: bytes


@dataclass
class SmtpSimulator:
    """One server, for use as a context manager. It answers one connection per thread."""

    faults: list[Fault] = field(default_factory=list)
    extensions: tuple[str, ...] = ("PIPELINING", "DSN", "SIZE 60000000", "8BITMIME")
    password: str = "mat-khau-thu"
    # (certificate chain, key) in PEM: TLS from the start, or STARTTLS when `starttls` is true.
    tls: tuple[Path, Path] | None = None
    starttls: bool = False
    # Says 354 although it wants no recipient (RFC 2920 §3.1), and keeps what it is given then.
    obliging: bool = False
    empty: list[bytes] = field(default_factory=list)
    # Takes a mail, and keeps its answer back until this is set, or two seconds.
    answers: threading.Event | None = None
    mails: list[Mail] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    connections: int = 0

    def __enter__(self) -> Self:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._open: list[_Line] = []
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        # Closing alone does not wake a thread that waits in accept().
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self.cut_all()

    def cut_all(self) -> None:
        """Close every open connection, as a server does with idle ones."""
        for line in self._open:
            line.cut()
        self._open.clear()

    def account(self, **changes: Any) -> Account:
        """Give an account that fits this server."""
        security = Security.NONE
        if self.tls:
            security = Security.STARTTLS if self.starttls else Security.TLS
        plain = Account("vanthu", "127.0.0.1", self.port, security=security, timeout=2.0)
        return replace(plain, **changes)

    def login(self, **changes: Any) -> Account:
        """Give an account that logs in."""
        logged_in = self.account(user="van.thu@hungyen.gov.vn", secret=lambda: self.password)
        return replace(logged_in, **changes)

    def _accept(self) -> None:
        while True:
            try:
                opened, _ = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            line = _Line(self, opened)
            self._open.append(line)
            threading.Thread(target=line.run, daemon=True).start()

    def fault(self, verb: str, command: str) -> str | None:
        """Take the next fault for a command, if any is left."""
        for one in self.faults:
            if one.verb == verb and one.times > 0 and one.when in command:
                one.times -= 1
                return one.answer
        return None


class _Line:
    """One connection."""

    def __init__(self, server: SmtpSimulator, opened: socket.socket) -> None:
        self.server = server
        self.socket = opened
        self.reader = opened.makefile("rb")
        self.sender = self.recipient = ""

    def cut(self) -> None:
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()

    def run(self) -> None:
        try:
            if self.server.tls and not self.server.starttls:
                self._wrap()
            self._answer("GREETING", "", "220 simulator ESMTP")
            while command := self.reader.readline().decode("utf-8", "replace").strip():
                self._obey(command)
        except (OSError, EOFError, ValueError):
            pass
        finally:
            self.cut()

    def _wrap(self) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        if self.server.tls:
            context.load_cert_chain(*self.server.tls)
        self.socket = context.wrap_socket(self.socket, server_side=True)
        self.reader = self.socket.makefile("rb")

    def _say(self, words: str) -> None:
        self.socket.sendall(words.encode() + b"\r\n")

    def _answer(self, verb: str, command: str, usual: str) -> bool:
        """Answer as a fault says, or as usual; tell whether it was as usual."""
        fault = self.server.fault(verb, command)
        if fault == CUT:
            raise EOFError
        if fault == STALL:
            self.socket.recv(1)
            raise EOFError
        self._say(fault or usual)
        return fault is None

    def _obey(self, command: str) -> None:
        verb = command.partition(" ")[0].upper()
        self.server.commands.append(command if verb != "AUTH" else "AUTH")
        does = getattr(self, f"_{verb.lower()}", None)
        if does:
            does(verb, command)
        else:
            self._answer(verb, command, "250 ok")

    def _ehlo(self, verb: str, command: str) -> None:
        offers = [*self.server.extensions, "AUTH PLAIN LOGIN XOAUTH2"]
        if self.server.starttls and not isinstance(self.socket, ssl.SSLSocket):
            offers = ["STARTTLS"]
        last = len(offers) - 1
        lines = [f"250{' ' if n == last else '-'}{one}" for n, one in enumerate(offers)]
        self._answer(verb, command, "\r\n".join(["250-simulator", *lines]))

    def _starttls(self, verb: str, command: str) -> None:
        if self._answer(verb, command, "220 go ahead"):
            self._wrap()

    def _auth(self, verb: str, command: str) -> None:
        shown = base64.b64decode(command.rpartition(" ")[2]).decode()
        good = self.server.password in shown
        self._answer(verb, command, "235 welcome" if good else "535 no")

    def _mail(self, verb: str, command: str) -> None:
        self.sender = command.partition("<")[2].partition(">")[0]
        self.is_wanted = False
        self.has_sender = self._answer(verb, command, "250 ok")

    def _rcpt(self, verb: str, command: str) -> None:
        self.recipient = command.partition("<")[2].partition(">")[0]
        usual = "250 ok" if self.has_sender else "503 no sender"
        # Whether the sender pleases is often said here only.
        said = self._answer(verb, f"{command} from <{self.sender}>", usual)
        self.is_wanted = said and self.has_sender

    def _data(self, verb: str, command: str) -> None:
        listens = self.is_wanted or self.server.obliging
        usual = "354 go on" if listens else "554 no valid recipients"
        if not self._answer(verb, command, usual) or not listens:
            return
        if self.server.fault("BODY", ""):
            self.reader.read(100)
            raise EOFError
        lines: list[bytes] = []
        while (line := self.reader.readline()) != b".\r\n":
            if not line:
                raise EOFError
            lines.append(line.removeprefix(b"."))
        self._end(b"".join(lines))

    def _end(self, octets: bytes) -> None:
        if not self.is_wanted:
            self.server.empty.append(octets)
            self._say("554 no valid recipients")
            return
        fault = self.server.fault("END", "")
        if fault in (None, CUT_AFTER):
            self.server.mails.append(Mail(self.sender, self.recipient, octets))
        if fault in (CUT, CUT_AFTER):
            raise EOFError
        if fault == STALL:
            self.socket.recv(1)
            raise EOFError
        if self.server.answers is not None:
            self.server.answers.wait(2)
        self._say(fault or "250 taken")

    def _quit(self, verb: str, command: str) -> None:
        self._answer(verb, command, "221 bye")
        raise EOFError
