"""Exit codes, the same everywhere, and how an expected failure becomes one sentence and a code."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from mailbridge.model.errors import RefusedError, TryLaterError
from mailbridge.registry.directory_file import DirectoryFileError
from mailbridge.settings.calendar_file import CalendarFileError
from mailbridge.settings.layouts_file import LayoutsFileError
from mailbridge.settings.load import SettingsError
from mailbridge.settings.rules_file import RulesFileError
from mailbridge.settings.secret import SecretError
from mailbridge.settings.statuses_file import StatusesFileError

# Each says in one sentence what is wrong in which file.
_FAULTS = (
    SettingsError,
    SecretError,
    DirectoryFileError,
    RulesFileError,
    CalendarFileError,
    StatusesFileError,
    LayoutsFileError,
)

DONE = 0
# The answer is no: failed, undetermined, refused, errors found.
NO = 1
USAGE = 2
# EX_TEMPFAIL of sysexits(3).
TRY_LATER = 75


class AnswerIsNoError(Exception):
    """The command was understood and the answer is no; the text says why."""


class UsageError(Exception):
    """What was asked names nothing, or more than one thing."""


@contextmanager
def told() -> Iterator[None]:
    """Turn expected failures into a sentence on standard error and an exit code."""
    try:
        yield
    except (*_FAULTS, UsageError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(USAGE) from None
    except AnswerIsNoError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(NO) from None
    except RefusedError as error:
        typer.echo(f"Không thực hiện được: {error.detail}.", err=True)
        raise typer.Exit(USAGE) from None
    except TryLaterError as error:
        typer.echo(f"Tạm thời chưa làm được, hãy thử lại sau: {error.detail}", err=True)
        raise typer.Exit(TRY_LATER) from None
