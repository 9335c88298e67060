"""The file of what local practice decides about the rules; each fault is told in one sentence."""

import tomllib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from mailbridge.settings.data_faults import sentence

# Read where the settings name no file of the office's own.
SHIPPED = Path(__file__).with_name("shipped")

Words = tuple[str, ...]


class RulesFileError(Exception):
    """The file cannot be used; one sentence says what, where, and how to mend it."""


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PaperRow(_Row):
    """A kind of document that also goes on paper (Điều 8)."""

    code: str = Field(min_length=1)
    ground: str = Field(min_length=1)
    bodies: Words = ()
    types: Words = ()
    words: Words = ()
    addressees: Words = ()


class AuthorityRow(_Row):
    """Kinds that a body does not issue."""

    issuer: str = Field(min_length=1)
    types: Words = Field(min_length=1)
    acting: str = ""
    source: str = Field(min_length=1)


class HandlingRow(_Row):
    """Working days for handling."""

    days: int = Field(ge=1, le=365)
    type: str | None = None
    urgency: Literal["thường", "khẩn", "thượng khẩn", "hỏa tốc"] | None = None


class MinutesRow(_Row):
    """Minutes of each level of urgency."""

    urgent: int = Field(60, ge=1)
    very_urgent: int = Field(30, ge=1)
    express: int = Field(15, ge=1)


class RulesFile(_Row):
    """The whole file."""

    answer: Literal["same-day", "next-morning", "next-day"] = "same-day"
    paper: tuple[PaperRow, ...] = ()
    authority: tuple[AuthorityRow, ...] = ()
    handling: tuple[HandlingRow, ...] = ()
    urgent_minutes: MinutesRow = MinutesRow()


def read(path: Path) -> RulesFile:
    """Read the file; raises RulesFileError."""
    try:
        return RulesFile.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except OSError as error:
        raise RulesFileError(f"{path}: không đọc được: {error.strerror}.") from error
    except ValidationError as error:
        raise RulesFileError(sentence(path, error, "config/rules.toml")) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RulesFileError(f"{path}: không đúng cú pháp TOML: {error}.") from error
