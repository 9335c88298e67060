"""The layouts of printed books, from the folder of the office or as shipped."""

from typing import TYPE_CHECKING

from mailbridge.settings.schema import Settings

if TYPE_CHECKING:
    from mailbridge.model.book_row import Layout


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
