"""What a mail is for. Only documents are numbered; nothing automatic is ever answered."""

from mailbridge.model.edxml import EdxmlHeader
from mailbridge.model.message import Kind, Message
from mailbridge.model.parcel import Parcel
from mailbridge.rules.wording import folded

_OURS = "application/vnd.mailbridge+json"
_BY_KIND = {"receipt": Kind.RECEIPT, "recall": Kind.RECALL, "report": Kind.REPORT}
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


def sort(message: Message, parcel: Parcel, edxml: EdxmlHeader | None) -> Kind:
    """Tell what the mail is for, by its form alone; its claims are judged elsewhere."""
    ours = _ours(message)
    if ours is not None:
        return ours
    if _is_bounce(message):
        return Kind.BOUNCE
    if is_automatic(message):
        return Kind.AUTOMATIC
    if edxml is not None:
        return Kind.RECEIPT if edxml.message == "status" else Kind.DOCUMENT
    return Kind.DOCUMENT if _has_document(parcel) else Kind.OTHER


def is_automatic(message: Message) -> bool:
    """Tell whether a program wrote it (RFC 3834 §5) or one of its older relatives."""
    stated = "".join(message.values("Auto-Submitted")[:1]).partition(";")[0].strip().lower()
    if stated and stated != "no":
        return True
    if any(message.values(name) for name in (*_AUTOMATIC_FIELDS, *_LIST_FIELDS)):
        return True
    if {value.strip().lower() for value in message.values("Precedence")} & _BULK:
        return True
    if any(part.type == "message/disposition-notification" for part in message.parts()):
        return True
    return _is_away(message)


def _is_away(message: Message) -> bool:
    """Tell an absence by its subject, but only without files: people write of it, too."""
    files = any(part.type == "application/pdf" or part.name for part in message.parts())
    subject = folded(message.subject)
    return not files and any(subject.startswith(words) for words in _AWAY)


def _ours(message: Message) -> Kind | None:
    for part in message.parts():
        if part.type == _OURS:
            return _BY_KIND.get((part.parameter("kind") or "").lower())
    return None


def _is_bounce(message: Message) -> bool:
    """RFC 3464 §2: multipart/report of delivery status; or a daemon that writes without one."""
    for part in message.parts():
        if part.type == "message/delivery-status":
            return True
    empty = any(value.strip() == "<>" for value in message.values("Return-Path"))
    robot = any(a.spec.startswith(_ROBOTS[:2]) for a in message.from_)
    return robot and (empty or "deliver" in message.subject.lower())


def _has_document(parcel: Parcel) -> bool:
    if parcel.unsupported:
        return True
    return any(not file.type.startswith(_NEVER) for file in parcel.files)
