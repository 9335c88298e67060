"""The standard half of a receipt: a message disposition notification (RFC 8098 §3)."""

import re

from mailbridge.mime import build
from mailbridge.model.letter import ReceiptFacts, Stage

# RFC 8098 §3.2.6. A 02 is a clerk's decision; 03 is `dispatched` as in Direct: in the final system.
# What follows 03 is a person's act, and no further disposition of the mail itself.
_DISPOSITIONS = {
    Stage.ARRIVED: "automatic-action/MDN-sent-automatically; processed",
    Stage.REGISTERED: "automatic-action/MDN-sent-automatically; dispatched",
    Stage.REFUSED: "manual-action/MDN-sent-manually; processed/error",
    **dict.fromkeys(
        (Stage.ASSIGNED, Stage.PROCESSING, Stage.DONE),
        "manual-action/MDN-sent-manually; processed",
    ),
    # RFC 8098 §3.2.6.2: the original was deleted, and will not be acted upon.
    Stage.RECALLED: "manual-action/MDN-sent-manually; deleted",
    Stage.RECALL_REFUSED: "manual-action/MDN-sent-manually; processed/error",
}
_MIC = re.compile(r"[A-Za-z0-9+/]{43}=")


def report(facts: ReceiptFacts, words: str, limit: str) -> build.Entity:
    """Make the multipart/report: what people read, what machines read, headers of the original."""
    # RFC 6522 §3: two or three parts, in this order.
    parts = (
        build.text(words).octets(),
        build.lines("message/disposition-notification", _notification(facts)).octets(),
        build.lines("text/rfc822-headers", _original(facts)).octets(),
    )
    kind = {"report-type": "disposition-notification"}
    return build.multipart("multipart/report", limit, parts, kind)


def _notification(facts: ReceiptFacts) -> bytes:
    fields = [
        build.field("Reporting-UA", f"{facts.by.address.rpartition('@')[2]}; mailbridge"),
        # RFC 8098 §3.2.4: the one field that is always there besides the disposition.
        build.field("Final-Recipient", f"rfc822;{build.address(facts.by.address)}"),
        _identifiers("Original-Message-ID", facts),
        build.field("Disposition", _DISPOSITIONS[facts.stage]),
    ]
    if facts.reason is not None:
        # RFC 8098 §3.2.7: machines and strangers see the word of the closed list.
        fields.append(build.field("Error", facts.reason.value))
    if _MIC.fullmatch(facts.mic):
        fields.append(build.field("Received-content-MIC", f"{facts.mic}, sha-256"))
    return b"".join(fields)


def _original(facts: ReceiptFacts) -> bytes:
    """Repeat headers of the original as far as they are known, never its content."""
    fields = [build.field("Subject", facts.subject), _identifiers("Message-ID", facts)]
    if facts.sender:
        fields.insert(0, build.field("From", facts.sender))
    return b"".join(fields)


def _identifiers(name: str, facts: ReceiptFacts) -> bytes:
    return build.ids_field(name, (facts.message_id,)) if facts.message_id else b""
