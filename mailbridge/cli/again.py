"""mailbridge check-again | open: a stored mail is examined anew, with a password or without."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailbridge.cli.context import DEFAULT, By, Config, person, settings
from mailbridge.cli.exits import AnswerIsNoError, UsageError, told
from mailbridge.cli.output import AsJson, as_json, table
from mailbridge.cli.words import OUTCOME_CLASSES, REASONS, VERDICTS

if TYPE_CHECKING:
    from mailbridge.actions.house import House
    from mailbridge.actions.settling_again import Again
    from mailbridge.model.evidence import Evidence, Finding
    from mailbridge.registry.database import Database

# A password is a line; something else was named by mistake.
_PASSWORD_SIZE = 4096

Name = Annotated[str, typer.Argument(metavar="N", help="Ledger id, or an entry: 431/2026.")]


def check_again(name: Name, by: By = None, config: Config = DEFAULT, json_: AsJson = False) -> None:
    """Examine a stored mail with today's trust; adds evidence and overwrites none."""
    with told(), working(config) as house:
        done = again(house, ledger_id(house.database, name), person(by))
        show([done], json_)
        _exit_with(done)


def open_(
    name: Name,
    password_file: Annotated[
        Path | None, typer.Option("--password-file", help="File with the password; else asked.")
    ] = None,
    by: By = None,
    config: Config = DEFAULT,
    json_: AsJson = False,
) -> None:
    """Try a password once on what is closed in a held mail; it is kept nowhere."""
    with told(), working(config) as house:
        row = ledger_id(house.database, name)
        done = again(house, row, person(by), _password(password_file))
        show([done], json_)
        _exit_with(done)


@contextmanager
def working(config: Path) -> Iterator["House"]:
    """Build the house, and end its children however the command ends."""
    from mailbridge import wiring

    house = wiring.house(settings(config))
    try:
        yield house
    finally:
        house.rooms.opener.close()
        house.rooms.reader.close()


def again(house: "House", row: int, who: str, password: str | None = None) -> "Again":
    """Check one mail again; raises AnswerIsNoError with the reason in words."""
    from mailbridge import clock
    from mailbridge.actions.check_again import CannotCheckAgainError
    from mailbridge.actions.check_again import check_again as do

    try:
        return do(house, row, who, clock.now(), password=password)
    except CannotCheckAgainError as error:
        why = REASONS[error.reason] if error.reason else "không có thư nào như vậy để kiểm tra lại"
        raise AnswerIsNoError(f"Thư số {row}: {why}.") from error


def each(house: "House", rows: tuple[int, ...], who: str) -> "tuple[list[Again], list[str]]":
    """Check several mails again; one that cannot be does not keep the others from it."""
    results, failures = [], []
    for row in rows:
        try:
            results.append(again(house, row, who))
        except AnswerIsNoError as error:
            failures.append(str(error))
    return results, failures


def ledger_id(database: "Database", name: str) -> int:
    """Find the mail that is meant: by its ledger id, or by the number of its entry."""
    from mailbridge.cli import named

    if name.isdecimal():
        return int(name)
    row = named.document(database, name).ledger
    if not row:
        raise AnswerIsNoError(f"Văn bản {name} không đến bằng thư: không có gì để kiểm tra lại.")
    return row


def show(results: "list[Again]", json_: bool) -> None:
    """Show what changed: the verdict, the findings that came and those that went."""
    if json_:
        as_json([_plain(one) for one in results])
        return
    for one in results:
        table(
            f"Kiểm tra lại thư số {one.ledger}",
            ("", "Trước", "Nay"),
            [("Kết luận", _verdict(one.before), _verdict(one.after))],
        )
        came, went = _changes(one)
        table(
            "Thay đổi trong kết quả kiểm tra",
            ("", "Nội dung", "Căn cứ"),
            [("mới", f.text, f.cites) for f in came] + [("hết", f.text, f.cites) for f in went],
        )
        if one.outcome is not None:
            typer.echo(f"Thư số {one.ledger}: {OUTCOME_CLASSES[type(one.outcome)]}.")


def _changes(one: "Again") -> "tuple[list[Finding], list[Finding]]":
    before = one.before.findings if one.before else ()
    came = [found for found in one.after.findings if found not in before]
    went = [found for found in before if found not in one.after.findings]
    return came, went


def _plain(one: "Again") -> dict[str, object]:
    came, went = _changes(one)
    return {
        "mail": one.ledger,
        "sequence": one.sequence,
        "before": one.before.verdict if one.before else None,
        "after": one.after.verdict,
        "outcome": type(one.outcome).__name__.lower() if one.outcome else None,
        "new": [asdict(found) for found in came],
        "gone": [asdict(found) for found in went],
    }


def _verdict(found: "Evidence | None") -> str:
    if found is None:
        return "(chưa có)"
    return VERDICTS[found.verdict] if found.verdict else "(không có gì để chứng thực)"


def _exit_with(done: "Again") -> None:
    from mailbridge.model.evidence import Verdict

    if done.after.verdict not in {Verdict.LEGAL, Verdict.REFERENCE}:
        raise typer.Exit(1)


def _password(file: Path | None) -> str:
    """Read it from a file or ask for it unseen; never from the command line, which others see."""
    if file is None:
        asked: str = typer.prompt("Mật khẩu", hide_input=True)
        return asked
    if not file.is_file() or file.stat().st_size > _PASSWORD_SIZE:
        raise UsageError(f"{file}: không có tệp mật khẩu này, hoặc tệp quá lớn.")
    return file.read_text(encoding="utf-8").rstrip("\r\n")
