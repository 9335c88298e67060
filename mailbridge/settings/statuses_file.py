"""The file of the statuses that documents go through (Điều 11.8); each fault in one sentence."""

import tomllib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from mailbridge.settings.data_faults import sentence

# Read where the settings name no file of the office's own.
SHIPPED = Path(__file__).with_name("shipped") / "statuses.toml"


class StatusesFileError(Exception):
    """The file cannot be used; one sentence says what, where, and how to mend it."""


class StatusRow(BaseModel):
    """One status; the shipped file says what each key means."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str = Field(pattern=r"^(\d{2}|[a-z][a-z-]*)$")
    name: str = Field(pattern=r"^[a-z][a-z-]*$")
    label: str = Field(min_length=1)
    setter: Literal["system", "office", "sender"]
    after: tuple[str, ...] = ()
    ends: bool = False
    passing: bool = False
    reason: bool = False
    told: bool = False


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    status: tuple[StatusRow, ...] = Field(min_length=1)


def read(path: Path) -> tuple[StatusRow, ...]:
    """Read the rows of the file in their order; raises StatusesFileError."""
    try:
        return _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig"))).status
    except OSError as error:
        raise StatusesFileError(f"{path}: không đọc được: {error.strerror}.") from error
    except ValidationError as error:
        raise StatusesFileError(sentence(path, error, "config/statuses.toml")) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise StatusesFileError(f"{path}: không đúng cú pháp TOML: {error}.") from error
