"""The files of the layouts of books (mẫu sổ), data of local practice; one sentence a fault."""

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from mailbridge.model.book_row import BookField

# Read where the office has no file of that name of its own.
SHIPPED = Path(__file__).with_name("shipped") / "books"


class LayoutsFileError(Exception):
    """The file cannot be used; one sentence says what, where, and how to mend it."""


class ColumnRow(BaseModel):
    """One column; the shipped so-den.toml says what each key means."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    heading: str = Field(min_length=1, max_length=200)
    # A column of no width would show one letter a line.
    width: float = Field(ge=5, le=500)
    field: BookField


class LayoutFile(BaseModel):
    """One form of book."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str = Field(min_length=1, max_length=200)
    source: str = Field("", max_length=200)
    days: bool = True
    signers: tuple[str, str] = ("NGƯỜI LẬP SỔ", "LÃNH ĐẠO VĂN PHÒNG")
    # More columns than a page can show legibly are a mistake.
    column: tuple[ColumnRow, ...] = Field(min_length=1, max_length=20)


def read(folder: Path | None, name: str) -> LayoutFile:
    """Read the layout of that name from the office's folder, or as shipped; raises the error."""
    own = folder / f"{name}.toml" if folder else None
    path = own if own is not None and own.exists() else SHIPPED / f"{name}.toml"
    try:
        return LayoutFile.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except OSError as error:
        raise LayoutsFileError(f"{path}: không đọc được: {error.strerror}.") from error
    except ValidationError as error:
        place = ".".join(map(str, error.errors()[0]["loc"]))
        why = error.errors()[0]["msg"]
        raise LayoutsFileError(
            f"{path}: {place}: {why}; xem templates/books/so-den.toml."
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LayoutsFileError(f"{path}: không đúng cú pháp TOML: {error}.") from error
