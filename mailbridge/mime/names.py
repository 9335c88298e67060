"""File names from mails made fit for display and storage; never joined to a path as sent."""

import re
import unicodedata
from urllib.parse import unquote

from mailbridge.model.limits import Limits

# Control codes, and characters that reorder what stands after them (an .exe that looks a .pdf).
_HIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_FORBIDDEN = re.compile(r'[<>:"|?*\\]')
_WINDOWS = re.compile(r"^[A-Za-z]:|^\\|(^|\\)\.\.?\\")
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def safe_name(name_sent: str, limits: Limits) -> str:
    """Make a name without path, control codes or reordering; NFC, with its extension kept."""
    name = unicodedata.normalize("NFC", name_sent)
    name = _HIDDEN.sub("", name)
    # A backslash parts folders on Windows, and is a letter of the name elsewhere.
    name = re.split(r"[/\\]" if _WINDOWS.search(name) else "/", name)[-1]
    name = _FORBIDDEN.sub("_", name).strip(" .")
    if not name or _RESERVED.match(name):
        name = f"tep_{name}".rstrip("_.") if name else "tep"
    if len(name) > limits.name_length:
        stem, dot, extension = name.rpartition(".")
        keep = limits.name_length - len(dot + extension)
        name = stem[:keep] + dot + extension if keep > 0 else name[: limits.name_length]
    return name


_CLIMBS = re.compile(r"(^|[/\\])\.\.\s*([/\\]|$)|^\s*[/\\]|^\s*[A-Za-z]:")


def climbs(name_sent: str) -> bool:
    """Tell whether a name inside a container leads out of it, as written or once it is decoded.

    Absolute, with a drive letter, a share of a network, or with `..` among its folders; also
    percent-encoded, or in letters that compatibility folding makes the same (NFKC).
    """
    name = _HIDDEN.sub("", name_sent)
    folded = unicodedata.normalize("NFKC", unquote(unquote(name)))
    return _CLIMBS.search(name) is not None or _CLIMBS.search(folded) is not None
