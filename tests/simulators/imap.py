"""An IMAP server over real sockets of loopback that fails as it is told.

    with ImapServer(lacks={"IDLE"}, faults=Faults(cut_after=1000)) as server:
        uid = server.deliver(b"Subject: a\\r\\n\\r\\nb\\r\\n")
        account = Account("van-thu", "127.0.0.1", server.port, "none", "u", "password", lambda: "p")
        with Mailbox(account) as mailbox: ...
    assert not server.sins          # no command that marks a mail as seen

`faults` may be exchanged at any time. Written against the RFCs, and blind to how we ask.
"""

import contextlib
import re
import socket
import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from tests.simulators.imap_folder import Folder, Mail, quoted, uids_of

CAPABILITIES = (
    "IMAP4REV1", "IDLE", "MOVE", "UIDPLUS", "CONDSTORE", "NAMESPACE", "AUTH=PLAIN",
    "AUTH=XOAUTH2", "AUTH=OAUTHBEARER",
)  # fmt: skip


@dataclass
class Faults:
    """What goes wrong, as data; the first four once, the others until they are taken away."""

    # Drop the line after so many octets of the next literal of a body.
    cut_after: int | None = None
    # Of the literals that are long enough, this one is cut.
    cut_at_literal: int = 1
    # Say nothing more to the next command with this name, and keep the line.
    mute: str = ""
    # Hang up (with BYE or without) as soon as IDLE begins.
    drop_in_idle: bool = False
    # Answer this command with NO, once.
    refuse_once: str = ""
    # Added to the size of each literal of a body, and to RFC822.SIZE.
    literal_lie: int = 0
    size_lie: int = 0
    refuse: Collection[str] = ()
    login: str = "OK"
    # Send each untagged line of IDLE in two segments.
    split_lines: bool = False
    # Put EXISTS before, and in one segment with, the continuation of IDLE.
    exists_before_plus: bool = False
    # A body that never ends: whatever is asked for, that much comes.
    endless: bool = False
    # Give no more than so many octets of a body at a time.
    at_most: int = 2**40
    # Send bodies as quoted strings.
    quoted_bodies: bool = False


@dataclass
class ImapServer:
    """One user, several folders, as many connections as come; a thread for each."""

    lacks: Collection[str] = ()
    keywords: bool = True
    faults: Faults = field(default_factory=Faults)
    prefix: str = ""
    delimiter: str = "/"
    read_only: bool = False

    def __post_init__(self) -> None:
        self.capabilities = [name for name in CAPABILITIES if name not in self.lacks]
        self.folders = {"INBOX": Folder(uidvalidity=1700000000)}
        self.subscribed: set[str] = set()
        self.log: list[str] = []
        self.sent = 0
        self.changed = threading.Condition(threading.RLock())
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._lines: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept, daemon=True)]

    def deliver(self, octets: bytes, folder: str = "INBOX") -> int:
        """Take a mail in, tell those who wait in IDLE, and return its UID."""
        with self.changed:
            uid = self.folders[folder].add(octets, frozenset())
            self.changed.notify_all()
            return uid

    def remove(self, uid: int, folder: str = "INBOX") -> None:
        """Expunge a mail under everybody's feet."""
        with self.changed:
            del self.folders[folder].mails[uid]
            self.changed.notify_all()

    def reset_uidvalidity(self) -> None:
        """Number the mails of INBOX anew, as a restored or converted mailbox does."""
        with self.changed:
            old = self.folders["INBOX"]
            new = self.folders["INBOX"] = Folder(uidvalidity=old.uidvalidity + 1)
            for mail in old.mails.values():
                new.add(mail.octets, mail.flags)

    def drop_all(self) -> None:
        """Cut every line."""
        for line in self._lines:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        self._lines.clear()

    @property
    def sins(self) -> list[str]:
        """Commands that mark mails as seen, or expunge what others have marked."""
        # What we append ourselves, nobody has to read.
        return [line for line in self.log if _SIN.search(line) and " APPEND " not in line]

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # Closing alone does not wake a thread in accept().
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self.changed:
            self.drop_all()
            self.changed.notify_all()
        for thread in self._threads:
            thread.join(5)

    def _accept(self) -> None:
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._lines.append(line)
            thread = threading.Thread(target=_Talk(self, line).run, daemon=True)
            self._threads.append(thread)
            thread.start()


