"""mailbridge config validate | show | explain."""

import typer

from mailbridge.cli.context import DEFAULT, Config, settings
from mailbridge.cli.exits import UsageError, told
from mailbridge.cli.output import AsJson, as_json, pairs
from mailbridge.settings.explain import explain as explain_key
from mailbridge.settings.explain import redacted
from mailbridge.settings.load import SettingsError
from mailbridge.settings.schema import Settings

app = typer.Typer(help="Look at the settings.", no_args_is_help=True)


@app.command()
def validate(config: Config = DEFAULT) -> None:
    """Check the settings file, and that all that it names can be used; no token is asked."""
    from mailbridge import wiring

    with told():
        faults = wiring.unusable(settings(config), config)
        if faults:
            raise SettingsError(faults)
        typer.echo(f"{config}: hợp lệ.")


@app.command()
def show(config: Config = DEFAULT, redact: bool = True) -> None:
    """Print the settings as JSON; secrets are never shown."""
    del redact
    with told():
        as_json(redacted(settings(config)))


@app.command()
def explain(key: str, json_: AsJson = False) -> None:
    """Tell what a key means, its default, and what a table holds."""
    with told():
        lines = explain_key(key)
        if lines is None:
            raise UsageError(f"{key}: không có khóa này; các bảng: {_tables()}.")
        if json_:
            as_json(dict(lines))
        else:
            pairs(key, lines)


def _tables() -> str:
    return ", ".join(sorted(Settings.model_fields))
