"""Days and urgencies as people write them: on the command line, in gui.toml, in lines of a mail."""

import re
from datetime import date

from mailbridge.model.reading import Urgency
from mailbridge.rules.wording import folded

_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)


def day(said: str) -> date | None:
    """Read 30/11/2026 or 2026-11-30; None: no day."""
    try:
        if match := _ISO.fullmatch(said.strip()):
            return date(int(match[1]), int(match[2]), int(match[3]))
        match = _DAY.fullmatch(said.strip())
        return date(int(match[3]), int(match[2]), int(match[1])) if match else None
    except ValueError:
        return None


def urgency(said: str) -> Urgency | None:
    """Read an urgency, "hoả tốc" and "HOA TOC" too; None: none of ours."""
    return next((one for one in Urgency if folded(one.value) == folded(said)), None)