_SIN = re.compile(
    r"\\Seen|BODY\[|RFC822(?!\.SIZE)|UID FETCH .*BODY(?!\.PEEK)|^\S+ (EXPUNGE|CLOSE)\b",
    re.IGNORECASE,
)


class _HungUpError(Exception):
    """The line is down, by fault or by the client."""


class _Talk:
    """One connection."""

    def __init__(self, server: ImapServer, line: socket.socket) -> None:
        self.server, self.line = server, line
        self.lines = line.makefile("rb")
        self.folder = Folder(0)
        self.known: list[int] = []

    def run(self) -> None:
        try:
            self.send(f"* OK [CAPABILITY {' '.join(self.server.capabilities)}] here".encode())
            while True:
                self.command(self.lines.readline().decode("utf-8").rstrip("\r\n"))
        except (_HungUpError, OSError, ValueError):
            return
        finally:
            self.lines.close()
            self.line.close()

    def send(self, *lines: bytes) -> None:
        self.raw(b"".join(line + b"\r\n" for line in lines))

    def raw(self, octets: bytes) -> None:
        self.server.sent += len(octets)
        self.line.sendall(octets)

    def command(self, text: str) -> None:
        if not text:
            raise _HungUpError
        self.server.log.append(text)
        tag, _, rest = text.partition(" ")
        name, _, arguments = rest.partition(" ")
        if name.upper() == "UID":
            verb, _, arguments = arguments.partition(" ")
            name = f"UID {verb}"
        name = name.upper()
        faults = self.server.faults
        if faults.mute and faults.mute == name:
            faults.mute = ""
            self.lines.read(1)
            raise _HungUpError
        refused = name in faults.refuse or name == faults.refuse_once
        if name == faults.refuse_once:
            faults.refuse_once = ""
        act: Callable[[str], str] | None = getattr(
            self, "on_" + name.lower().replace(" ", "_"), None
        )
        known = act is not None and name.split()[-1] not in self.server.lacks
        with self.server.changed:
            status = "BAD unknown" if not known else "NO [LIMIT] refused" if refused else ""
            self.tag = tag
            status = status or (act(arguments) if act else "")
            if self.folder.uidvalidity and name not in {"UID FETCH", "UID SEARCH", "SELECT"}:
                self.tell()
        self.send(f"{tag} {status} so it is".encode())
        if name == "LOGOUT":
            raise _HungUpError

    def tell(self) -> None:
        """Say what changed in the folder since it was last told (RFC 3501 §7.3, §7.4.1)."""
        there = list(self.folder.mails)
        for uid in [uid for uid in self.known if uid not in self.folder.mails]:
            self.send(b"* %d EXPUNGE" % (self.known.index(uid) + 1))
            self.known.remove(uid)
        if len(there) > len(self.known):
            line = b"* %d EXISTS\r\n" % len(there)
            cut = len(line) // 2 if self.server.faults.split_lines else len(line)
            self.raw(line[:cut])
            if line[cut:]:
                threading.Event().wait(0.05)
                self.raw(line[cut:])
        self.known = there

    def on_capability(self, _: str) -> str:
        self.send(f"* CAPABILITY {' '.join(self.server.capabilities)}".encode())
        return "OK"

    def on_login(self, _: str) -> str:
        return self.server.faults.login

    def on_authenticate(self, arguments: str) -> str:
        self.send(b"+ ")
        self.server.log.append("SASL " + self.lines.readline().decode("ascii").strip())
        return self.server.faults.login

    def on_logout(self, _: str) -> str:
        self.send(b"* BYE good bye")
        return "OK"

    def on_noop(self, _: str) -> str:
        return "OK"

    def on_namespace(self, _: str) -> str:
        personal = f'(("{self.server.prefix}" "{self.server.delimiter}"))'
        self.send(f"* NAMESPACE {personal} NIL NIL".encode())
        return "OK"

    def on_select(self, arguments: str) -> str:
        return self.open(arguments, "READ-ONLY" if self.server.read_only else "READ-WRITE")

    def on_examine(self, arguments: str) -> str:
        return self.open(arguments, "READ-ONLY")

    def open(self, arguments: str, access: str) -> str:
        folder = self.server.folders.get(arguments.strip('"'))
        if folder is None:
            return "NO [NONEXISTENT] no such folder"
        self.folder, self.known = folder, list(folder.mails)
        star = " \\*" if self.server.keywords else ""
        self.send(
            rb"* FLAGS (\Answered \Flagged \Deleted \Seen \Draft)",
            f"* OK [PERMANENTFLAGS (\\Answered \\Deleted \\Seen{star})] x".encode(),
            b"* %d EXISTS" % len(folder.mails),
            b"* 0 RECENT",
            b"* OK [UIDVALIDITY %d] x" % folder.uidvalidity,
            b"* OK [UIDNEXT %d] x" % folder.uidnext,
        )
        return f"OK [{access}] done"

    def on_status(self, arguments: str) -> str:
        name = arguments.partition(" (")[0].strip('"')
        folder = self.server.folders[name]
        told = f"UIDVALIDITY {folder.uidvalidity} UIDNEXT {folder.uidnext}"
        self.send(f'* STATUS "{name}" ({told})'.encode())
        return "OK"

    def on_list(self, arguments: str) -> str:
        wanted = re.findall(r'"((?:[^"\\]|\\.)*)"|(\S+)', arguments)[-1]
        name = wanted[0] or wanted[1]
        if not name:
            self.send(f'* LIST (\\Noselect) "{self.server.delimiter}" ""'.encode())
        elif name in self.server.folders:
            self.send(f'* LIST () "{self.server.delimiter}" "{name}"'.encode())
        return "OK"

    def on_create(self, arguments: str) -> str:
        name = arguments.strip('"')
        if name in self.server.folders:
            return "NO [ALREADYEXISTS] there"
        self.server.folders[name] = Folder(1700000001)
        return "OK"

    def on_subscribe(self, arguments: str) -> str:
        self.server.subscribed.add(arguments.strip('"'))
        return "OK"

    def on_append(self, arguments: str) -> str:
        size = int(arguments.rpartition("{")[2].rstrip("}+"))
        named = re.findall(r'"((?:[^"\\]|\\.)*)"|(\S+)', arguments)[0]
        self.send(b"+ go on")
        octets = self.lines.read(size)
        self.lines.readline()
        folder = self.server.folders.get(named[0] or named[1])
        if folder is None:
            return "NO [TRYCREATE] no such folder"
        folder.add(octets, frozenset({"\\Seen"}))
        return "OK"

    def on_search(self, arguments: str) -> str:
        """Answer HEADER alone, by the place of each mail in its folder."""
        wanted = arguments.rsplit(maxsplit=1)[-1].strip('"').encode()
        found = [
            number
            for number, mail in enumerate(self.folder.mails.values(), 1)
            if wanted in mail.octets
        ]
        self.send(b" ".join([b"* SEARCH", *(b"%d" % number for number in found)]))
        return "OK"

    def on_idle(self, _: str) -> str:
        faults, changed = self.server.faults, self.server.changed
        if faults.drop_in_idle:
            faults.drop_in_idle = False
            raise _HungUpError
        if faults.exists_before_plus:
            self.raw(b"* OK still here\r\n+ idling\r\n* %d EXISTS\r\n" % len(self.folder.mails))
        else:
            self.send(b"+ idling")
        ended = threading.Event()
        said: list[bytes] = []

        def listen() -> None:
            try:
                said.append(self.lines.readline())
            except (OSError, ValueError):
                said.append(b"")
            with changed:
                ended.set()
                changed.notify_all()

        listener = threading.Thread(target=listen, daemon=True)
        listener.start()
        while not ended.is_set():
            self.tell()
            changed.wait(5)
        if said != [b"DONE\r\n"]:
            raise _HungUpError
        return "OK"

    def on_uid_search(self, arguments: str) -> str:
        if "HEADER" in arguments.upper():
            return self.on_search(arguments)
        sized = re.fullmatch(r"LARGER (\d+) SMALLER (\d+)", arguments)
        if sized:
            lie = self.server.faults.size_lie
            least, most = int(sized[1]), int(sized[2])
            within = (
                uid
                for uid, mail in self.folder.mails.items()
                if least < len(mail.octets) + lie < most
            )
            self.send(b" ".join([b"* SEARCH", *(b"%d" % uid for uid in within)]))
            return "OK"
        found = uids_of(arguments.removeprefix("UID "), self.folder)
        self.send(b" ".join([b"* SEARCH", *(b"%d" % uid for uid in found)]))
        return "OK"

    def on_uid_fetch(self, arguments: str) -> str:
        uids, _, items = arguments.partition(" ")
        order = list(self.folder.mails)
        for uid in uids_of(uids, self.folder):
            self.raw(b"* %d FETCH (UID %d" % (order.index(uid) + 1, uid))
            self.items(self.folder.mails[uid], items.upper())
            self.send(b")")
        return "OK"

    def items(self, mail: Mail, items: str) -> None:
        faults = self.server.faults
        if "RFC822.SIZE" in items:
            self.raw(b" RFC822.SIZE %d" % (len(mail.octets) + faults.size_lie))
        if "INTERNALDATE" in items:
            self.raw(b' INTERNALDATE " 1-Nov-2026 08:30:00 +0700"')
        if "FLAGS" in items:
            self.raw(b" FLAGS (" + " ".join(sorted(mail.flags)).encode() + b")")
        if "HEADER.FIELDS" in items:
            header = mail.fields("SUBJECT", "PRIORITY", "X-PRIORITY", "IMPORTANCE")[:4096]
            self.raw(b" BODY[HEADER.FIELDS (SUBJECT PRIORITY X-PRIORITY IMPORTANCE)]<0>")
            self.raw(b" {%d}\r\n%b" % (len(header), header))
        if found := re.search(r"BODY(?:\.PEEK)?\[\]<(\d+)\.(\d+)>", items):
            self.body(mail, int(found[1]), int(found[2]))

    def body(self, mail: Mail, offset: int, count: int) -> None:
        faults = self.server.faults
        octets = (
            b"x" * count
            if faults.endless
            else mail.octets[offset : offset + min(count, faults.at_most)]
        )
        self.raw(b" BODY[]<%d> " % offset)
        if faults.quoted_bodies:
            self.raw(quoted(octets))
            return
        self.raw(b"{%d}\r\n" % (len(octets) + faults.literal_lie))
        if faults.cut_after is not None and len(octets) > faults.cut_after:
            faults.cut_at_literal -= 1
            if not faults.cut_at_literal:
                self.raw(octets[: faults.cut_after])
                faults.cut_after = None
                raise _HungUpError
        self.raw(octets)

    def on_uid_store(self, arguments: str) -> str:
        uids, _, rest = arguments.partition(" ")
        flags = rest.partition(" ")[2].strip("()").split()
        for uid in uids_of(uids, self.folder):
            mail = self.folder.mails[uid]
            taken = [flag for flag in flags if flag.startswith("\\") or self.server.keywords]
            self.folder.mails[uid] = Mail(mail.octets, mail.flags.union(taken))
        return "OK"

    def on_uid_copy(self, arguments: str) -> str:
        uids, _, name = arguments.partition(" ")
        target = self.server.folders.get(name.strip('"'))
        if target is None:
            return "NO [TRYCREATE] no such folder"
        for uid in uids_of(uids, self.folder):
            target.add(self.folder.mails[uid].octets, self.folder.mails[uid].flags)
        return "OK"

    def on_uid_move(self, arguments: str) -> str:
        status = self.on_uid_copy(arguments)
        if status == "OK":
            for uid in uids_of(arguments.partition(" ")[0], self.folder):
                del self.folder.mails[uid]
        return status

    def on_uid_expunge(self, arguments: str) -> str:
        for uid in uids_of(arguments, self.folder):
            if "\\Deleted" in self.folder.mails[uid].flags:
                del self.folder.mails[uid]
        return "OK"
