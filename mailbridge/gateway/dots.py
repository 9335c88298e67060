"""The end of DATA and the doubled dots before it, octet by octet as the standard has them.

Only CR LF "." CR LF ends a mail (RFC 5321 §4.1.1.4). A server that also ends it at a bare LF takes
for a second mail what the one before it took for text: that is how mails are smuggled.
"""

# What stands before the first line: the line end of the DATA command (RFC 5321 §4.1.1.4).
_BEFORE = b"\r\n"
_END = b"\r\n.\r\n"
_STARTS = (b"\r\n.\r", b"\r\n.", b"\r\n", b"\r")


class Dotted:
    """Takes the octets that follow DATA, in whatever pieces, and gives the mail's own."""

    def __init__(self) -> None:
        self._held = _BEFORE
        self._is_first = True
        # What came behind the end: the next commands of a client that does not wait.
        self.rest: bytes | None = None
        # A CR or an LF stood alone (RFC 5321 §2.3.8 forbids both).
        self.has_bare = False

    def feed(self, chunk: bytes) -> bytes:
        """Take the next octets; `rest` is set once the mail has ended."""
        octets = self._held + chunk
        end = octets.find(_END)
        if end >= 0:
            self.rest = octets[end + len(_END) :]
            return self._plain(octets[: end + 2])
        # What may be the beginning of the end, or of a doubled dot, waits for its other half.
        held = next((len(start) for start in _STARTS if octets.endswith(start)), 0)
        self._held = octets[len(octets) - held :]
        return self._plain(octets[: len(octets) - held])

    def _plain(self, octets: bytes) -> bytes:
        """Take away the first dot of a line (RFC 5321 §4.5.2); no line end is cut in two here."""
        ends = octets.count(b"\r\n")
        self.has_bare |= octets.count(b"\n") != ends or octets.count(b"\r") != ends
        plain = octets.replace(b"\r\n.", b"\r\n")
        if self._is_first and octets:
            self._is_first = False
            return plain[len(_BEFORE) :]
        return plain
