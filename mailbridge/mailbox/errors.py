"""What can go wrong with a mailbox, and the edge where foreign exceptions end."""

import imaplib
from collections.abc import Iterator
from contextlib import contextmanager

from mailbridge.model.errors import Reason, RefusedError, TryLaterError

# A server may answer with a page of text; the log needs its beginning.
_TOLD = 200


class AuthenticationFailedError(TryLaterError):
    """The server does not accept user and secret: ask a person, and do not hammer the account."""


class VanishedError(RefusedError):
    """The mail lies in its slot no more: a clerk moved or deleted it, or UIDVALIDITY changed."""

    def __init__(self, detail: str) -> None:
        super().__init__(Reason.VANISHED, detail)


def told(answer: object) -> str:
    """Make what a server says fit for one line of the log."""
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else str(answer)
    return ascii(text[:_TOLD])[1:-1]


@contextmanager
def edge(doing: str) -> Iterator[None]:
    """Turn whatever the network, TLS, imaplib or imapclient raise into TryLaterError.

    ValueError is what imapclient's parsers raise on answers that are no IMAP.
    """
    try:
        yield
    except (imaplib.IMAP4.error, OSError, EOFError, ValueError) as error:
        raise TryLaterError(f"{doing}: {type(error).__name__}: {told(error)}") from error
