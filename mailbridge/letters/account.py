"""An account for sending, and how to open its connection."""

import smtplib
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from mailbridge.letters.endings import PERMANENT, AuthenticationFailedError
from mailbridge.model.errors import TryLaterError

_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class Security(StrEnum):
    """How the line is kept private: TLS from the start, by STARTTLS, or not (loopback relays)."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


class Auth(StrEnum):
    """How the account shows who it is."""

    LOGIN = "password"
    XOAUTH2 = "xoauth2"


@dataclass(frozen=True, slots=True)
class Account:
    """Where and as whom to send. `secret` gives the password or the token when it is needed."""

    name: str
    host: str
    port: int
    security: Security = Security.STARTTLS
    # Empty for a relay that wants no login.
    user: str = ""
    auth: Auth = Auth.LOGIN
    secret: Callable[[], str] | None = field(default=None, repr=False)
    ca_file: Path | None = None
    timeout: float = 60.0


def connected(account: Account) -> smtplib.SMTP:
    """Open a connection, TLS verified, logged in.

    TryLaterError: the server is away or not the one it should be; its kind
    AuthenticationFailedError: it does not let us in.
    """
    client: smtplib.SMTP | None = None
    try:
        client = _opened(account)
        _send_at_once(client)
        _log_in(client, account)
    except smtplib.SMTPResponseException as error:
        _close(client)
        raise _unwelcome(error) from error
    except (OSError, UnicodeError) as error:
        _close(client)
        told = f"no usable connection to {account.host}:{account.port} ({type(error).__name__})"
        raise TryLaterError(told) from error
    except TryLaterError:
        _close(client)
        raise
    return client


def _send_at_once(client: smtplib.SMTP) -> None:
    """Let the end of a mail leave at once; Nagle waits until all before it is acknowledged.

    Measured: it waited 20 to 40 ms for each letter.
    """
    if client.sock is not None:
        client.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _close(client: smtplib.SMTP | None) -> None:
    if client is not None:
        client.close()


def _opened(account: Account) -> smtplib.SMTP:
    # Not smtplib's default, the full host name: looking it up may take a minute where DNS is away.
    name = account.user.rpartition("@")[2] or "localhost"
    if account.security is Security.TLS:
        return smtplib.SMTP_SSL(
            account.host,
            account.port,
            local_hostname=name,
            timeout=account.timeout,
            context=_context(account),
        )
    client = smtplib.SMTP(account.host, account.port, local_hostname=name, timeout=account.timeout)
    if account.security is Security.STARTTLS:
        # RFC 3207 §4: a server without STARTTLS, or a man in between, gets nothing from us.
        try:
            client.starttls(context=_context(account))
        except BaseException:
            client.close()
            raise
    return client


def _context(account: Account) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=account.ca_file)


def _log_in(client: smtplib.SMTP, account: Account) -> None:
    client.ehlo_or_helo_if_needed()
    if not account.user:
        return
    if account.security is Security.NONE and account.host not in _LOOPBACK:
        raise AuthenticationFailedError("a password never crosses the network without TLS")
    secret = account.secret() if account.secret else ""
    try:
        _show(client, account, secret)
    except UnicodeError:
        # Not `from error`: it carries the password.
        raise AuthenticationFailedError("the password holds letters that SMTP cannot") from None


def _show(client: smtplib.SMTP, account: Account, secret: str) -> None:
    if account.auth is Auth.XOAUTH2:
        words = f"user={account.user}\x01auth=Bearer {secret}\x01\x01"
        # The server answers a bad token with a challenge, which wants an empty reply.
        client.auth("XOAUTH2", lambda challenge=None: "" if challenge else words)
        return
    client.user, client.password = account.user, secret
    # One mechanism, once: `login` tries them all, and three failures lock accounts.
    offered = client.esmtp_features.get("auth", "").upper().split()
    if "PLAIN" in offered:
        client.auth("PLAIN", client.auth_plain)
    elif "LOGIN" in offered:
        client.auth("LOGIN", client.auth_login)
    else:
        # Nothing was tried, so nothing can be locked: the account stays in use.
        raise TryLaterError("the mail server offers no way to log in that we know")


def _unwelcome(error: smtplib.SMTPResponseException) -> TryLaterError:
    # RFC 4954 §6: a 4xx to a login passes; a 5xx will be the same next time.
    is_login = isinstance(error, smtplib.SMTPAuthenticationError)
    if is_login and error.smtp_code >= PERMANENT:
        return AuthenticationFailedError(f"the mail server refused the login ({error.smtp_code})")
    return TryLaterError(f"the mail server does not receive us ({error.smtp_code})")
