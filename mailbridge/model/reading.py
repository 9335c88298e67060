"""What a document says of itself, each field with its source and how sure it is (Điều 11)."""

from dataclasses import dataclass, field, replace
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
    """The fields of Điều 11 that are read from a document; lists are joined by "; "."""

    # Mã định danh of the issuing agency (Điều 11.1): from an edXML header, never printed.
    AGENCY = "agency"
    NUMBER = "number"
    NOTATION = "notation"
    # Number and notation as printed, e.g. 123-CV/VPTU (Điều 11.2).
    SYMBOL = "symbol"
    # ISO 8601 date of issue (Điều 11.3).
    DATE = "date"
    TYPE = "type"
    # The words of `Urgency`; also in `Reading.urgency` (Điều 11.5).
    URGENCY = "urgency"
    SUMMARY = "summary"
    # Names of the files sent along, and titles of printed appendices (Điều 11.7).
    ENCLOSURES = "enclosures"
    # Whom the signer acts for: "T/M BAN THƯỜNG VỤ", "KT. CHỦ TỊCH" (Điều 11.9).
    COMPETENCE = "competence"
    POSITION = "position"
    SIGNER = "signer"
    # Bên gửi as the head prints it (Điều 11.10).
    ISSUER = "issuer"
    SUPERIOR = "superior"
    # Kính gửi, and Nơi nhận without the archive's copy (Điều 11.11).
    ADDRESSEES = "addressees"
    RECIPIENTS = "recipients"
    PLACE = "place"
    # ISO 8601; a suggestion for the person who decides it (Điều 11.13).
    DEADLINE = "deadline"
    PAGES = "pages"


@dataclass(frozen=True, slots=True)
class Field:
    """A value with where it was read and a confidence from 0 to 1; other readings stay visible."""

    value: str
    source: str
    confidence: float
    others: tuple[str, ...] = ()
    # Who looked and said so; no machine changes the value after that.
    confirmed_by: str | None = None


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
    # Words in Vietnamese for the clerk: "no text", "blank", …
    notes: tuple[str, ...] = ()
    # And where sources disagree, a sentence for each field.
    conflicts: tuple[str, ...] = ()

    def value(self, name: FieldName) -> str | None:
        """Give the value of a field, or nothing."""
        found = self.fields.get(name)
        return found.value if found else None


def renewed(old: Reading, new: Reading) -> Reading:
    """Give `new` with what a person confirmed in `old`; what the machine now reads stays visible.

    A mark of secrecy empties the new reading whatever was confirmed (Điều 5.1).
    """
    if new.secrecy is not None:
        return new
    fields = dict(new.fields)
    for name, confirmed in old.fields.items():
        if confirmed.confirmed_by is not None:
            fields[name] = _beside(confirmed, new.fields.get(name))
    urgency = new.urgency
    known = fields.get(FieldName.URGENCY)
    if known is not None and known.confirmed_by is not None:
        urgency = next((each for each in Urgency if each == known.value), new.urgency)
    return replace(new, fields=fields, urgency=urgency)


def _beside(confirmed: Field, read: Field | None) -> Field:
    if read is None or read.value == confirmed.value:
        return confirmed
    other = f"{read.value} ({read.source})"
    if other in confirmed.others:
        return confirmed
    return replace(confirmed, others=(*confirmed.others, other))
