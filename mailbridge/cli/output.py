"""What people read (tables, in Vietnamese) and what programs read (`--json`, English keys)."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from mailbridge.clock import in_vietnam

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]

_CONTROL = dict.fromkeys([*range(32), *range(127, 160)], " ")
# Characters that reorder what is written after them (bidirectional overrides).
_REORDERING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F], "")


def safe(value: object) -> str:
    """Make text from a mail fit for a terminal: no control codes, no reordering."""
    return str(value).translate(_CONTROL).translate(_REORDERING)


def moment(value: datetime | None) -> str:
    """Show a moment in Vietnam time (Điều 13)."""
    return in_vietnam(value).strftime("%d/%m/%Y %H:%M:%S") if value else ""


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table; cells are text from mails and are never read as markup."""
    grid = Table(*columns, title=title, title_justify="left", header_style="bold")
    for row in rows:
        grid.add_row(*(Text(safe(cell)) for cell in row))
    Console().print(grid)
    if not rows:
        typer.echo("(không có)")


def pairs(title: str, lines: Sequence[tuple[str, object]]) -> None:
    """Print one thing as label and value, one a line."""
    console = Console()
    console.print(Text(title, style="bold"))
    width = max((len(label) for label, _ in lines), default=0)
    for label, value in lines:
        console.print(Text(f"  {label:<{width}}  {safe(value)}"))


def as_json(value: object) -> None:
    """Print one JSON value; moments are ISO 8601 in Vietnam time."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return in_vietnam(value).isoformat()
    return str(value)
