"""mailbridge outbox; journal verify: letters owed, and the unbroken chain of what was done."""

from typing import TYPE_CHECKING, Annotated

import typer

from mailbridge.cli.context import DEFAULT, Config, settings
from mailbridge.cli.exits import AnswerIsNoError, told
from mailbridge.cli.output import AsJson, as_json, moment, table
from mailbridge.cli.words import LETTER_KINDS, LETTERS
from mailbridge.letters.reason_words import in_words
from mailbridge.model.batch import SEVERAL

if TYPE_CHECKING:
    from mailbridge.model.letter import Letter

# So much of a name tells mails of several letters apart.
_SHORT = 12

journal = typer.Typer(help="The append-only journal.", no_args_is_help=True)


def outbox(
    config: Config = DEFAULT,
    all_: Annotated[bool, typer.Option("--all", help="Also what was sent.")] = False,
    json_: AsJson = False,
) -> None:
    """List letters that are owed, uncertain or given up."""
    from mailbridge import wiring
    from mailbridge.model.letter import LetterState
    from mailbridge.registry import outbox as letters_of

    with told():
        with wiring.database(settings(config)).reading() as tx:
            letters = letters_of.letters(tx)
        shown = [x for x in letters if all_ or x.state is not LetterState.SENT]
        if json_:
            as_json(
                [
                    {
                        "id": x.id,
                        "kind": x.kind,
                        "to": x.to,
                        "state": x.state,
                        "sent_at": x.sent_at,
                        "mail": x.mail,
                    }
                    for x in shown
                ]
            )
            return
        table(
            "Thư đi",
            ("Loại", "Gửi tới", "Trạng thái", "Số lần", "Gửi lúc", "Đi chung thư", "Lỗi gần nhất"),
            [
                (
                    LETTER_KINDS[x.kind],
                    x.to,
                    LETTERS[x.state],
                    x.attempts,
                    moment(x.sent_at),
                    _shared(x),
                    in_words(x.last_error),
                )
                for x in shown
            ],
        )


def _shared(letter: "Letter") -> str:
    """Name the mail of several letters as short as tells it from the others."""
    mail = letter.mail or ""
    return mail[:_SHORT] if mail.startswith(SEVERAL) else ""


@journal.command()
def verify(config: Config = DEFAULT, json_: AsJson = False) -> None:
    """Recompute the chain of each office; name the first line that does not fit."""
    from mailbridge import wiring
    from mailbridge.registry import journal as chain

    with told():
        with wiring.database(settings(config)).reading() as tx:
            checks = {office: chain.verify(tx, office) for office in chain.offices(tx)}
        bad = [(office, check) for office, check in checks.items() if not check.ok]
        if json_:
            journals = [
                {"office": office, "ok": check.ok, "lines": check.lines, "head": check.head}
                for office, check in checks.items()
            ]
            as_json({"ok": not bad, "journals": journals})
        for office, check in bad:
            whose = office or "hệ thống"
            raise AnswerIsNoError(f"Nhật ký của {whose} bị sửa: dòng {check.first_bad} không khớp.")
        for office, check in checks.items() if not json_ else ():
            whose = office or "hệ thống"
            typer.echo(f"Nhật ký của {whose} nguyên vẹn: {check.lines} dòng, mã cuối {check.head}.")
