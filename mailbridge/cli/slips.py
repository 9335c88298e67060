"""mailbridge print phieu-giai-quyet | phieu-gui | dau-den: what is printed about one document."""

from typing import TYPE_CHECKING, Annotated

import typer

from mailbridge.cli import named
from mailbridge.cli.context import DEFAULT, Config, Whose, settings
from mailbridge.cli.exits import AnswerIsNoError, told
from mailbridge.cli.prints import agency
from mailbridge.cli.register import Name
from mailbridge.cli.writing import Force, To, write

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailbridge.model.document import Document
    from mailbridge.model.slip import Slip
    from mailbridge.registry.database import Database
    from mailbridge.settings.schema import Settings

    Find = Callable[[Database, str, str | None], Document]


def handling(
    name: Name, to: To, office: Whose = None, force: Force = False, config: Config = DEFAULT
) -> None:
    """Print the handling slip of a document (phiếu giải quyết văn bản đến)."""
    from mailbridge.prints.slips import handling_slip

    with told():
        write(to, handling_slip(_slip(settings(config), name, office)), force=force)


def cover(
    name: Name, to: To, office: Whose = None, force: Force = False, config: Config = DEFAULT
) -> None:
    """Print the cover of paper that goes beside the mail (phiếu gửi), with its QR code."""
    from mailbridge.prints.slips import cover_slip

    with told():
        write(
            to, cover_slip(_slip(settings(config), name, office, found=named.outgoing)), force=force
        )


def stamped(
    name: Name,
    to: To,
    pages: Annotated[int, typer.Option("--pages", min=1, max=50, help="First pages.")] = 1,
    office: Whose = None,
    force: Force = False,
    config: Config = DEFAULT,
) -> None:
    """Print a view copy with the stamp of arrival (dấu ĐẾN); the signed file is never altered."""
    from mailbridge import wiring
    from mailbridge.actions.stamp_copy import stamp_copy
    from mailbridge.isolation.pool import ChildDiedError
    from mailbridge.model.errors import RefusedError
    from mailbridge.registry.blobs import Blobs

    with told():
        loaded = settings(config)
        slip, drawer = _slip(loaded, name, office), wiring.drawer(loaded)
        try:
            octets = stamp_copy(drawer, Blobs(loaded.state.folder / "blobs"), slip, pages)
        except (RefusedError, ChildDiedError) as error:
            raise AnswerIsNoError(f"Không in được bản sao của {name}: {error.detail}.") from error
        finally:
            drawer.close()
        write(to, octets, force=force)


def _slip(
    loaded: "Settings", name: str, office: str | None, found: "Find" = named.document
) -> "Slip":
    from mailbridge import clock, wiring
    from mailbridge.actions.bundle import CannotBundleError, may_leave
    from mailbridge.model.handover import document_id
    from mailbridge.model.slip import Slip
    from mailbridge.registry import dispatched, statuses

    database = wiring.database(loaded)
    document = found(database, name, office)
    own, above = agency(database, document.office)
    with database.reading() as tx:
        try:
            may_leave(tx, document)
        except CannotBundleError as error:
            raise AnswerIsNoError(f"Không in được: {error}.") from error
        history = statuses.history(tx, document.id)
        to = dispatched.of_documents(tx, [document.id]).get(document.id, ())
    names = tuple(one.name for one in to)
    return Slip(own, above, document, document_id(document), clock.now(), history, names)
