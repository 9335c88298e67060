"""The parent's side: children of one role, leased one request at a time, replaced when they die."""

import os
import queue
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from mailbridge.isolation import framing, left_behind
from mailbridge.isolation.child import VALUE, Failure, Role
from mailbridge.model import codec
from mailbridge.model.errors import Reason, RefusedError, TryLaterError
from mailbridge.model.limits import Limits

Value = TypeVar("Value")

# Importing the libraries of an opener takes a second or two; a busy machine several.
START_SECONDS = 60.0
# A long-lived child that leaks a little is replaced before it leaks much.
REQUESTS_A_CHILD = 2_000


class ChildDiedError(Exception):
    """The child crashed, ran out of memory or time; it costs one attempt of one mail."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


class PoolClosedError(Exception):
    """The service is stopping: the examination in hand is abandoned and costs nothing."""


class BugError(Exception):
    """The target raised what it must not; carries the child's traceback."""


@dataclass(frozen=True, slots=True)
class Post:
    """What every child of a pool is for: `target` as "package.module:function"."""

    target: str
    readable: tuple[Path, ...]
    limits: Limits


class Child:
    """One child process with a scratch folder of its own."""

    def __init__(self, post: Post, folder: Path) -> None:
        self.scratch = left_behind.scratch(folder)
        self._limits = post.limits
        self._served = 0
        command = [sys.executable, "-P", "-m", "mailbridge.isolation.child"]
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd="/",
            env=_environment(self.scratch),
            start_new_session=True,
        )
        role = Role(
            target=post.target,
            scratch=str(self.scratch),
            readable=tuple(map(str, post.readable)),
            memory=post.limits.child_memory,
            cpu=post.limits.child_cpu,
            file_size=post.limits.unpacked_size,
        )
        self._send(codec.encode(Role, role))
        self.walls = codec.decode(tuple[str, ...], self._receive(START_SECONDS))

    @property
    def is_worn(self) -> bool:
        """Tell whether it is dead or has served its time."""
        return self._process.poll() is not None or self._served >= REQUESTS_A_CHILD

    def call(self, request: object, answer: type[Value]) -> Value:
        """Ask the child; raises RefusedError, TryLaterError, ChildDiedError or BugError."""
        self._served += 1
        self._send(codec.encode(type(request), request))
        try:
            reply = self._receive(self._limits.child_wall)
            if reply[:1] == VALUE:
                return codec.decode(answer, reply[1:])
            failure = codec.decode(Failure, reply[1:])
        except ValueError as error:
            # Only a child that was taken over answers what does not fit its type.
            self.kill()
            raise ChildDiedError(Reason.CRASHED, f"unfit answer: {error}") from error
        raise _failed(failure)

    def empty(self) -> None:
        """Clear the scratch folder before the next mail."""
        for path in self.scratch.iterdir():
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()

    def kill(self) -> None:
        """End the child and remove its scratch folder."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        shutil.rmtree(self.scratch, ignore_errors=True)

    def _send(self, octets: bytes) -> None:
        try:
            framing.send(_descriptor(self._process.stdin), octets)
        except framing.ClosedError as error:
            self.kill()
            raise ChildDiedError(Reason.CRASHED, "the child was gone") from error

    def _receive(self, seconds: float) -> bytes:
        try:
            return framing.receive(_descriptor(self._process.stdout), seconds)
        except framing.LateError as error:
            self.kill()
            raise ChildDiedError(Reason.TIMEOUT, f"no answer in {seconds:.0f} s") from error
        except framing.ClosedError as error:
            self.kill()
            raise ChildDiedError(
                Reason.CRASHED, f"ended with {self._process.returncode}"
            ) from error


class Pool:
    """At most `size` children of one role; started when first leased, or by `warm`."""

    def __init__(self, post: Post, size: int, folder: Path) -> None:
        self._post = post
        self._folder = folder
        self._idle: queue.LifoQueue[Child | None] = queue.LifoQueue()
        self._lock = threading.Lock()
        self._size = size
        self._closed = False
        self._leased: set[Child] = set()
        for _ in range(size):
            self._idle.put(None)

    @contextmanager
    def lease(self) -> Iterator[Child]:
        """Lend one child; its scratch folder holds what it wrote until the lease ends."""
        child = self._idle.get()
        if self._closed:
            self._idle.put(child)
            raise PoolClosedError
        try:
            if child is None or child.is_worn:
                child = self._start(child)
            with self._lock:
                self._leased.add(child)
            yield child
        except ChildDiedError as death:
            child = None
            if self._closed:
                raise PoolClosedError from death
            raise
        finally:
            # Also after a refusal: what it left must not stand in the way of the next mail.
            if child is not None:
                child.empty()
            self._give_back(child)

    def warm(self) -> tuple[str, ...]:
        """Start one child ahead of the first mail; name the walls around it."""
        with self.lease() as child:
            return child.walls

    def close(self) -> None:
        """End all children, also those at work: the caller abandons their mails."""
        with self._lock:
            self._closed = True
            at_work = list(self._leased)
        for child in at_work:
            child.kill()
        while not self._idle.empty():
            idle = self._idle.get_nowait()
            if idle is not None:
                idle.kill()
        # Who waits for a child is let go, and told that the pool is closed.
        for _ in range(self._size):
            self._idle.put(None)

    def _start(self, worn: Child | None) -> Child:
        if worn is not None:
            worn.kill()
        try:
            return Child(self._post, self._folder)
        except OSError as error:
            raise TryLaterError(f"no child process could be started: {error}") from error

    def _give_back(self, child: Child | None) -> None:
        with self._lock:
            if child is not None:
                self._leased.discard(child)
            closed = self._closed
        if closed and child is not None:
            child.kill()
            child = None
        self._idle.put(child)


def _failed(failure: Failure) -> Exception:
    if failure.refused is not None:
        return RefusedError(failure.refused, failure.detail)
    if failure.later is not None:
        return TryLaterError(failure.later)
    return BugError(failure.bug or "an empty reply")


def _descriptor(stream: object) -> int:
    fileno = getattr(stream, "fileno", None)
    if fileno is None:
        raise framing.ClosedError("no stream")
    try:
        return int(fileno())
    except ValueError as error:
        raise framing.ClosedError(str(error)) from error


def _environment(scratch: Path) -> dict[str, str]:
    # Nothing of the service's own environment: it may hold credentials' paths.
    return {
        "HOME": str(scratch),
        "TMPDIR": str(scratch),
        "LANG": "C.UTF-8",
        "PATH": os.defpath,
        "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
        "OMP_THREAD_LIMIT": "1",
    }
