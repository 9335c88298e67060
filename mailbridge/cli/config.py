"""mailbridge config validate | show | explain."""

import typer

from mailbridge.cli.context import DEFAULT, Config, settings
from mailbridge.cli.exits import UsageError, told
from mailbridge.cli.output import AsJson, as_json, pairs
from mailbridge.settings.explain import explain as explain_key
from mailbridge.settings.explain import redacted
from mailbridge.settings.schema import Settings
from mailbridge.settings.secret import Secret

app = typer.Typer(help="Look at the settings.", no_args_is_help=True)


@app.command()
def validate(config: Config = DEFAULT) -> None:
    """Check the settings file and that every secret can be had."""
    with told():
        loaded = settings(config)
        for secret in _secrets(loaded):
            secret.read()
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


def _secrets(loaded: Settings) -> list[Secret]:
    found = [p.password for p in loaded.gateway.person if isinstance(p.password, Secret)]
    for mailbox in loaded.mailbox:
        if mailbox.imap:
            found.append(mailbox.imap.secret)
        if mailbox.smtp:
            found.append(mailbox.smtp.secret)
        if mailbox.key and mailbox.key.passphrase:
            found.append(mailbox.key.passphrase)
        if mailbox.key and mailbox.key.token:
            found.append(mailbox.key.token.pin)
        if mailbox.openpgp and mailbox.openpgp.passphrase:
            found.append(mailbox.openpgp.passphrase)
    return found
