"""Values to JSON and back, strictly typed: how they cross to child processes and into records.

JSON and never pickle: what a child says was made from hostile octets, and must not run code here.
"""

from functools import lru_cache
from typing import Any, TypeVar

from pydantic import TypeAdapter

Value = TypeVar("Value")


@lru_cache(maxsize=64)
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def encode(kind: Any, value: object) -> bytes:
    """Write a value of that type as JSON octets."""
    return _adapter(kind).dump_json(value, by_alias=True)


def decode(kind: type[Value], octets: bytes | str) -> Value:
    """Read a value of that type; raises ValueError where the octets do not fit it."""
    wanted: Any = kind
    adapter: TypeAdapter[Value] = _adapter(wanted)
    return adapter.validate_json(octets)
