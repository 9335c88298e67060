"""Boundary lines, as they should be and as they are met."""

import time

import pytest

from mailbridge.mime.boundaries import split
from mailbridge.mime.headers import Walk
from mailbridge.model.limits import Limits
from mailbridge.model.message import Part
from mailbridge.model.problem import Problem


def parts(body: bytes, boundary: str | None = "b") -> tuple[list[bytes] | None, set[Problem]]:
    walk = Walk(body, Limits())
    given = (("boundary", boundary),) if boundary is not None else ()
    spans = split(walk, Part("1", "multipart/mixed", 0, 0, len(body), parameters=given))
    found = None if spans is None else [body[start:end] for start, end in spans]
    return found, set(walk.problems)


@pytest.mark.parametrize(
    ("body", "found", "problems"),
    [
        (b"--b\r\none\r\n--b\r\ntwo\r\n--b--\r\n", [b"one", b"two"], set()),
        (b"--b\none\n--b\r\ntwo\n--b--", [b"one", b"two"], set()),
        (b"preamble\r\n--b \t\r\none\r\n--b-- \r\n", [b"one"], set()),
        (b"--b\r\none", [b"one"], {Problem.UNTERMINATED_MULTIPART}),
        (b"--b\r\n--bc\r\n x--b\r\n--b--", [b"--bc\r\n x--b"], set()),
        (b"--b--\r\n", [], set()),
        (b"text", None, {Problem.NO_BOUNDARY_LINE}),
        (b"--b\r\none\r\n--b--\r\n--b\r\ntwo", [b"one"], {Problem.PARTS_AFTER_END}),
        (b"--b\r\none\r\n--b--\r\nhidden", [b"one"], {Problem.TEXT_AFTER_END}),
        (b"--b\r\n--b\r\n--b--", [b"", b""], set()),
    ],
)
def test_parts_are_found(body: bytes, found: list[bytes] | None, problems: set[Problem]) -> None:
    assert parts(body) == (found, problems)


def test_a_boundary_may_hold_spaces_and_is_compared_without_the_last_ones() -> None:
    assert parts(b"--a b\r\none\r\n--a b--\r\n", "a b ")[0] == [b"one"]


@pytest.mark.parametrize("boundary", [None, "", "x" * 300])
def test_a_boundary_that_nobody_names_is_sought(boundary: str | None) -> None:
    found, problems = parts(b"--limit\r\none\r\n--limit--\r\n", boundary)
    assert found == [b"one"]
    assert Problem.MISSING_BOUNDARY in problems
    assert parts(b"--limit\r\none\r\n", boundary)[0] is None


@pytest.mark.parametrize("piece", [b"--b", b"\n--b x", b"\n--bb", b"--b--", b"\n-"])
def test_time_is_linear(piece: bytes) -> None:
    started = time.process_time()
    parts(piece * (4_000_000 // len(piece)))
    assert time.process_time() - started < 8
