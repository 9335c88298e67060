"""What a mail is for. Only documents are numbered; nothing automatic is ever answered."""

from collections.abc import Iterator

from mailbridge.model.edxml import EdxmlHeader
from mailbridge.model.letter import RecallFacts
from mailbridge.model.message import Kind, Message, Part
from mailbridge.model.parcel import Parcel
from mailbridge.model.report import Answers
from mailbridge.rules.wording import folded

_OURS = "application/vnd.mailbridge+json"
_BY_KIND = {"receipt": Kind.RECEIPT, "recall": Kind.RECALL, "report": Kind.REPORT}
_STATUS = {"message/delivery-status", "message/global-delivery-status"}
_ROBOTS = ("mailer-daemon@", "postmaster@", "no-reply@", "noreply@", "double-bounce@")
_AUTOMATIC_FIELDS = ("X-Autoreply", "X-Autorespond", "X-Auto-Reply-From", "X-Mail-Autoreply")
_LIST_FIELDS = ("List-Id", "List-Unsubscribe", "List-Post")
_BULK = {"bulk", "junk", "list", "auto_reply"}
_AWAY = (
    "tra loi tu dong",
    "automatic reply",
    "auto reply",
    "autoreply",
    "out of office",
    "vang mat",
    "vacation",
)
# What can be a document, by content; pictures and calendars cannot, nor a key that is sent along.
_KEYS = ("application/pgp-keys", "application/pgp-signature")
_NEVER = ("image/", "text/calendar", "message/", "application/x-empty", *_KEYS)

_NO_ANSWERS = Answers()


def sort(
    message: Message,
    parcel: Parcel,
    edxml: EdxmlHeader | None,
    answers: Answers = _NO_ANSWERS,
) -> Kind:
    """Tell what the mail is for, by its form alone; its claims are judged elsewhere."""
    # First: a bounce may return a receipt or a recall of ours as it was.
    if _is_bounce(message):
        return Kind.BOUNCE
    spoken = _spoken(message, edxml, answers)
    if spoken is not None:
        return spoken
    if is_automatic(message):
        return Kind.AUTOMATIC
    if edxml is not None and edxml.message == "document":
        return Kind.DOCUMENT
    return Kind.DOCUMENT if _has_document(parcel) else Kind.OTHER


def _spoken(message: Message, edxml: EdxmlHeader | None, answers: Answers) -> Kind | None:
    """Tell a receipt or a recall, by our machine part or by the edXML of others (QCVN 102)."""
    ours = _ours(message)
    if ours is not None:
        return ours
    if answers.machines:
        kinds = {isinstance(each.facts, RecallFacts) for each in answers.machines}
        # Both at once is nothing that mailbridge writes; the stricter of the two.
        return Kind.RECALL if True in kinds else Kind.RECEIPT
    if edxml is None or edxml.is_forwarded:
        return None
    if edxml.is_recall:
        return Kind.RECALL
    return Kind.RECEIPT if edxml.message == "status" else None


def is_automatic(message: Message) -> bool:
    """Tell whether a program wrote it (RFC 3834 §5) or one of its older relatives."""
    stated = "".join(message.values("Auto-Submitted")[:1]).partition(";")[0].strip().lower()
    if stated and stated != "no":
        return True
    if any(message.values(name) for name in (*_AUTOMATIC_FIELDS, *_LIST_FIELDS)):
        return True
    if {value.strip().lower() for value in message.values("Precedence")} & _BULK:
        return True
    if any(part.type == "message/disposition-notification" for part in _own_parts(message)):
        return True
    return _is_away(message)


def is_reminder(message: Message) -> bool:
    """Tell whether a mailbridge says that it reminds of a document (docs/wire.md)."""
    stated = "".join(message.values("X-Mailbridge")[:1])
    return is_automatic(message) and stated.partition(";")[0].strip().lower() == "reminder"


def _is_away(message: Message) -> bool:
    """Tell an absence by its subject, but only without files: people write of it, too."""
    files = any(part.type == "application/pdf" or part.name for part in message.parts())
    subject = folded(message.subject)
    return not files and any(subject.startswith(words) for words in _AWAY)


def _ours(message: Message) -> Kind | None:
    for part in _own_parts(message):
        if part.type == _OURS:
            return _BY_KIND.get((part.parameter("kind") or "").lower())
    return None


def _own_parts(message: Message) -> Iterator[Part]:
    """List the parts, but none of a mail within the mail: that is not what this one says."""
    queue = [message.root]
    while queue:
        part = queue.pop(0)
        yield part
        if not part.type.startswith("message/"):
            queue[:0] = part.children


def _is_bounce(message: Message) -> bool:
    """RFC 3464 §2: multipart/report of delivery status; or a daemon that writes without one."""
    if any(part.type in _STATUS for part in _own_parts(message)):
        return True
    empty = any(value.strip() == "<>" for value in message.values("Return-Path"))
    robot = any(a.spec.startswith(_ROBOTS[:2]) for a in message.from_)
    return robot and (empty or "deliver" in message.subject.lower())


def _has_document(parcel: Parcel) -> bool:
    if parcel.unsupported:
        return True
    return any(not file.type.startswith(_NEVER) for file in parcel.files)
