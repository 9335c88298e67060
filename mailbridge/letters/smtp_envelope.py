"""The talk before a mail: who sends it to whom, until the server waits for its octets."""

import smtplib

from mailbridge.letters.compose import Composed
from mailbridge.model.errors import Reason, RefusedError

READY, DONE = 354, 250
_TAKEN = (DONE, 251)
_LINE_ENDS = frozenset("\r\n")


class StaleError(OSError):
    """The connection is of no more use, and nothing was offered over it."""


def offer(client: smtplib.SMTP, composed: Composed, mail_from: str, *, anew: bool) -> None:
    """Offer a mail; `anew`: the connection served another one, which is left behind by RSET.

    SMTPResponseException: the server does not want it. StaleError: it is gone.
    """
    talk = [_mail(client, composed, mail_from), _recipient(client, composed, mail_from), "DATA"]
    at_once = client.has_extn("pipelining")
    try:
        if at_once:
            # RFC 2920 §3.1: all of it in one round trip.
            client.send("".join(f"{command}\r\n" for command in ("RSET", *talk)[not anew :]))
        if anew and (client.getreply() if at_once else client.rset())[0] != DONE:
            raise StaleError
    except OSError as error:
        raise StaleError from error
    answers = _answers(client, talk) if at_once else _one_by_one(client, talk)
    for answer, wanted in zip(answers, ((DONE,), _TAKEN, (READY,)), strict=False):
        expect(answer, *wanted)


def demand_room(client: smtplib.SMTP, size: int) -> None:
    """Refuse here what the server has announced to refuse (RFC 1870 §6.1)."""
    limit = client.esmtp_features.get("size", "").strip()
    if limit.isdecimal() and 0 < int(limit) < size:
        raise RefusedError(Reason.TOO_LARGE, f"the mail server takes {limit} octets at most")


def expect(answer: tuple[int, bytes], *wanted: int) -> None:
    """Raise SMTPResponseException for any other answer."""
    code, said = answer
    if code not in wanted:
        raise smtplib.SMTPResponseException(code, said)


def _answers(client: smtplib.SMTP, talk: list[str]) -> list[tuple[int, bytes]]:
    """Give the answers to a talk that was sent at once."""
    answers = [client.getreply() for _ in talk]
    refused = any(code >= READY for code, _ in answers[:-1])
    if refused and answers[-1][0] == READY:
        # RFC 2920 §3.1: it waits for a mail although it wants no recipient: it gets an empty one.
        client.send(".\r\n")
        client.getreply()
    return answers


def _one_by_one(client: smtplib.SMTP, talk: list[str]) -> list[tuple[int, bytes]]:
    """Ask one after the other, as far as the server goes along."""
    answers: list[tuple[int, bytes]] = []
    for command in talk:
        answers.append(client.docmd(command))
        if answers[-1][0] not in {*_TAKEN, READY}:
            break
    return answers


def _mail(client: smtplib.SMTP, composed: Composed, mail_from: str) -> str:
    options = []
    if client.has_extn("size"):
        options.append(f"SIZE={len(composed.octets)}")
    if client.has_extn("dsn"):
        # RFC 3461 §4.3, §4.4: bounces bring our token back, and headers only.
        token = composed.message_id.strip("<>").partition("@")[0]
        options += ["RET=HDRS", f"ENVID={token}"]
    return _line(f"MAIL FROM:<{mail_from}>", options)


def _recipient(client: smtplib.SMTP, composed: Composed, mail_from: str) -> str:
    # RFC 3461 §4.1: nobody would get a report for the null sender.
    wants = "NOTIFY=FAILURE,DELAY" if mail_from else "NOTIFY=NEVER"
    return _line(f"RCPT TO:<{composed.envelope_to}>", [wants] if client.has_extn("dsn") else [])


def _line(command: str, options: list[str]) -> str:
    written = " ".join([command, *options])
    # Hostile: a line end within an address would be a command of its own.
    if _LINE_ENDS & set(written):
        raise RefusedError(Reason.MALFORMED, "an address of a letter holds a line end")
    return written
