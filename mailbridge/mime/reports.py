"""Reports of mail servers (RFC 3464 §2) and notifications of programs (RFC 8098 §3), as read.

Both are written by anybody: fields are cut, counted and cleaned, and what is odd is left out.
"""

import re
from collections.abc import Iterator
from typing import get_args

from mailbridge.model.report import (
    Action,
    Delivery,
    DeliveryReport,
    Disposition,
    DispositionType,
)

# A report of ten thousand recipients, each looked up.
_RECIPIENTS = 50
# A field of megabytes, and a text of a million fields.
_VALUE = 300
_LINES = 2_000
_LINE = 2_000
# No Message-ID is longer than a line of a mail (RFC 5322 §2.1.1).
_NAME = 998
_IDS = 50

_FIELD = re.compile(r"([!-9;-~]{1,100})[ \t]{0,10}:(.*)\Z", re.DOTALL)
# Control characters would reach screens and terminals; so would marks that turn a text around.
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]+")
# RFC 3464 §2.3.4
_STATUS = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})(?![.\d])")
# RFC 8098 §3.2.6: what is before the semicolon says who acted; then the type and its modifiers.
_DISPOSITION = re.compile(r"[^;]{1,100};\s{0,10}([A-Za-z]{1,20})\s{0,10}(?:/(.{0,100}))?\Z")
_MIC = re.compile(r"\s*([A-Za-z0-9+/]{20,100}={0,2})\s*,\s*([A-Za-z0-9-]{1,20})\s*\Z")
_MESSAGE_ID = re.compile(r"<([^<>\s]{3,998})>|([^<>\s]{3,998})")
_ANGLES = re.compile(r"<([^<>\s]{3,998})>")
_ACTIONS: dict[str, Action] = {action: action for action in get_args(Action)}
_TYPES: dict[str, DispositionType] = {kind: kind for kind in get_args(DispositionType)}

Fields = dict[str, str]


def delivery(text: str, returned: tuple[str, ...] = ()) -> DeliveryReport:
    """Read the fields of a message/delivery-status; `returned` names the mail that came back."""
    groups = list(_groups(text))
    whole = groups[0] if groups else {}
    return DeliveryReport(
        envelope_id=_value(whole, "original-envelope-id"),
        deliveries=tuple(_deliveries(groups[1:])),
        message_ids=tuple(dict.fromkeys(one for one in returned if one))[:_IDS],
    )


def _deliveries(groups: list[Fields]) -> Iterator[Delivery]:
    for fields in groups[:_RECIPIENTS]:
        action = _ACTIONS.get(_value(fields, "action").lower().partition(" ")[0])
        recipient = _recipient(_value(fields, "final-recipient"))
        # RFC 3464 §2.3: both are always there, or it is no report of a recipient.
        if action is None or not recipient:
            continue
        status = _STATUS.match(_value(fields, "status"))
        yield Delivery(
            recipient=recipient,
            original=_recipient(_value(fields, "original-recipient")),
            action=action,
            status=status[1] if status else "",
            diagnostic=_value(fields, "diagnostic-code"),
        )


def disposition(text: str) -> Disposition | None:
    """Read the fields of a message/disposition-notification; None where it says nothing."""
    fields: Fields = {}
    # Some programs put an empty line where the format has none.
    for group in _groups(text):
        fields |= {name: value for name, value in group.items() if name not in fields}
    said = _DISPOSITION.match(_value(fields, "disposition"))
    kind = _TYPES.get(said[1].lower()) if said else None
    if said is None or kind is None:
        return None
    modifiers = (said[2] or "").lower()
    error = _value(fields, "error") or _value(fields, "failure")
    mic = _MIC.match(fields.get("received-content-mic", ""))
    return Disposition(
        recipient=_recipient(_value(fields, "final-recipient")),
        message_id=message_id(fields.get("original-message-id", "")),
        type=kind,
        is_error=bool(error) or "error" in modifiers or "failed" in modifiers,
        error=error,
        mic=mic[1] if mic else "",
        mic_digest=mic[2].lower() if mic else "",
    )


def returned_id(text: str) -> str:
    """Give the Message-ID of a text/rfc822-headers part (RFC 6522 §4); empty without one."""
    first = next(_groups(text), {})
    return message_id(first.get("message-id", ""))


def message_id(value: str) -> str:
    """Give an identifier without its brackets (RFC 5322 §3.6.4); empty where it is none."""
    found = _MESSAGE_ID.match(value.strip())
    return _UNPRINTABLE.sub("", found[1] or found[2]) if found else ""


def message_ids(values: tuple[str, ...], most: int = _IDS) -> tuple[str, ...]:
    """List the identifiers of In-Reply-To or References, the last ones where there are too many."""
    found: dict[str, None] = {}
    for value in values:
        found |= dict.fromkeys(_ANGLES.findall(value[: most * _NAME]))
    return tuple(_UNPRINTABLE.sub("", one) for one in tuple(found)[-most:])


def _groups(text: str) -> Iterator[Fields]:
    """Split fields at empty lines (RFC 3464 §2.1); the first of a name within a group counts."""
    fields: Fields = {}
    for line in _unfolded(text):
        if not line.strip():
            if fields:
                yield fields
            fields = {}
            continue
        found = _FIELD.match(line)
        if found is not None:
            fields.setdefault(found[1].lower(), found[2])
    if fields:
        yield fields


def _unfolded(text: str) -> Iterator[str]:
    """Join folded lines (RFC 5322 §2.2.3), each to a bounded length."""
    held: str | None = None
    for line in text.replace("\r\n", "\n").split("\n", _LINES)[:_LINES]:
        if held is not None and line[:1] in {" ", "\t"} and line.strip():
            held = f"{held} {line.strip()}"[:_LINE]
            continue
        if held is not None:
            yield held
        held = line[:_LINE]
    if held is not None:
        yield held


def _value(fields: Fields, name: str) -> str:
    return " ".join(_UNPRINTABLE.sub(" ", fields.get(name, "")).split())[:_VALUE]


def _recipient(value: str) -> str:
    """Give the address of a recipient field (RFC 3464 §2.3.2), in lower case."""
    kind, mark, address = value.rpartition(";") if ";" in value else ("", "", value)
    del kind, mark
    address = address.strip().strip("<>").lower()
    return address if "@" in address and " " not in address else ""
