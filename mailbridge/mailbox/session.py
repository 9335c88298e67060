"""Opens a connection: TLS, login, capabilities, and the selected folder."""

import imaplib
import re
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientReadOnlyError, LoginError

from mailbridge.mailbox.account import Account
from mailbridge.mailbox.errors import AuthenticationFailedError, edge
from mailbridge.mailbox.wire import Connection, Wire
from mailbridge.model.errors import TryLaterError

# A dead line in IDLE is found after 60 + 4 * 15 seconds.
_KEEPALIVE = ((socket.TCP_KEEPIDLE, 60), (socket.TCP_KEEPINTVL, 15), (socket.TCP_KEEPCNT, 4))
# The server is busy, and says nothing about the secret (RFC 5530 §3).
_NOT_ABOUT_THE_SECRET = ("[UNAVAILABLE]", "[INUSE]", "[LIMIT]", "[SERVERBUG]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(slots=True)
class Session:
    """A selected folder over one connection."""

    client: Any
    connection: Connection
    wire: Wire
    capabilities: frozenset[str]
    prefix: str
    delimiter: str
    folder: str
    uidvalidity: int
    uidnext: int
    exists: int
    writable: bool
    keywords: frozenset[str]


def open_session(account: Account) -> Session:
    """Connect, log in and select. Errors never hold what the server says about a login."""
    with edge("connect"):
        client = _connected(account)
    try:
        # imapclient sets 5, which prints each literal into a string, even when nobody logs it.
        connection: Connection = client._imap  # noqa: SLF001  (no public way to its stream)
        connection.debug = 0
        with edge("prepare"):
            _keep_alive(connection.sock)
            if account.security == "starttls":
                # Fails when it is not offered, or when the greeting was PREAUTH (RFC 3501 §6.2.1).
                client.starttls(_context(account.ca_file))
        _log_in(client, account)
        with edge("select"):
            return _selected(client, connection, account)
    except BaseException:
        shut(client)
        raise


def shut(client: Any) -> None:
    """Cut a connection without asking the server."""
    try:
        client.shutdown()
    except (OSError, imaplib.IMAP4.error):
        return


def _connected(account: Account) -> Any:
    tls = account.security == "tls"
    return IMAPClient(
        account.host,
        port=account.port,
        ssl=tls,
        ssl_context=_context(account.ca_file) if tls else None,
        timeout=SocketTimeout(account.timeout, account.timeout),
    )


def _context(ca_file: Path | None) -> ssl.SSLContext:
    return _loaded(ca_file, ca_file.stat().st_mtime_ns if ca_file else 0)


@lru_cache(maxsize=16)
def _loaded(ca_file: Path | None, _changed: int) -> ssl.SSLContext:
    """Load the roots once for all mailboxes: they are a megabyte and take 20 ms."""
    context = ssl.create_default_context(cafile=str(ca_file) if ca_file else None)
    # RFC 8996 §4 and §5: TLS 1.0 and 1.1 must not be used.
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _keep_alive(sock: socket.socket) -> None:
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for option, value in _KEEPALIVE:
        sock.setsockopt(socket.IPPROTO_TCP, option, value)


def _log_in(client: Any, account: Account) -> None:
    """Log in; the causes of a failure are dropped, for they may repeat the secret."""
    secret = account.secret()
    # A line end would begin a command of its own, a NUL or \x01 a field of the SASL answer.
    if _CONTROL.search(account.user + secret):
        raise AuthenticationFailedError(f"{account.name}: user or secret has control characters")
    try:
        _login(client, account.auth, account.user, secret)
    except LoginError as error:
        # imapclient wraps a lost line in it, too.
        if isinstance(error.__context__, imaplib.IMAP4.abort):
            raise TryLaterError(f"{account.name}: the line was cut at login") from None
        if any(code in str(error).upper() for code in _NOT_ABOUT_THE_SECRET):
            raise TryLaterError(f"{account.name}: no login for now") from None
        raise AuthenticationFailedError(f"{account.name}: login not accepted") from None
    except (imaplib.IMAP4.error, OSError, ValueError) as error:
        raise TryLaterError(f"{account.name}: login: {type(error).__name__}") from None


def _login(client: Any, auth: str, user: str, secret: str) -> None:
    logins: dict[str, Callable[[str, str], object]] = {
        # RFC 7628 §3.1.
        "oauthbearer": client.oauthbearer_login,
        "xoauth2": client.oauth2_login,
        # imaplib can write LOGIN in ASCII alone; PLAIN carries UTF-8 (RFC 4616 §2).
        "password": client.login if (user + secret).isascii() else client.plain_login,
    }
    logins[auth](user, secret)


def _selected(client: Any, connection: Connection, account: Account) -> Session:
    capabilities = frozenset(name.decode("ascii", "replace") for name in client.capabilities())
    prefix, delimiter = _namespace(client, capabilities)
    folder = server_name(account.folder, prefix, delimiter)
    try:
        answer, writable = client.select_folder(folder), True
    except IMAPClientReadOnlyError:
        # Another owner's mailbox or a full disk: still registered, but not filed.
        answer, writable = client.select_folder(folder, readonly=True), False
    validity = answer.get(b"UIDVALIDITY")
    if not validity:
        raise TryLaterError(f"{account.name}: the server names no UIDVALIDITY (RFC 3501 §2.3.1.1)")
    return Session(
        client=client,
        connection=connection,
        wire=Wire(connection, validity),
        capabilities=capabilities,
        prefix=prefix,
        delimiter=delimiter,
        folder=folder,
        uidvalidity=validity,
        uidnext=answer.get(b"UIDNEXT", 0),
        exists=answer[b"EXISTS"],
        writable=writable and bool(answer.get(b"READ-WRITE", True)),
        keywords=_keywords(answer.get(b"PERMANENTFLAGS", ())),
    )


def _keywords(flags: Any) -> frozenset[str]:
    return frozenset(flag.decode("ascii", "replace").strip("()").lower() for flag in flags)


def _namespace(client: Any, capabilities: frozenset[str]) -> tuple[str, str]:
    """Tell the prefix and the delimiter of the owner's folders (RFC 2342 §5)."""
    if "NAMESPACE" in capabilities:
        personal = client.namespace().personal
        if personal:
            return str(personal[0][0]), str(personal[0][1] or "/")
    # An empty name asks for the delimiter alone (RFC 3501 §6.3.8).
    listed = client.list_folders("", "")
    delimiter = listed[0][1] if listed else None
    return "", delimiter.decode("ascii", "replace") if delimiter else "/"


def server_name(folder: str, prefix: str, delimiter: str) -> str:
    """Write `a/b` in the server's way: `INBOX.a.b`; a delimiter within a level becomes `_`."""
    # INBOX is the same name everywhere (RFC 3501 §5.1).
    if folder.upper() == "INBOX":
        return "INBOX"
    levels = [level for level in folder.split("/") if level]
    if delimiter != "/":
        levels = [level.replace(delimiter, "_") for level in levels]
    name = delimiter.join(levels)
    bare = prefix.rstrip(delimiter)
    if bare and levels and levels[0].upper() == bare.upper():
        return delimiter.join([bare, *levels[1:]])
    return prefix + name
