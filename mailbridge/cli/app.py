"""The program `mailbridge`: every command by name."""

import typer

from mailbridge.cli import (
    accounts,
    advance,
    again,
    agencies,
    book,
    certificates,
    check,
    config,
    digest,
    evidence,
    exchange_acts,
    exchanges,
    export,
    gateway,
    handover,
    impounded,
    incidents,
    mails,
    number,
    paper_tracker,
    prints,
    recall,
    records,
    register,
    search,
    send,
    serving,
    slips,
    task,
    tasks,
    trust,
)

app = typer.Typer(
    name="mailbridge",
    help="Official documents through official mailboxes: proven, numbered, answered.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(serving.run)
app.command()(serving.poll)
app.command()(check.check)
app.command()(mails.ledger)
app.add_typer(mails.held, name="held")
app.add_typer(mails.quarantine, name="quarantine")
app.add_typer(impounded.app, name="impounded")
register.app.command()(paper_tracker.also)
app.add_typer(register.app, name="register")
app.add_typer(paper_tracker.app, name="paper")
app.command()(search.search)
app.command()(send.send)
app.add_typer(number.app, name="number")
app.add_typer(book.app, name="book")
app.command()(register.release)
app.command()(register.refuse)
app.command()(register.acknowledge)
app.command()(advance.advance)
app.command()(tasks.tasks)
app.add_typer(task.app, name="task")
app.add_typer(recall.app, name="recall")
app.command("check-again")(again.check_again)
app.command("open")(again.open_)
app.command()(evidence.evidence)
prints.app.command("phieu-giai-quyet")(slips.handling)
prints.app.command("phieu-gui")(slips.cover)
prints.app.command("dau-den")(slips.stamped)
app.add_typer(prints.app, name="print")
exchange_acts.app.command("list")(exchanges.list_)
exchange_acts.app.command()(exchanges.show)
exchange_acts.app.command()(exchanges.strays)
app.add_typer(digest.app, name="digest")
app.add_typer(exchange_acts.app, name="exchange")
app.add_typer(export.app, name="export")
app.add_typer(agencies.app, name="agency")
app.add_typer(certificates.app, name="cert")
app.add_typer(trust.app, name="trust")
app.add_typer(trust.crl, name="crl")
app.add_typer(trust.pgp, name="pgp")
app.command()(records.outbox)
app.add_typer(accounts.app, name="account")
app.add_typer(records.journal, name="journal")
app.add_typer(handover.app, name="handover")
app.add_typer(incidents.app, name="incident")
app.add_typer(gateway.app, name="gateway")
app.add_typer(config.app, name="config")
