import imaplib
import ssl

import pytest

from mailbridge.mailbox.errors import AuthenticationFailedError, VanishedError, edge, told
from mailbridge.model.errors import Reason, TryLaterError


@pytest.mark.parametrize(
    "error",
    [
        imaplib.IMAP4.abort("x"),
        ssl.SSLError("x"),
        TimeoutError(),
        EOFError(),
        UnicodeDecodeError("ascii", b"\xff", 0, 1, "x"),
    ],
)
def test_foreign_errors_end_at_the_edge(error: Exception) -> None:
    with pytest.raises(TryLaterError, match="select") as later, edge("select"):
        raise error
    assert later.value.__cause__ is error


def test_what_a_server_says_is_one_short_line() -> None:
    assert told(b"a\r\nb\x1b[31m" + b"x" * 1000).startswith("a\\r\\nb\\x1b[31mxxx")
    assert len(told(b"x" * 1000)) == 200


def test_our_own_errors_are_of_the_two_kinds() -> None:
    assert isinstance(AuthenticationFailedError("x"), TryLaterError)
    assert VanishedError("x").reason is Reason.VANISHED
