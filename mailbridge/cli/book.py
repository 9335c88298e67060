"""mailbridge book list | close | closings | verify: the books and the closing of their days."""

from typing import TYPE_CHECKING, Annotated

import typer

from mailbridge.cli.context import DEFAULT, Config, Whose, one_or_all, own_office, settings
from mailbridge.cli.exits import AnswerIsNoError, told
from mailbridge.cli.output import AsJson, as_json, moment, table

if TYPE_CHECKING:
    from mailbridge.model.entry import Closing

app = typer.Typer(help="The books and the closing of their days.", no_args_is_help=True)


@app.command("list")
def list_(config: Config = DEFAULT, office: Whose = None, json_: AsJson = False) -> None:
    """List the books of each office."""
    with told():
        loaded = settings(config)
        codes = {own_office(loaded, office)} if office else {o.agency for o in loaded.office}
        rows = [
            (one.agency, book)
            for one in loaded.office
            for book in loaded.books_of(one)
            if one.agency in codes
        ]
        if json_:
            as_json([{**book.model_dump(mode="json"), "office": code} for code, book in rows])
            return
        directions = {"in": "văn bản đến", "out": "văn bản đi"}
        resets = {"year": "theo năm", "term": "theo nhiệm kỳ"}
        table(
            "Sổ",
            ("Cơ quan", "Tên", "Sổ", "Tiêu đề", "Mặc định", "Đánh số"),
            [
                (
                    code,
                    book.name,
                    directions[book.direction],
                    book.title,
                    "có" if book.default else "",
                    resets[book.reset] + (", từng thể loại" if book.per_type else ""),
                )
                for code, book in rows
            ],
        )


@app.command()
def close(config: Config = DEFAULT, office: Whose = None, json_: AsJson = False) -> None:
    """Close every day that is over; the service does it by itself after midnight."""
    from mailbridge import clock, wiring
    from mailbridge.actions.close_days import close_days

    with told():
        loaded = settings(config)
        code = one_or_all(loaded, office)
        made = close_days(wiring.house(loaded), clock.now(), code)
        if json_:
            as_json([plain(one) for one in made])
            return
        _table("Ngày vừa khóa sổ", made)


@app.command()
def closings(
    config: Config = DEFAULT,
    office: Whose = None,
    limit: Annotated[int, typer.Option("--limit", min=1)] = 31,
    json_: AsJson = False,
) -> None:
    """List the closed days, newest first, each with its hash."""
    from mailbridge import wiring
    from mailbridge.registry import closings as of

    with told():
        loaded = settings(config)
        code = own_office(loaded, office)
        with wiring.database(loaded).reading() as tx:
            found = of.of_office(tx, code, limit)
        if json_:
            as_json([plain(one) for one in found])
            return
        _table("Ngày đã khóa sổ", found)


@app.command()
def verify(
    day: Annotated[str | None, typer.Option("--day", help="One day, 2026-11-24.")] = None,
    config: Config = DEFAULT,
    office: Whose = None,
    json_: AsJson = False,
) -> None:
    """Recompute closed days as they stood, and name what differs."""
    from mailbridge import wiring
    from mailbridge.registry import closings as of

    with told():
        loaded = settings(config)
        codes = [own_office(loaded, office)] if office else [o.agency for o in loaded.office]
        with wiring.database(loaded).reading() as tx:
            checks = [check for code in codes for check in of.verify(tx, code, day)]
        bad = [check for check in checks if not check.ok]
        if json_:
            days = [{**plain(c.closing), "ok": c.ok, "differs": list(c.differs)} for c in checks]
            as_json({"ok": not bad, "days": days})
        if day is not None and not checks:
            raise AnswerIsNoError(f"Ngày {day} chưa khóa sổ.")
        if bad:
            told_ones = [f"{c.closing.day}: {one}" for c in bad for one in c.differs]
            raise AnswerIsNoError("Sổ đã khóa bị sửa.\n" + "\n".join(told_ones))
        if not json_:
            typer.echo(f"{len(checks)} ngày đã khóa sổ, tất cả còn nguyên vẹn.")


def plain(closing: "Closing") -> dict[str, object]:
    """Give a closing as JSON values."""
    return {
        "office": closing.office,
        "day": closing.day,
        "closed_at": closing.closed_at,
        "entries": closing.entries,
        "journal_line": closing.line,
        "journal_head": closing.head,
        "previous": closing.previous,
        "digest": closing.digest,
    }


def _table(title: str, found: "tuple[Closing, ...]") -> None:
    table(
        title,
        ("Cơ quan", "Ngày", "Khóa lúc", "Số dòng", "Mã băm của ngày"),
        [(c.office, c.day, moment(c.closed_at), c.entries, c.digest) for c in found],
    )
