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

# A code that is longer than this, as a hostile mail may have it, is broken like words.
_WHOLE = 16
_CONTROL = dict.fromkeys([*range(32), *range(127, 160)], " ")
# Characters that reorder what is written after them (bidirectional overrides).
_REORDERING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F], "")


def safe(value: object) -> str:
    """Make text from a mail fit for a terminal: no control codes, no reordering."""
    return str(value).translate(_CONTROL).translate(_REORDERING)


def moment(value: datetime | None) -> str:
    """Show a moment in Vietnam time (Điều 13)."""
    return in_vietnam(value).strftime("%d/%m/%Y %H:%M:%S") if value else ""


class Narrow(str):
    """Heading of a column of dates, codes or numbers: none of them is cut or broken."""

    __slots__ = ()


def day(value: datetime | None) -> str:
    """Show the day of a moment in Vietnam, as lists do."""
    return in_vietnam(value).strftime("%d/%m/%Y") if value else ""


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table; cells are text from mails and are never read as markup."""
    grid = Table(title=title, title_justify="left", header_style="bold", padding=(0, 0))
    cells = [[safe(cell) for cell in row] for row in rows]
    for at, heading in enumerate(columns):
        # Columns of words give way to those that may not be cut.
        wide = max((len(row[at]) for row in cells), default=0)
        is_narrow = isinstance(heading, Narrow) and wide <= _WHOLE
        grid.add_column(
            Text(heading),
            min_width=wide if is_narrow else None,
            no_wrap=is_narrow,
            overflow="fold",
        )
    for line in cells:
        grid.add_row(*map(Text, line))
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
