"""What a document says of itself, each field with its source and how sure it is (Điều 11)."""

from dataclasses import dataclass, field
from enum import StrEnum


class Urgency(StrEnum):
    """Mức độ khẩn (Điều 11.5), least first."""

    NORMAL = "thường"
    URGENT = "khẩn"
    VERY_URGENT = "thượng khẩn"
    EXPRESS = "hỏa tốc"

    @property
    def rank(self) -> int:
        """Order of work: 0 waits its turn, 3 overtakes everything."""
        return list(Urgency).index(self)


class FieldName(StrEnum):
    """The fields of Điều 11 that are read from a document."""

    NUMBER = "number"
    NOTATION = "notation"
    # Number and notation as printed, e.g. 123-CV/VPTU (Điều 11.2).
    SYMBOL = "symbol"
    # ISO 8601 date of issue (Điều 11.3).
    DATE = "date"
    TYPE = "type"
    SUMMARY = "summary"
    ISSUER = "issuer"
    SIGNER = "signer"
    POSITION = "position"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Field:
    """A value with where it was read and a confidence from 0 to 1; other readings stay visible."""

    value: str
    source: str
    confidence: float
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """The fields, the urgency and the marks of secrecy of one document.

    A mark of secrecy empties everything else: no level of secrecy may stay here (Điều 5.1).
    """

    fields: dict[FieldName, Field] = field(default_factory=dict)
    urgency: Urgency = Urgency.NORMAL
    # The mark as found ("MẬT", …) and nothing of its surroundings.
    secrecy: str | None = None
    # Path of the file taken for the main document.
    main: str | None = None
    # Words in Vietnamese for the clerk: "no text", "cut", …
    notes: tuple[str, ...] = ()

    def value(self, name: FieldName) -> str | None:
        """Give the value of a field, or nothing."""
        found = self.fields.get(name)
        return found.value if found else None
