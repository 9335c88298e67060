"""The doors: one thread with an event loop that listens where the settings say."""

import asyncio
import logging
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import structlog

from mailbridge.gateway.conversation import Conversation
from mailbridge.model.errors import TryLaterError

START_SECONDS = 10.0
# Of the ten seconds within which the service leaves: mails whose octets have come are answered.
LEAVE_SECONDS = 1.0
# Whoever is in the group of the socket's folder may deliver: the mail server.
_SOCKET_MODE = 0o660
_BACKLOG = 128

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Door:
    """Where one door listens, and how its connections are made."""

    name: str
    where: tuple[str, int] | Path
    made: Callable[[], Conversation]


@dataclass(slots=True)
class _Open:
    """What is open, and `empty` while nobody is here."""

    sockets: list[socket.socket] = field(default_factory=list)
    servers: list[asyncio.AbstractServer] = field(default_factory=list)
    conversations: set[Conversation] = field(default_factory=set)
    empty: asyncio.Event = field(default_factory=asyncio.Event)

    def enter(self, conversation: Conversation) -> None:
        conversation.ended = self.leave
        self.conversations.add(conversation)
        self.empty.clear()

    def leave(self, conversation: Conversation) -> None:
        self.conversations.discard(conversation)
        if not self.conversations:
            self.empty.set()


class Doors(threading.Thread):
    """Listens until it is stopped."""

    def __init__(self, doors: tuple[Door, ...]) -> None:
        super().__init__(name="gateway", daemon=True)
        self._doors = doors
        self._ready = threading.Event()
        self._open = _Open()
        self._open.empty.set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping: asyncio.Event | None = None
        self.ports: dict[str, int] = {}

    def open(self) -> None:
        """Listen; raises TryLaterError where that is not possible."""
        try:
            for door in self._doors:
                self._open.sockets.append(self._listening(door))
        except TryLaterError:
            for listening in self._open.sockets:
                listening.close()
            raise
        self.start()
        if not self._ready.wait(START_SECONDS):
            raise TryLaterError("the gateway did not start")

    def stop(self) -> None:
        """Take nobody in any more, and let those go who are here."""
        loop, stopping = self._loop, self._stopping
        if loop is not None and stopping is not None:
            # It may have ended by itself.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(stopping.set)

    def run(self) -> None:
        """Serve."""
        # aiosmtpd tells each command there; what matters is told in our own log.
        logging.getLogger("mail.log").setLevel(logging.CRITICAL)
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
        for door, listening in zip(self._doors, self._open.sockets, strict=True):
            await self._serve_one(door, listening)
        self._ready.set()
        await self._stopping.wait()
        for server in self._open.servers:
            server.close()
        for conversation in tuple(self._open.conversations):
            conversation.leave()
        with suppress(TimeoutError):
            async with asyncio.timeout(LEAVE_SECONDS * 0.8):
                await self._open.empty.wait()
        for conversation in tuple(self._open.conversations):
            conversation.abort()

    async def _serve_one(self, door: Door, listening: socket.socket) -> None:
        loop = asyncio.get_running_loop()

        def made() -> Conversation:
            conversation = door.made()
            self._open.enter(conversation)
            return conversation

        if isinstance(door.where, Path):
            server: asyncio.AbstractServer = await loop.create_unix_server(made, sock=listening)
        else:
            server = await loop.create_server(made, sock=listening)
        self._open.servers.append(server)
        _log.info("door open", door=door.name, where=str(door.where))

    def _listening(self, door: Door) -> socket.socket:
        try:
            if isinstance(door.where, Path):
                return _unix(door.where)
            family = socket.AF_INET6 if ":" in door.where[0] else socket.AF_INET
            listening = socket.create_server(door.where, family=family, backlog=_BACKLOG)
        except OSError as error:
            told = f"gateway: cannot listen at {door.where}: {error.strerror}"
            raise TryLaterError(told) from error
        self.ports[door.name] = int(listening.getsockname()[1])
        return listening


def _unix(path: Path) -> socket.socket:
    """Listen at a socket in the file system; what an earlier life left there goes."""
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        if path.is_socket():
            path.unlink()
        listening.bind(str(path))
        path.chmod(_SOCKET_MODE)
        listening.listen(_BACKLOG)
    except OSError:
        listening.close()
        raise
    return listening
