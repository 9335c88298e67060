"""mailbridge register correct | confirm: what was read or typed is put right, or said to be."""

from typing import TYPE_CHECKING, Annotated

import typer

from mailbridge.cli import named
from mailbridge.cli.context import DEFAULT, By, Config, Whose, person, settings
from mailbridge.cli.exits import AnswerIsNoError, UsageError, told
from mailbridge.cli.output import moment, table
from mailbridge.cli.read_fields import field_name
from mailbridge.model.reading import FieldName

if TYPE_CHECKING:
    from mailbridge.model.document import Document
    from mailbridge.model.entry import Revision
    from mailbridge.model.records import JournalLine
    from mailbridge.registry.database import Database

Name = Annotated[
    str, typer.Argument(metavar="N", help="431, 431/2026, BOOK:431/2026, or mail:17 if held.")
]


def correct(
    name: Name,
    field: Annotated[list[str], typer.Option("--field", help="FIELD=VALUE; repeatable.")],
    why: Annotated[str, typer.Option("--why", help="Reason; stays with the old value.")],
    anyway: Annotated[bool, typer.Option("--anyway", help="Although another is alike.")] = False,
    by: By = None,
    config: Config = DEFAULT,
    office: Whose = None,
) -> None:
    """Correct fields; the values that stood before stay readable."""
    from mailbridge import clock, wiring
    from mailbridge.actions.correct import AlreadyThereError, CannotCorrectError, Correction
    from mailbridge.actions.correct import correct as do

    with told():
        if not why.strip():
            raise UsageError("--why: đính chính phải có lý do.")
        house = wiring.house(settings(config))
        document = named.document(house.database, name, office)
        correction = Correction(_values(field), why.strip(), anyway)
        try:
            do(house, document.id, correction, person(by), clock.now())
        except CannotCorrectError as error:
            raise AnswerIsNoError(f"Không đính chính được: {error}.") from error
        except AlreadyThereError as error:
            number = error.document.number or f"thư số {error.document.ledger}"
            raise AnswerIsNoError(
                f"Sau khi đính chính sẽ trùng với văn bản {number}. Nếu đúng vậy: --anyway."
            ) from error
        typer.echo(f"Đã đính chính văn bản {name}; giá trị cũ vẫn xem được bằng --history.")


def confirm(name: Name, by: By = None, config: Config = DEFAULT, office: Whose = None) -> None:
    """Say that the values that were read are right; no machine changes them any more."""
    from mailbridge import clock, wiring
    from mailbridge.actions.confirm import CannotConfirmError
    from mailbridge.actions.confirm import confirm as do

    with told():
        house = wiring.house(settings(config))
        document = named.document(house.database, name, office)
        try:
            do(house, document.id, person(by), clock.now())
        except CannotConfirmError as error:
            raise AnswerIsNoError(f"Văn bản {name} không còn gì để xác nhận.") from error
        typer.echo(f"Đã xác nhận thông tin của văn bản {name}.")


def show_history(database: "Database", document: "Document") -> None:
    """Print the revisions of a document and of its number, and what the journal tells of them."""
    revisions, lines = history(database, document)
    table(
        "Đính chính",
        ("Lúc", "Trường", "Giá trị cũ", "Giá trị mới", "Lý do", "Người sửa"),
        [
            (moment(r.at), field_name(r.field), r.before or "", r.after or "", r.why, r.by)
            for r in revisions
        ],
    )
    table(
        "Nhật ký",
        ("Dòng", "Lúc", "Việc", "Chi tiết"),
        [
            (x.line, moment(x.at), x.event, "; ".join(f"{k}={v}" for k, v in x.data.items() if v))
            for x in lines
        ],
    )


def plain_history(database: "Database", document: "Document") -> dict[str, object]:
    """Give the same as JSON values."""
    from dataclasses import asdict

    revisions, lines = history(database, document)
    return {"revisions": [asdict(r) for r in revisions], "journal": [asdict(x) for x in lines]}


def history(
    database: "Database", document: "Document"
) -> "tuple[tuple[Revision, ...], tuple[JournalLine, ...]]":
    """Give the revisions and the lines of the journal about a document, oldest first."""
    from mailbridge.registry import documents, entries, journal, revisions

    with database.reading() as tx:
        entry = entries.of_document(tx, document.id)
        ids = documents.under_one_number(tx, document.id)
        subjects = [f"document:{one}" for one in ids]
        subjects += [f"entry:{entry.id}"] if entry else []
        subjects += [f"mail:{document.ledger}"] if document.ledger else []
        found = revisions.history(tx, entry.id if entry else None, ids)
        # The columns of a document say the same as its fields, to whoever recomputes a closing.
        shown = tuple(r for r in found if not r.field.startswith("document."))
        return shown, journal.about(tx, document.office, subjects)


def _values(typed: list[str]) -> dict[FieldName, str]:
    values = {}
    for one in typed:
        name, equals, value = one.partition("=")
        if not equals or name not in set(FieldName):
            known = ", ".join(FieldName)
            raise UsageError(f"--field {one}: viết TRƯỜNG=GIÁ TRỊ, với một trong: {known}.")
        values[FieldName(name)] = value
    return values
