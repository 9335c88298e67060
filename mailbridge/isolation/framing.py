"""Messages between parent and child: a length of four octets, then JSON."""

import os
import select
import struct
import time

# A child that was taken over may answer without end, to fill the parent's memory.
FRAME_LIMIT = 32 * 1024 * 1024

_LENGTH = struct.Struct("!I")


class ClosedError(Exception):
    """The other side is gone, or says what no honest side says."""


class LateError(Exception):
    """The other side did not answer in time."""


def send(descriptor: int, octets: bytes) -> None:
    """Write one frame; raises ClosedError when nobody reads it."""
    view = memoryview(_LENGTH.pack(len(octets)) + octets)
    try:
        while view:
            view = view[os.write(descriptor, view) :]
    except OSError as error:
        raise ClosedError(str(error)) from error


def receive(descriptor: int, seconds: float | None = None) -> bytes:
    """Read one frame within that time; raises ClosedError or LateError."""
    deadline = None if seconds is None else time.monotonic() + seconds
    (length,) = _LENGTH.unpack(_exactly(descriptor, _LENGTH.size, deadline))
    if length > FRAME_LIMIT:
        raise ClosedError(f"frame of {length} octets")
    return _exactly(descriptor, length, deadline)


def _exactly(descriptor: int, size: int, deadline: float | None) -> bytes:
    gathered = bytearray()
    while len(gathered) < size:
        if deadline is not None:
            left = max(0.0, deadline - time.monotonic())
            if not select.select([descriptor], [], [], left)[0]:
                raise LateError
        try:
            piece = os.read(descriptor, min(size - len(gathered), 1024 * 1024))
        except OSError as error:
            raise ClosedError(str(error)) from error
        if not piece:
            raise ClosedError("end of stream")
        gathered += piece
    return bytes(gathered)
