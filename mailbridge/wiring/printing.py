"""The layouts of printed books, from the folder of the office or as shipped."""

from typing import TYPE_CHECKING

from mailbridge.settings.schema import Settings

if TYPE_CHECKING:
    from mailbridge.isolation.pool import Pool
    from mailbridge.model.book_row import Layout


_DRAWER = "mailbridge.actions.in_drawer:draw_pages"


def layout(settings: Settings, name: str) -> "Layout":
    """Build the layout of that name; raises LayoutsFileError."""
    from mailbridge.model.book_row import Column, Layout
    from mailbridge.settings import layouts_file

    written = layouts_file.read(settings.prints.books, name)
    return Layout(
        title=written.title,
        columns=tuple(Column(one.heading, one.width, one.field) for one in written.column),
        source=written.source,
        days=written.days,
        signers=written.signers,
    )


def drawer(settings: Settings) -> "Pool":
    """Build the one child that draws pages of PDFs: it may read the blobs, and has no network."""
    from mailbridge.isolation.pool import Pool, Post
    from mailbridge.wiring.examining import limits

    folder = settings.state.folder / "examining"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    readable = (folder, settings.state.folder / "blobs")
    return Pool(Post(_DRAWER, readable, limits(settings.examination)), 1, folder)
