"""The wording of letters: Jinja2 templates in `templates/letters/`."""

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from mailbridge.letters import words
from mailbridge.mime.build import flat

WORDING = Path(__file__).parents[2] / "templates" / "letters"
# A summary of megabytes would bury the rest of the letter.
_VALUE_LENGTH = 2_000


def render(folder: Path, name: str, **values: object) -> str:
    """Fill a template; a value can neither start a line of its own nor hide one."""
    return _environment(folder).get_template(name).render(**values)


@lru_cache(maxsize=8)
def _environment(folder: Path) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        autoescape=select_autoescape(["html"]),
        keep_trailing_newline=True,
        finalize=_line,
    )
    environment.globals.update(
        moment=words.moment,
        day=words.day,
        named=words.named,
        size=words.size,
        verdicts=words.VERDICTS,
        copies=words.COPIES,
    )
    return environment


def _line(value: object) -> str:
    # Hostile: subjects and names come from the mail. A line end in one would forge a line.
    shown = flat(str(value))
    return shown if len(shown) <= _VALUE_LENGTH else shown[:_VALUE_LENGTH] + " … (đã cắt bớt)"
