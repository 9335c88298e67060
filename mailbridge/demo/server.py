"""The embedded mail server: SMTP in (aiosmtpd), IMAP out (pymap), in memory, in one thread."""

import asyncio
import logging
import socket
import ssl
import threading
from argparse import Namespace
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from aiosmtpd.smtp import SMTP, Envelope, Session
from proxyprotocol.reader import ProxyProtocolReader
from pymap.backend.dict import Config, DictBackend, Identity, Login
from pymap.imap import IMAPServer
from pymap.parsing.message import AppendMessage
from pymap.user import Passwords, UserMetadata
from pysasl.hashing import Cleartext

from mailbridge import clock

HOST = "127.0.0.1"
_START_SECONDS = 20.0


class MailServer:
    """Mailboxes for these users, all with one password, on loopback ports of its own.

    with MailServer(("a@hungyen.gov.vn",), "secret") as server:
        server.smtp_port, server.imap_port
    """

    def __init__(self, users: tuple[str, ...], password: str) -> None:
        self.users = users
        self.password = password
        self.smtp_port = _free_port()
        self.imap_port = _free_port()
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._thread = threading.Thread(target=self._run, name="mail-server", daemon=True)

    def __enter__(self) -> Self:
        """Start serving."""
        self._thread.start()
        if not self._ready.wait(_START_SECONDS):
            raise RuntimeError("the embedded mail server did not start")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop serving; the mails are gone."""
        if self._loop is not None and self._stop is not None:
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(_START_SECONDS)

    def _run(self) -> None:
        logging.getLogger("pymap").setLevel(logging.ERROR)
        logging.getLogger("mail.log").setLevel(logging.ERROR)
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        config = self._config()
        login = Login(config)
        hashed = await Passwords(config).hash_password(self.password)
        for user in self.users:
            login.users_dict[user] = UserMetadata(config, user, password=hashed)
        backend = DictBackend(login, config)
        reader_of = ProxyProtocolReader(config.proxy_protocol)
        imap = reader_of.get_callback(IMAPServer(backend.login, config))
        # Python 3.13 collects tasks that nobody holds: keep each connection's task.
        tasks: set[asyncio.Task[Any]] = set()

        async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            if task is not None:
                tasks.add(task)
                task.add_done_callback(tasks.discard)
            await imap(reader, writer)

        async with AsyncExitStack() as stack:
            await backend.start(stack)
            incoming = _Incoming(config, login, frozenset(self.users))
            smtp = await self._loop.create_server(
                lambda: SMTP(incoming, enable_SMTPUTF8=True, ident="demo"), HOST, self.smtp_port
            )
            served = await asyncio.start_server(connected, HOST, self.imap_port)
            self._ready.set()
            await self._stop.wait()
            for server in (smtp, served):
                server.close()
            for task in tuple(tasks):
                task.cancel()

    def _config(self) -> Config:
        args = Namespace(debug=False, passlib_cfg=None, proxy_protocol=None)
        return Config(
            args,
            demo_data=False,
            demo_user="",
            demo_password="",
            host=HOST,
            port=str(self.imap_port),
            tls_enabled=False,
            preauth_credentials=None,
            secure_auth=False,
            hash_context=Cleartext(),
            reject_dnsbl=False,
            ssl_context=ssl.create_default_context(ssl.Purpose.CLIENT_AUTH),
        )


@dataclass(slots=True)
class _Incoming:
    """What aiosmtpd asks of a handler."""

    config: Config
    login: Login
    users: frozenset[str]
    delivered: int = field(default=0)

    async def handle_RCPT(
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        """Refuse strangers: RFC 5321 §3.3."""
        if address.lower() not in self.users:
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address.lower())
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Deliver into each mailbox, octet for octet below a trace header."""
        content = envelope.content
        octets = content if isinstance(content, bytes) else str(content).encode()
        now = clock.now()
        trace = f"Received: from demo by demo; {now:%a, %d %b %Y %H:%M:%S} +0000\r\n".encode()
        for user in envelope.rcpt_tos:
            identity = Identity(user, self.login, None, frozenset())
            async with identity.new_session() as session:
                inbox = await session.mailbox_set.get_mailbox("INBOX")
                await inbox.append(AppendMessage(trace + octets, now, frozenset()), recent=True)
        self.delivered += 1
        return "250 OK"


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as probe:
        return int(probe.getsockname()[1])
