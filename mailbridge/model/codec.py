"""Values to JSON and back, strictly typed: how values cross to child processes and into stored records.

JSON and never pickle: what a child says was made from hostile octets, and must not run code here.
"""

from collections.abc import Hashable
from functools import lru_cache
from typing import Any, TypeVar

from pydantic import TypeAdapter

Value = TypeVar("Value")


@lru_cache(maxsize=64)
def _adapter(kind: Hashable) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def encode(kind: Hashable, value: object) -> bytes:
    """Write a value of that type as JSON octets."""
    return _adapter(kind).dump_json(value)


def decode(kind: type[Value], octets: bytes | str) -> Value:
    """Read a value of that type; raises ValueError where the octets do not fit it."""
    adapter: TypeAdapter[Value] = _adapter(kind)
    return adapter.validate_json(octets)
