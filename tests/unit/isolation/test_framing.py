"""Frames between parent and child, also with a child that lies or stalls."""

import os
import struct

import pytest

from mailbridge.isolation.framing import FRAME_LIMIT, ClosedError, LateError, receive, send


def test_a_frame_comes_back_whole() -> None:
    read, write = os.pipe()
    send(write, b"x" * 10_000)
    assert receive(read, 1.0) == b"x" * 10_000
    os.close(write)
    with pytest.raises(ClosedError):
        receive(read, 1.0)
    os.close(read)


def test_an_answer_without_end_is_refused() -> None:
    read, write = os.pipe()
    os.write(write, struct.pack("!I", FRAME_LIMIT + 1))
    with pytest.raises(ClosedError):
        receive(read, 1.0)
    os.close(read)
    os.close(write)


def test_silence_is_late() -> None:
    read, write = os.pipe()
    os.write(write, b"\0\0")
    with pytest.raises(LateError):
        receive(read, 0.1)
    os.close(read)
    os.close(write)
