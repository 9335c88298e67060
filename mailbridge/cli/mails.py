"""mailbridge ledger | held | quarantine: what became of every mail."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailbridge.cli.certificates import show_proposal
from mailbridge.cli.context import DEFAULT, Config, Whose, mailboxes, settings
from mailbridge.cli.exits import AnswerIsNoError, told
from mailbridge.cli.output import AsJson, as_json, moment, pairs, table
from mailbridge.cli.words import LEVELS, OUTCOMES, REASONS
from mailbridge.model.errors import Reason
from mailbridge.model.outcome import OutcomeName

if TYPE_CHECKING:
    from mailbridge.model.evidence import Finding
    from mailbridge.model.records import LedgerRow

Limit = Annotated[int, typer.Option("--limit", min=1, help="How many, newest first.")]

held = typer.Typer(help="What waits for the clerk.", invoke_without_command=True)
quarantine = typer.Typer(help="What could not be examined.", invoke_without_command=True)


def ledger(
    row: Annotated[int | None, typer.Argument(metavar="[MAIL]", help="One mail by its id.")] = None,
    config: Config = DEFAULT,
    office: Whose = None,
    limit: Limit = 50,
    json_: AsJson = False,
) -> None:
    """List the ledger, one row per mail whatever became of it; or show one mail."""
    with told():
        if row is not None:
            _show(row, config, json_)
            return
        _list("Sổ thư", _Asked(config, None, office, limit), json_)


@held.callback()
def held_list(
    context: typer.Context,
    config: Config = DEFAULT,
    office: Whose = None,
    limit: Limit = 50,
    json_: AsJson = False,
) -> None:
    """List what is held, with the reason."""
    if context.invoked_subcommand is None:
        with told():
            asked = _Asked(config, OutcomeName.HELD, office, limit)
            _list("Thư chờ văn thư xem xét", asked, json_)


@held.command("show")
def held_show(row: int, config: Config = DEFAULT, json_: AsJson = False) -> None:
    """Show one mail with its findings."""
    with told():
        _show(row, config, json_)


@quarantine.callback()
def quarantine_list(
    context: typer.Context,
    config: Config = DEFAULT,
    office: Whose = None,
    limit: Limit = 50,
    json_: AsJson = False,
) -> None:
    """List what is quarantined, with the reason."""
    if context.invoked_subcommand is None:
        with told():
            asked = _Asked(config, OutcomeName.QUARANTINED, office, limit)
            _list("Thư bị cách ly", asked, json_)


@quarantine.command("show")
def quarantine_show(row: int, config: Config = DEFAULT, json_: AsJson = False) -> None:
    """Show one mail."""
    with told():
        _show(row, config, json_)


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which rows are to be listed."""

    config: Path
    outcome: OutcomeName | None
    office: str | None
    limit: int


def _list(title: str, asked: _Asked, json_: bool) -> None:
    from mailbridge import wiring
    from mailbridge.registry import ledger as rows_of

    loaded = settings(asked.config)
    within = mailboxes(loaded, asked.office)
    with wiring.database(loaded).reading() as tx:
        rows = rows_of.rows(tx, outcome=asked.outcome, mailboxes=within, limit=asked.limit)
    if json_:
        as_json([_plain(row) for row in rows])
        return
    table(
        title,
        ("Thư", "Nhận lúc", "Nơi gửi", "Tiêu đề", "Kết quả", "Chi tiết"),
        [
            (
                row.id,
                moment(row.first_seen),
                row.sender,
                row.subject,
                OUTCOMES[row.outcome] if row.outcome else "Đang kiểm tra",
                _detail(row.reason, row.detail),
            )
            for row in rows
        ],
    )


def _detail(reason: Reason | None, detail: str) -> str:
    if reason is None:
        return detail
    return f"{REASONS[reason]}: {detail}" if detail else REASONS[reason]


def _plain(row: "LedgerRow | Finding") -> dict[str, object]:
    return asdict(row)


def _show(row_id: int, config: Config, json_: bool) -> None:
    from mailbridge import wiring
    from mailbridge.registry import enrolments, evidence
    from mailbridge.registry import ledger as rows_of

    with wiring.database(settings(config)).reading() as tx:
        row = rows_of.get(tx, row_id)
        records = evidence.of_ledger(tx, row_id)
        proposed = enrolments.proposed_in(tx, row_id)
    if row is None:
        raise AnswerIsNoError(f"Không có thư số {row_id} trong sổ thư.")
    findings = [finding for record in records[-1:] for finding in record.findings]
    if json_:
        verdict = records[-1].verdict if records else None
        told_findings = [_plain(finding) for finding in findings]
        prints = [one.signer.fingerprint for one in proposed if one.decided_at is None]
        facts = {"verdict": verdict, "findings": told_findings, "proposed": prints}
        as_json({**_plain(row), **facts})
        return
    _show_row(row)
    table(
        "Kết quả kiểm tra",
        ("Mức", "Nội dung", "Căn cứ"),
        [(LEVELS[f.level], f.text, f.cites) for f in findings],
    )
    for one in proposed:
        if one.decided_at is None:
            show_proposal(one)


def _show_row(row: "LedgerRow") -> None:
    pairs(
        f"Thư số {row.id}",
        [
            ("Nơi gửi", row.sender),
            ("Tiêu đề", row.subject),
            ("Nhận lúc", moment(row.first_seen)),
            ("Kết quả", OUTCOMES[row.outcome] if row.outcome else "Đang kiểm tra"),
            ("Lý do", _detail(row.reason, row.detail)),
            ("Ô thư", row.slot),
            ("SHA-256", row.fingerprint or "(không tải về)"),
            *_proposed_refusal(row),
        ],
    )


def _proposed_refusal(row: "LedgerRow") -> list[tuple[str, object]]:
    """Say in full what its sender would be told; nothing is told before a clerk says so."""
    from mailbridge.letters.grounds import GROUNDS

    ground = GROUNDS.get(row.refusal) if row.refusal else None
    if ground is None or row.outcome is not OutcomeName.HELD:
        return []
    return [
        ("Đề nghị trả lại", f"{ground.why} Đề nghị nơi gửi {ground.cure}"),
        ("Lệnh trả lại", f"mailbridge refuse {row.id} --reason {row.refusal}"),
    ]
