"""gui.toml: what a person writes beside the files of a document that he wants to send."""

import datetime as dt
import json
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from mailbridge.model import codec
from mailbridge.model.reading import FieldName, Urgency
from mailbridge.model.sending import Business, Draft, DraftFile, NumberWish
from mailbridge.rules.said import day, urgency

NAME = "gui.toml"
# A file of megabytes is no list of recipients.
_SIZE = 64 * 1024
_EXAMPLES = {
    "to": '; viết là danh sách: to = ["DEMO.01.01", "vanthu.xa@hungyen.gov.vn"]',
    "files": '; viết là danh sách: files = ["van-ban.pdf"]',
    "due": '; viết là ngày: due = 2026-11-30 hoặc due = "30/11/2026"',
    "date": '; viết là ngày: date = 2026-11-24 hoặc date = "24/11/2026"',
    "urgency": '; viết một trong: "thường", "khẩn", "thượng khẩn", "hỏa tốc"',
    "number": '; viết "next" hoặc "printed"',
    "encrypt": "; viết true hoặc false",
}


class DropFileError(Exception):
    """The file cannot be used; says in Vietnamese what is wrong, and how to mend it."""


@dataclass(frozen=True, slots=True)
class DropFile:
    """One document as its person describes it; all but `to` may be left out."""

    # Identifiers or mailboxes of the recipients.
    to: tuple[str, ...]
    # Names of the files, the main one first; none: all that lie there, by name.
    files: tuple[str, ...] = ()
    symbol: str = ""
    date: str = ""
    type: str = ""
    summary: str = ""
    signer: str = ""
    urgency: Urgency | None = None
    number: NumberWish = NumberWish.NEXT
    book: str | None = None
    ground: str = ""
    due: dt.date | None = None
    encrypt: bool = False
    overrule: str = ""
    office: str | None = None

    def draft(self, office: str, files: tuple[DraftFile, ...]) -> Draft:
        """Make the draft of these files."""
        said = {
            FieldName.SYMBOL: self.symbol,
            FieldName.DATE: self.date,
            FieldName.TYPE: self.type,
            FieldName.SUMMARY: self.summary,
            FieldName.SIGNER: self.signer,
        }
        return Draft(
            office=office,
            files=files,
            to=self.to,
            fields={name: value for name, value in said.items() if value.strip()},
            urgency=self.urgency,
            number=self.number,
            book=self.book,
            ground=self.ground,
            due=self.due,
            encrypt=self.encrypt,
            business=Business.NEW,
            overrule=self.overrule,
        )


def read(path: Path) -> DropFile:
    """Read the file; raises DropFileError."""
    try:
        with path.open("rb") as opened:
            octets = opened.read(_SIZE + 1)
        if len(octets) > _SIZE:
            raise DropFileError(f"{NAME}: tệp quá lớn.")
        values = tomllib.loads(octets.decode("utf-8-sig"))
    # Hostile: numbers of thousands of digits (ValueError), brackets without end (RecursionError).
    except (OSError, ValueError, RecursionError) as error:
        raise DropFileError(f"{NAME}: không đọc được ({error}).") from error
    known = {field.name for field in fields(DropFile)}
    odd = sorted(set(values) - known)
    if odd:
        raise DropFileError(f"{NAME}: không có khóa {', '.join(odd)}; có: {', '.join(known)}.")
    try:
        return codec.decode(DropFile, json.dumps(_as_meant(values), default=str))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        cure = _EXAMPLES.get(where.partition(".")[0], "")
        raise DropFileError(f"{NAME}: {where}: giá trị không dùng được{cure}.") from error


def _as_meant(values: dict[str, Any]) -> dict[str, Any]:
    """Read days and urgencies as people write them; what is none stays, and is told."""
    meant = dict(values)
    for key in ("due", "date"):
        said = values.get(key)
        if isinstance(said, str) and (read_ := day(said)):
            meant[key] = read_.isoformat()
    said = values.get("urgency")
    if isinstance(said, str) and (known := urgency(said)):
        meant["urgency"] = known.value
    return meant
