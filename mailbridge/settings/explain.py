"""What a key means, and the whole file without a secret in it."""

import json
import re
from datetime import time
from typing import Any

from pydantic import BaseModel

from mailbridge.settings.load import table_of
from mailbridge.settings.schema import Settings
from mailbridge.settings.secret import Secret


def explain(key: str) -> list[tuple[str, str]] | None:
    """List (key, meaning) of a key and, for a table, of all that it holds; None if unknown."""
    model: type[BaseModel] = Settings
    steps = re.sub(r"\[\d+\]", "", key).split(".")
    for step in steps[:-1]:
        table = table_of(model, step)
        if table is None:
            return None
        model = table
    field = model.model_fields.get(steps[-1])
    if field is None:
        return None
    plain = ".".join(steps)
    lines = [(plain, f"{field.description or ''} {_default(field)}".strip())]
    table = table_of(model, steps[-1])
    if table is not None:
        lines += [
            (f"{plain}.{name}", f"{inner.description or ''} {_default(inner)}".strip())
            for name, inner in table.model_fields.items()
        ]
    return lines


def _default(field: Any) -> str:
    if field.is_required():
        return "(required)"
    if field.default is None or isinstance(field.default, BaseModel):
        return "(optional)"
    return f"(default: {_toml(field.default)})"


def _toml(value: Any) -> str:
    """Write a default as it would stand in the file."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, time):
        return f'"{value:%H:%M}"'
    if isinstance(value, (int, float)):
        return str(value)
    return json.dumps(str(value), ensure_ascii=False)


def redacted(value: Any) -> Any:
    """Give the settings as plain JSON values; of secrets only the kind of place is left."""
    if isinstance(value, Secret):
        kind = next(name for name, place in value if place)
        return f"<secret from a {kind}>"
    if isinstance(value, BaseModel):
        return {name: redacted(item) for name, item in value}
    if isinstance(value, tuple):
        return [redacted(item) for item in value]
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)
