"""Column types that refuse what must not be stored, and indexes of some rows alone."""

from dataclasses import fields
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import Column, DateTime, Dialect, Enum, Index, TypeDecorator, text
from sqlalchemy.types import TypeEngine


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored in UTC without its zone, because SQLite knows none."""

    impl: TypeEngine[Any] | type[TypeEngine[Any]] = DateTime
    cache_ok: bool | None = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time: nobody could say later which moment it was."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a naive time: {value}")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        del dialect
        return None if value is None else value.replace(tzinfo=UTC)


def of(value: Any) -> dict[str, Any]:
    """Give the fields of a flat frozen value by name; `asdict` copies each of them deeply."""
    return {name: getattr(value, name) for name in _names(value.__class__)}


@lru_cache(maxsize=64)
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind))


def moment(*, required: bool = False) -> Column[Any]:
    """Make a column for a moment."""
    return Column(UtcDateTime, nullable=not required)


def word(words: type[StrEnum], *, required: bool = False) -> Column[Any]:
    """Make a column for one word of a closed list, held to it by a CHECK of the database."""
    kind = Enum(
        words,
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        # The word itself and not the name of the member: rows outlive a renaming in the code.
        values_callable=lambda members: [member.value for member in members],
        length=32,
        name=words.__name__.lower(),
    )
    return Column(kind, nullable=not required)


def partial_index(name: str, *columns: str, where: str) -> Index:
    """Make an index of those rows alone that a query asks for by these very words."""
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))
