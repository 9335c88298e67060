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
from mailbridge.mime.build import address
from mailbridge.model.errors import Reason, RefusedError, TryLaterError

# Slices keep the copies that TLS makes small beside a letter of 35 MB.
_SLICE = 1024 * 1024
_READY, _DONE = 354, 250
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
        with self._turn:
            client = self._ready()
            with self._edge():
                self._envelope(client, composed, mail_from)
                self._content(client, composed.octets)

    def close(self) -> None:
        """Take leave of the server, if there still is one."""
        with self._turn:
            self._leave()

    def _ready(self) -> smtplib.SMTP:
        """Give the kept connection if it still answers, else a new one."""
        if self._client is not None:
            try:
                if self._client.rset()[0] == _DONE:
                    return self._client
            except OSError:
                # Idle connections are cut by every server sooner or later: no fault at all.
                pass
            self._leave()
        self._client = connected(self._account)
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

    def _envelope(self, client: smtplib.SMTP, composed: Composed, mail_from: str) -> None:
        """Offer sender and recipient; where the null sender is refused, our address stands in."""
        _demand_room(client, len(composed.octets))
        sender = mail_from or ("" if not self._null_sender_refused else composed.sender)
        try:
            _offer(client, composed, sender and address(sender))
        except smtplib.SMTPResponseException as error:
            if sender or error.smtp_code < PERMANENT:
                raise
            # Many submission servers want the login as sender, and some say so only at RCPT.
            client.rset()
            _offer(client, composed, address(composed.sender))
            self._null_sender_refused = True

    def _content(self, client: smtplib.SMTP, octets: bytes) -> None:
        _expect(client.docmd("DATA"), _READY)
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
        _expect(answer, _DONE)

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


def _offer(client: smtplib.SMTP, composed: Composed, mail_from: str) -> None:
    envelope, recipient = [], []
    if client.has_extn("size"):
        envelope.append(f"SIZE={len(composed.octets)}")
    if client.has_extn("dsn"):
        # RFC 3461 §4.3, §4.4: bounces bring our token back, and headers only.
        token = composed.message_id.strip("<>").partition("@")[0]
        envelope += ["RET=HDRS", f"ENVID={token}"]
        # RFC 3461 §4.1: nobody would get a report for the null sender.
        recipient.append("NOTIFY=FAILURE,DELAY" if mail_from else "NOTIFY=NEVER")
    _expect(client.mail(mail_from, envelope), _DONE)
    _expect(client.rcpt(composed.envelope_to, recipient), _DONE, 251)


def _demand_room(client: smtplib.SMTP, size: int) -> None:
    # RFC 1870 §6.1: what the server has announced to refuse is not sent at all.
    limit = client.esmtp_features.get("size", "").strip()
    if limit.isdecimal() and 0 < int(limit) < size:
        raise RefusedError(Reason.TOO_LARGE, f"the mail server takes {limit} octets at most")


def _expect(answer: tuple[int, bytes], *wanted: int) -> None:
    code, said = answer
    if code not in wanted:
        raise smtplib.SMTPResponseException(code, said)


__all__ = ["Account", "AuthenticationFailedError", "Post", "UncertainError"]
