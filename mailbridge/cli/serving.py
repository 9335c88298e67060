"""mailbridge run | poll: the service in the foreground, and one round of it."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from mailbridge.cli.context import DEFAULT, Config, settings
from mailbridge.cli.exits import AnswerIsNoError, told
from mailbridge.cli.output import AsJson, as_json, table

if TYPE_CHECKING:
    from mailbridge.settings.schema import Settings


def run(config: Config = DEFAULT) -> None:
    """Serve in the foreground until SIGTERM (systemd: Type=notify)."""
    from mailbridge import wiring
    from mailbridge.cli.logs import log_to_stderr
    from mailbridge.daemon.serve import run as serve

    with told():
        log_to_stderr()
        loaded = settings(config)
        warn(loaded, config)
        with wiring.leader(loaded) as leader:
            serve(wiring.duty(wiring.prepared(loaded), leader.holds))


def warn(loaded: "Settings", config: Path) -> None:
    """Log what cannot be used, once: the service starts all the same, and such letters wait."""
    import structlog

    from mailbridge import wiring

    for sentence in wiring.unusable(loaded, config):
        structlog.get_logger(__name__).warning("setting cannot be used", fault=sentence)


def poll(
    config: Config = DEFAULT,
    once: bool = typer.Option(False, "--once", help="One round, then end."),
    dry_run: bool = typer.Option(False, "--dry-run", help="Show what would be taken in."),
    json_: AsJson = False,
) -> None:
    """Take in, examine, file and post what is there now."""
    with told():
        if dry_run:
            _show_arrivals(config, json_)
        elif once:
            _poll_once(config)
        else:
            typer.echo("Hãy dùng --once, hoặc `mailbridge run` để chạy liên tục.", err=True)
            raise typer.Exit(2)


def _poll_once(config: Config) -> None:
    from mailbridge import wiring
    from mailbridge.cli.logs import log_to_stderr
    from mailbridge.daemon.serve import poll_once

    log_to_stderr()
    loaded = settings(config)
    with wiring.leader(loaded):
        if not poll_once(wiring.duty(wiring.prepared(loaded))):
            raise AnswerIsNoError("Có hộp thư không kết nối được; xem nhật ký phía trên.")


def _show_arrivals(config: Config, json_: bool) -> None:
    from mailbridge import clock, wiring
    from mailbridge.daemon.preview import preview

    loaded = settings(config)
    rows = []
    for mailbox in loaded.mailbox:
        if mailbox.imap is None:
            # What is delivered lies nowhere but in the ledger.
            continue
        with wiring.imap(mailbox, mailbox.imap) as opened:
            rows += preview(
                mailbox.name, wiring.database(loaded), opened, loaded.intake.start, clock.now()
            )
    if json_:
        as_json([{"mailbox": r.mailbox, "uid": r.uid, "size": r.size} for r in rows])
        return
    table(
        "Thư sẽ được tiếp nhận (chưa làm gì cả)",
        ("Hộp thư", "UID", "Ngày đến", "Kích thước", "Tiêu đề"),
        [(r.mailbox, r.uid, r.arrived, r.size, r.subject) for r in rows],
    )
