"""File names from mails made fit for display and storage; never joined to a path as sent."""

import re
import unicodedata

from mailbridge.model.limits import Limits

# Control codes, and characters that reorder what stands after them (an .exe that looks a .pdf).
_HIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def safe_name(name_sent: str, limits: Limits) -> str:
    """Make a name without path, control codes or reordering; NFC, with its extension kept."""
    name = unicodedata.normalize("NFC", name_sent)
    name = re.split(r"[/\\]", _HIDDEN.sub("", name))[-1]
    name = _FORBIDDEN.sub("_", name).strip(" .")
    if not name or _RESERVED.match(name):
        name = f"tep_{name}".rstrip("_.") if name else "tep"
    if len(name) > limits.name_length:
        stem, dot, extension = name.rpartition(".")
        keep = limits.name_length - len(dot + extension)
        name = stem[:keep] + dot + extension if keep > 0 else name[: limits.name_length]
    return name
