"""Posting over SMTP: one account, one kept connection. The only module that speaks it."""

import smtplib
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from mailbridge.letters.account import Account, connected
from mailbridge.letters.compose import Composed
from mailbridge.letters.endings import (
    PERMANENT,
    AuthenticationFailedError,
    UncertainError,
    refuse_or_wait,
)
from mailbridge.letters.smtp_envelope import DONE, StaleError, demand_room, expect, offer
from mailbridge.mime.build import address
from mailbridge.model.errors import TryLaterError

# Slices keep the copies that TLS makes small beside a letter of 35 MB.
_SLICE = 1024 * 1024
_LOWEST = 200


class Post:
    """One account's way out. Letters of several threads leave one after the other."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._client: smtplib.SMTP | None = None
        self._null_sender_refused = False
        self._turn = threading.Lock()

    def post(self, composed: Composed, *, mail_from: str) -> None:
        """Hand one mail over; `mail_from` is empty for the null sender.

        RefusedError: never. AuthenticationFailedError: suspend the account. UncertainError: perhaps
        it was taken. Any other TryLaterError: certainly not taken yet.
        """
        with self._turn, self._edge():
            client = self._ready(composed, mail_from)
            self._content(client, composed.octets)

    def close(self) -> None:
        """Take leave of the server, if there still is one."""
        with self._turn:
            self._leave()

    def _ready(self, composed: Composed, mail_from: str) -> smtplib.SMTP:
        """Give a connection whose server waits for the octets: the kept one, or else a new one."""
        if self._client is not None:
            try:
                self._envelope(self._client, composed, mail_from, anew=True)
            except StaleError:
                # Idle connections are cut by every server sooner or later: no fault at all.
                self._drop()
            else:
                return self._client
        self._client = connected(self._account)
        self._envelope(self._client, composed, mail_from, anew=False)
        return self._client

    @contextmanager
    def _edge(self) -> Iterator[None]:
        """Translate what the library raises; a connection that is out of step is dropped."""
        try:
            yield
        except UncertainError:
            self._drop()
            raise
        except smtplib.SMTPResponseException as error:
            raise refuse_or_wait(error.smtp_code) from error
        except OSError as error:
            self._drop()
            told = f"the connection to the mail server was lost ({type(error).__name__})"
            raise TryLaterError(told) from error

    def _envelope(
        self, client: smtplib.SMTP, composed: Composed, mail_from: str, *, anew: bool
    ) -> None:
        """Offer sender and recipient; where the null sender is refused, our address stands in."""
        demand_room(client, len(composed.octets))
        sender = mail_from or ("" if not self._null_sender_refused else composed.sender)
        try:
            offer(client, composed, sender and address(sender), anew=anew)
        except smtplib.SMTPResponseException as error:
            if sender or error.smtp_code < PERMANENT:
                raise
            # Many submission servers want the login as sender, and some say so only at RCPT.
            offer(client, composed, address(composed.sender), anew=True)
            self._null_sender_refused = True

    def _content(self, client: smtplib.SMTP, octets: bytes) -> None:
        # RFC 5321 §4.5.2: a line that begins with a dot gets another one.
        stuffed = octets.replace(b"\r\n.", b"\r\n..") if b"\r\n." in octets else octets
        for start in range(0, len(stuffed), _SLICE):
            client.send(stuffed[start : start + _SLICE])
        # RFC 5321 §4.1.1.4: until here the server cannot have taken the mail; now it may.
        try:
            client.send(b".\r\n" if stuffed.endswith(b"\r\n") else b"\r\n.\r\n")
            answer = client.getreply()
        except OSError as error:
            raise UncertainError("the line was cut between the mail and its answer") from error
        if answer[0] < _LOWEST:
            raise UncertainError("the answer to the mail was no answer of SMTP")
        expect(answer, DONE)

    def _leave(self) -> None:
        if self._client is None:
            return
        try:
            self._client.quit()
        except OSError:
            self._client.close()
        self._client = None

    def _drop(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None


__all__ = ["Account", "AuthenticationFailedError", "Post", "UncertainError"]
