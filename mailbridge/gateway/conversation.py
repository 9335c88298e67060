"""One connection: what SMTP and LMTP have in common beyond aiosmtpd.

The octets of DATA are streamed into the blob store, end where the standard says and nowhere else,
and are answered when they are durable. aiosmtpd would keep them in memory.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from ssl import SSLContext
from typing import Any, AnyStr

import structlog
from aiosmtpd.smtp import SMTP, syntax

from mailbridge.gateway import replies
from mailbridge.gateway.dots import Dotted
from mailbridge.gateway.inflow import Inflow
from mailbridge.gateway.room import Room
from mailbridge.registry.blobs import Blobs

# Silence between two commands, and commands that come a letter at a time (slowloris).
COMMAND_SECONDS = 60.0
# The same within one mail: 64 MiB over a line of 1 Mbit/s take nine minutes.
DATA_SECONDS = 600.0
# A client that never reads our replies keeps its connection open after it was closed.
ABORT_SECONDS = 3.0
# RFC 5321 §4.5.3.1.4: a command line is at most 512 octets; extensions may lengthen it.
COMMAND_LENGTH = 512
_PIECE = 1024 * 1024

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for every connection of one door."""

    hostname: str
    blobs: Blobs
    mail_size: int
    room: Room
    # Asked at each connection: a certificate is renewed while we listen.
    tls: Callable[[], SSLContext] | None = None
    # How often one connection may say a command; who says more is let go.
    calls: dict[str, int] | None = None
    command_seconds: float = COMMAND_SECONDS
    data_seconds: float = DATA_SECONDS


class Conversation(SMTP):
    """A connection to one of our doors; the doors say who may send what to whom."""

    # Lines of DATA have no limit here: mails of other programs have longer ones than the standard.
    line_length_limit = 64 * 1024

    def __init__(self, terms: Terms, **more: Any) -> None:
        # One dictionary a connection: aiosmtpd shares its own between all of them.
        self.command_size_limits = defaultdict(lambda: COMMAND_LENGTH)
        self.terms = terms
        super().__init__(
            self,
            data_size_limit=terms.mail_size,
            hostname=terms.hostname,
            ident="mailbridge",
            tls_context=terms.tls() if terms.tls else None,
            timeout=terms.command_seconds,
            command_call_limit=terms.calls,
            loop=asyncio.get_running_loop(),
            **more,
        )
        self._client: str | None = None
        # The octets have all come, and are being kept: the answer is worth a moment.
        self._is_keeping = False
        # Told when the connection is gone.
        self.ended: Callable[[Conversation], None] = _nobody

    async def answers(self, taken: Inflow) -> list[str]:
        """Answer a mail whose octets have all come and fit; the door decides, and keeps them."""
        raise NotImplementedError

    @property
    def client(self) -> str:
        """The address of the other side; all who come over a Unix socket are one."""
        peer: object = self.session.peer if self.session else None
        return str(peer[0]) if isinstance(peer, tuple) else "local"

    @syntax("DATA")
    async def smtp_DATA(self, arg: str) -> None:
        """Take a mail in."""
        if await self.check_helo_needed() or await self.check_auth_needed("DATA"):
            return
        if self.envelope is None or not self.envelope.rcpt_tos:
            await self.push("503 5.5.1 Error: need RCPT command")
            return
        if arg:
            await self.push("501 5.5.4 Syntax: DATA")
            return
        await self.push("354 End data with <CR><LF>.<CR><LF>")
        self._reset_timeout(self.terms.data_seconds)
        taken = Inflow(self.terms.blobs, self.terms.mail_size)
        try:
            told = await self._taken(taken)
        finally:
            taken.discard()
        self.envelope = self._create_envelope()
        self._reset_timeout()
        for reply in told:
            await self.push(reply)

    def before_data(self) -> bytes:
        """Give what the door writes above the octets that come."""
        return b""

    async def _taken(self, taken: Inflow) -> list[str]:
        """Stream the octets in; a refusal is told at the end, as RFC 5321 §4.2.5 has it."""
        dotted, before = Dotted(), self.before_data()
        while dotted.rest is None:
            chunk = await self._reader.read(_PIECE)
            if not chunk:
                raise ConnectionResetError("cut within DATA")
            octets = before + dotted.feed(chunk)
            before = b""
            self._give_back(dotted)
            await asyncio.to_thread(taken.write, octets)
        fault = self._fault(taken, dotted)
        if fault:
            return [fault] * self.replies_owed()
        self._is_keeping = True
        try:
            return await self.answers(taken)
        finally:
            self._is_keeping = False

    def _give_back(self, dotted: Dotted) -> None:
        """Return what came behind the mail, before anything is awaited: the next stands behind."""
        if dotted.rest:
            self._reader.feed_data(dotted.rest)

    def _fault(self, taken: Inflow, dotted: Dotted) -> str | None:
        if taken.is_too_large:
            return replies.TOO_LARGE
        if taken.fault is not None:
            _log.warning("nothing is taken in", detail=taken.fault.detail)
            return replies.TRY_LATER
        return self.fault(dotted)

    def fault(self, dotted: Dotted) -> str | None:
        """Say what is wrong with the form of a mail, if the door minds."""
        del dotted
        return None

    def replies_owed(self) -> int:
        """Tell how many replies follow DATA."""
        return 1

    async def handle_exception(self, error: Exception) -> str:
        """Answer a bug of ours: later, for the sender still has the mail."""
        _log.error("a conversation failed", client=self.client, exc_info=error)
        return replies.TRY_LATER

    async def push(self, status: AnyStr) -> None:
        """Send a reply; to who is gone nothing is said."""
        if self.transport is not None and not self.transport.is_closing():
            await super().push(status)

    def leave(self) -> None:
        """Say that we are going, and go; who waits for an answer has it first, or is cut off."""
        if not self._is_keeping:
            self._say_and_close(replies.LEAVING)

    def abort(self) -> None:
        """Go without a word."""
        if isinstance(self.transport, asyncio.WriteTransport):
            self.transport.abort()

    async def _handle_client(self) -> None:
        self._client = self.client
        if not self.terms.room.enter(self._client):
            self._say_and_close(replies.BUSY)
            return
        await super()._handle_client()

    def connection_lost(self, error: Exception | None) -> None:
        """Count the connection out."""
        if self._client is not None:
            self.terms.room.leave(self._client)
            self._client = None
        self.ended(self)
        super().connection_lost(error)

    def _timeout_cb(self) -> None:
        self._say_and_close(replies.TIMEOUT)

    def _say_and_close(self, reply: str) -> None:
        transport = self.transport
        if not isinstance(transport, asyncio.WriteTransport):
            return
        if not transport.is_closing():
            transport.write(f"{reply}\r\n".encode())
        transport.close()
        self.loop.call_later(ABORT_SECONDS, transport.abort)


def _nobody(_conversation: Conversation) -> None:
    """Tell nobody."""
