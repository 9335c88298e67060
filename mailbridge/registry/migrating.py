"""Migrations, run inside the program: Alembic brings the tables to their newest form."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError
from sqlalchemy import Connection
from sqlmodel import Session

from mailbridge.model.errors import Reason, RefusedError
from mailbridge.registry import search_index, triggers
from mailbridge.registry.database import Transaction

MIGRATIONS = Path(__file__).with_name("migrations")


def configuration(connection: Connection | None = None) -> Config:
    """Make Alembic's settings without a file; the connection reaches `env.py` through them."""
    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    settings.attributes["connection"] = connection
    return settings


def upgrade(connection: Connection, office: str) -> None:
    """Migrate inside the caller's transaction, so that a crash leaves the old form or the new.

    `office` is whose register it was before there were several.
    """
    settings = configuration(connection)
    settings.attributes["office"] = office
    try:
        command.upgrade(settings, "head")
    except CommandError as error:
        raise RefusedError(
            Reason.UNSUPPORTED, f"the register was made by a newer mailbridge ({error})"
        ) from error
    triggers.lay(connection)
    with Session(connection) as session:
        # An older register knew no search.
        tx = Transaction(session, {})
        while search_index.fill(tx):
            pass
        session.commit()
