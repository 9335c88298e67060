"""mailbridge tasks: what is to be handled, by whom and until when (Điều 11.13)."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from mailbridge.cli.context import DEFAULT, Config, Whose, own_office, settings
from mailbridge.cli.exits import told
from mailbridge.cli.output import AsJson, Narrow, as_json, day, table
from mailbridge.cli.register import plain
from mailbridge.model.reading import FieldName

if TYPE_CHECKING:
    from mailbridge.model.document import Document
    from mailbridge.rules.statuses import Catalogue


def tasks(
    person: Annotated[
        str | None, typer.Option("--person", help="Address of a handler, or name of a unit.")
    ] = None,
    overdue: Annotated[
        bool, typer.Option("--overdue", help="Only those whose deadline has passed.")
    ] = False,
    limit: Annotated[int, typer.Option("--limit", min=1)] = 50,
    config: Config = DEFAULT,
    office: Whose = None,
    json_: AsJson = False,
) -> None:
    """List documents that nobody has finished, the nearest deadline first."""
    from mailbridge import clock, wiring
    from mailbridge.registry import statuses

    with told():
        loaded = settings(config)
        whose_office = own_office(loaded, office) if office else None
        now = clock.now()
        catalogue = wiring.regulation(loaded).statuses
        with wiring.database(loaded).reading() as tx:
            whose = person.lower() if person and "@" in person else person
            found = statuses.tasks(tx, whose_office, whose, now if overdue else None, limit)
        if json_:
            as_json([plain(document) for document in found])
            return
        table(
            "Văn bản quá hạn xử lý" if overdue else "Văn bản đang xử lý",
            (
                Narrow("Số đến"),
                "Tác giả",
                Narrow("Số, ký hiệu"),
                "Trích yếu",
                "Trạng thái",
                "Xử lý",
                Narrow("Hạn"),
            ),
            [_row(document, catalogue, now) for document in found],
        )


def _row(document: "Document", catalogue: "Catalogue", now: datetime) -> tuple[object, ...]:
    late = document.deadline is not None and document.deadline < now
    return (
        document.number,
        document.agency_name,
        document.key.symbol or "",
        document.reading.value(FieldName.SUMMARY) or document.subject,
        catalogue.label(document.status) + (" (quá hạn)" if late else ""),
        " · ".join(filter(None, (document.unit, document.handler))),
        day(document.deadline),
    )
