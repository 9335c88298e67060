"""The list of MAPI properties inside a TNEF ([MS-OXTNEF] 2.1.3.4): where each value stands."""

from dataclasses import dataclass

from mailbridge.mime.parse import Octets
from mailbridge.model.errors import Reason, RefusedError

# [MS-OXCDATA] 2.11.1: octets of a value of fixed size, by its type, padded to four.
_FIXED = {
    0x00: 0, 0x01: 0, 0x02: 4, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8,
    0x0A: 4, 0x0B: 4, 0x14: 8, 0x40: 8, 0x48: 16,
}  # fmt: skip
_OBJECT, _STRING, _UNICODE, _BINARY = 0x0D, 0x1E, 0x1F, 0x102
_VARIABLE = {_OBJECT, _STRING, _UNICODE, _BINARY}
_MULTIPLE, _NAMED = 0x1000, 0x8000
# A list that says that it holds a thousand million values.
_VALUES = 10_000


@dataclass(frozen=True, slots=True)
class Value:
    """Where the (first) value of a property stands."""

    start: int
    end: int
    is_unicode: bool = False
    is_object: bool = False


Properties = dict[int, Value]


@dataclass(slots=True)
class _Cursor:
    octets: Octets
    at: int
    end: int

    def number(self, size: int = 4) -> int:
        """Read a number and go on; raises RefusedError at the end."""
        start = self.skip(size)
        return int.from_bytes(self.octets[start : start + size], "little")

    def skip(self, size: int) -> int:
        """Go over so many octets, and tell where they began."""
        start = self.at
        if size < 0 or start + size > self.end:
            raise RefusedError(Reason.MALFORMED, "a list of properties that is cut")
        self.at = start + size
        return start

    def padded(self, size: int) -> int:
        """Go over a value and its padding, and tell where it began."""
        start = self.skip(size)
        self.at = min(self.end, start + size + -size % 4)
        return start


def properties(octets: Octets, start: int, end: int) -> Properties:
    """List the properties; what stands before a fault is kept."""
    cursor, found = _Cursor(octets, start, end), Properties()
    try:
        for _ in range(min(cursor.number(), _VALUES)):
            kind, number = cursor.number(2), cursor.number(2)
            if number >= _NAMED:
                _skip_name(cursor)
            value = _value(cursor, kind)
            if value is not None:
                found.setdefault(number, value)
    except RefusedError:
        return found
    return found


def _skip_name(cursor: _Cursor) -> None:
    """Go over the set and name of a named property: a number, or a text."""
    cursor.skip(16)
    if cursor.number() == 1:
        cursor.padded(cursor.number())
    else:
        cursor.skip(4)


def _value(cursor: _Cursor, kind: int) -> Value | None:
    base = kind & ~_MULTIPLE
    count = cursor.number() if kind & _MULTIPLE or base in _VARIABLE else 1
    if count > _VALUES or (base not in _VARIABLE and base not in _FIXED):
        raise RefusedError(Reason.MALFORMED, "a property of an unknown type")
    found = None
    for _ in range(count):
        size = cursor.number() if base in _VARIABLE else _FIXED[base]
        start = cursor.padded(size)
        found = found or Value(start, start + size, base == _UNICODE, base == _OBJECT)
    return found
