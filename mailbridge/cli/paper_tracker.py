"""mailbridge paper: what must also come on paper, and what became of it (Điều 8)."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from mailbridge.cli.context import DEFAULT, By, Config, Whose, one_or_all, person, settings
from mailbridge.cli.exits import AnswerIsNoError, told
from mailbridge.cli.output import AsJson, Narrow, as_json, day, table
from mailbridge.cli.register import Name, found
from mailbridge.cli.words import CHANNELS, PAPERS, paper_words
from mailbridge.model.paper import Channel, PaperState
from mailbridge.model.reading import FieldName

if TYPE_CHECKING:
    from mailbridge.actions.track_paper import Mark
    from mailbridge.model.document import Document
    from mailbridge.model.paper import PaperTrack

app = typer.Typer(
    help="Paper beside documents (Điều 8); work never waits for it.", no_args_is_help=True
)

Reference = Annotated[str, typer.Option("--reference", help="Mark of the post, or identifier.")]
At = Annotated[datetime | None, typer.Option("--at", help="When, Vietnam time; default: now.")]


To = Annotated[str, typer.Option("--to", help="Whom the paper goes to; left out, it comes to us.")]


@app.command("list")
def list_(
    overdue: Annotated[bool, typer.Option("--overdue", help="Only what should be here.")] = False,
    limit: Annotated[int, typer.Option("--limit", min=1)] = 50,
    config: Config = DEFAULT,
    office: Whose = None,
    json_: AsJson = False,
) -> None:
    """List papers that are not there yet, the longest due first."""
    from dataclasses import asdict

    from mailbridge import clock, wiring
    from mailbridge.registry import documents, paper_tracker

    with told():
        loaded = settings(config)
        whose_office = one_or_all(loaded, office)
        now = clock.now()
        with wiring.database(loaded).reading() as tx:
            tracks = paper_tracker.standing(tx, whose_office, now if overdue else None, limit)
            rows = [(track, documents.get(tx, track.document)) for track in tracks]
        if json_:
            as_json([asdict(track) | {"overdue": track.due < now} for track in tracks])
            return
        table(
            "Bản giấy quá hạn" if overdue else "Bản giấy gửi kèm đang theo dõi",
            (
                Narrow("Số"),
                Narrow("Số, ký hiệu"),
                "Trích yếu",
                "Căn cứ",
                Narrow("Mã"),
                "Trạng thái",
                Narrow("Hạn"),
            ),
            [_row(track, document, now) for track, document in rows],
        )


def _row(track: "PaperTrack", document: "Document | None", now: datetime) -> tuple[object, ...]:
    late = " (quá hạn)" if track.due < now else ""
    if document is None:
        return ("", "", "", track.ground, track.code, paper_words(track) + late, day(track.due))
    return (
        document.number or "",
        document.key.symbol or "",
        document.reading.value(FieldName.SUMMARY) or document.subject,
        track.ground,
        track.code,
        paper_words(track) + late,
        day(track.due),
    )


@app.command()
def expect(
    name: Name,
    ground: Annotated[str, typer.Option("--ground", help="Why paper comes or goes, too.")],
    to: To = "",
    by: By = None,
    config: Config = DEFAULT,
    office: Whose = None,
) -> None:
    """Wait for paper on a ground of one's own: the list of Điều 8 is open."""
    _track(name, PaperState.EXPECTED, _mark(by, None, why=ground, to=to), (config, office))


@app.command()
def received(
    name: Name,
    reference: Reference = "",
    at: At = None,
    to: To = "",
    by: By = None,
    config: Config = DEFAULT,
    office: Whose = None,
) -> None:
    """Say that the paper came; it gets no number of its own."""
    _track(name, PaperState.RECEIVED, _mark(by, at, reference, to=to), (config, office))


@app.command()
def sent(
    name: Name,
    reference: Reference = "",
    at: At = None,
    to: To = "",
    by: By = None,
    config: Config = DEFAULT,
    office: Whose = None,
) -> None:
    """Say that the paper is with the post."""
    _track(name, PaperState.SENT, _mark(by, at, reference, to=to), (config, office))


@app.command()
def waive(
    name: Name,
    why: Annotated[str, typer.Option("--why", help="Reason; stays in the journal.")],
    to: To = "",
    by: By = None,
    config: Config = DEFAULT,
    office: Whose = None,
) -> None:
    """Wait for the paper no longer."""
    if not why.strip():
        raise typer.BadParameter("a reason is needed", param_hint="--why")
    _track(name, PaperState.WAIVED, _mark(by, None, why=why, to=to), (config, office))


def also(
    name: Name,
    channel: Annotated[Channel, typer.Option("--channel", help="giay: paper; truc: the axis.")],
    reference: Reference = "",
    at: At = None,
    by: By = None,
    config: Config = DEFAULT,
    office: Whose = None,
) -> None:
    """Say that the document came by another way, too: one number for both."""
    from mailbridge import clock, wiring
    from mailbridge.actions.also_received import also_received
    from mailbridge.actions.tracking import CannotTrackError
    from mailbridge.model.paper import AlsoBy

    with told():
        house = wiring.house(settings(config))
        document = found(house.database, name, office)
        now, mark = clock.now(), _mark(by, at, reference)
        given = AlsoBy(document.id, channel, mark.reference, mark.at, mark.by, now)
        try:
            also_received(house, document.id, given)
        except CannotTrackError as error:
            raise AnswerIsNoError(f"Văn bản số {name}: {error}.") from error
        typer.echo(f"Văn bản số {document.number} cũng nhận qua {CHANNELS[channel]}.")


def _mark(
    by: str | None, at: datetime | None, reference: str = "", why: str = "", to: str = ""
) -> "Mark":
    from mailbridge import clock
    from mailbridge.actions.track_paper import Mark

    now = clock.now()
    given = at.replace(tzinfo=clock.VIETNAM) if at and at.tzinfo is None else at
    if given is not None and given > now:
        typer.echo(f"--at {at}: thời điểm chưa đến.", err=True)
        raise typer.Exit(2)
    return Mark(person(by), given or now, reference.strip(), why.strip(), to.strip())


def _track(name: str, to: PaperState, mark: "Mark", place: tuple[Config, str | None]) -> None:
    from mailbridge import clock, wiring
    from mailbridge.actions.track_paper import track_paper
    from mailbridge.actions.tracking import CannotTrackError

    with told():
        house = wiring.house(settings(place[0]))
        document = found(house.database, name, place[1])
        try:
            track_paper(house, document.id, to, mark, clock.now())
        except CannotTrackError as error:
            raise AnswerIsNoError(f"Văn bản số {name}: {error}.") from error
        typer.echo(f"Bản giấy của văn bản số {document.number}: {PAPERS[to]}.")
