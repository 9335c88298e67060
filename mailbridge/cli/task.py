"""mailbridge task list | close: what waits for a person."""

from typing import TYPE_CHECKING, Annotated

import typer

from mailbridge.cli.context import DEFAULT, By, Config, Whose, one_or_all, person, settings
from mailbridge.cli.exits import AnswerIsNoError, UsageError, told
from mailbridge.cli.output import AsJson, Narrow, as_json, day, table
from mailbridge.letters.reason_words import in_words
from mailbridge.model.sending import TaskKind

if TYPE_CHECKING:
    from mailbridge.model.sending import Task

app = typer.Typer(help="What waits for a person.", no_args_is_help=True)

KINDS = {
    TaskKind.RETURNED: "Bị trả lại",
    TaskKind.BOUNCED: "Thư bị trả về",
    TaskKind.SILENT: "Quá hạn, chưa phản hồi",
    TaskKind.UNCERTAIN: "Chưa rõ đã gửi",
    TaskKind.DISPUTE: "Thông tin mâu thuẫn",
    TaskKind.UNDELIVERED: "Không gửi được",
    TaskKind.DESTROY: "Phải hủy bỏ (thu hồi văn bản)",
    TaskKind.COPY: "Bản còn lại phải hủy bỏ",
    TaskKind.PAPER: "Bản giấy",
    TaskKind.GAP: "Thiếu số văn bản",
    TaskKind.READ: "Cần đọc",
}


@app.command("list")
def list_(
    kind: Annotated[TaskKind | None, typer.Option("--kind", help="Only these.")] = None,
    of: Annotated[str | None, typer.Option("--person", help="Address of whose they are.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1)] = 200,
    config: Config = DEFAULT,
    office: Whose = None,
    json_: AsJson = False,
) -> None:
    """List what nobody has done, the nearest deadline first."""
    from mailbridge import wiring
    from mailbridge.registry import tasks_of_people

    with told():
        loaded = settings(config)
        whose = one_or_all(loaded, office)
        with wiring.database(loaded).reading() as tx:
            found = tasks_of_people.undone(tx, whose, kind, of, limit)
        if json_:
            as_json([_plain(task) for task in found])
            return
        table(
            "Việc chờ người xử lý",
            (Narrow("Mã"), "Loại", "Nội dung", Narrow("Hạn"), Narrow("Mở ngày"), "Người"),
            [
                (t.id, KINDS[t.kind], in_words(t.words), day(t.due), day(t.opened_at), t.person)
                for t in found
            ],
        )


@app.command()
def close(
    number: Annotated[int, typer.Argument(metavar="TASK", help="Id of the task.")],
    why: Annotated[str, typer.Option("--why", help="What was done; stays on record.")],
    by: By = None,
    config: Config = DEFAULT,
) -> None:
    """Write that a task is done."""
    from mailbridge import clock, wiring
    from mailbridge.actions.close_task import CannotCloseError, close_task

    with told():
        if not why.strip():
            raise UsageError("--why: hãy ghi đã làm gì.")
        house = wiring.house(settings(config))
        try:
            is_closed = close_task(house, number, person(by), why, clock.now())
        except CannotCloseError as error:
            raise AnswerIsNoError(f"Việc {number}: {error}.") from error
        if not is_closed:
            raise AnswerIsNoError(f"Không có việc nào đang mở mang mã {number}.")
        typer.echo(f"Đã ghi xong việc {number}.")


def _plain(task: "Task") -> dict[str, object]:
    from dataclasses import asdict

    return asdict(task)
