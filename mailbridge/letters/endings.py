"""How a posting can end besides well: what may be tried again, what may not, what nobody knows."""

from mailbridge.model.errors import Reason, RefusedError, TryLaterError


class UncertainError(TryLaterError):
    """The mail was sent and its answer lost: it was perhaps taken."""


class AuthenticationFailedError(TryLaterError):
    """The server does not let us in: suspend the account, or it will be locked."""


# 421 closes the line; 5xx about the talk itself (RFC 5321 §4.2.2) says nothing about this letter.
_OUT_OF_STEP = {500, 501, 502, 503, 504, 521}
_LOGIN_WANTED = {530, 534, 535, 538}
PERMANENT = 500


def refuse_or_wait(code: int) -> RefusedError | TryLaterError:
    """Judge an answer by its code alone (RFC 5321 §4.2.1); the server's words stay out of it."""
    if code in _LOGIN_WANTED:
        return AuthenticationFailedError(f"the mail server wants a login ({code})")
    if code >= PERMANENT and code not in _OUT_OF_STEP:
        return RefusedError(Reason.UNDELIVERABLE, f"the mail server refused it for good ({code})")
    return TryLaterError(f"the mail server cannot take it now ({code})")
