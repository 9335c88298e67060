"""Indexes by which the filters of a search lead to documents themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_UNREGISTERED = sa.text("state <> 'registered'")


def upgrade() -> None:
    """Make the indexes."""
    for name in ("handler", "unit", "status"):
        op.create_index(op.f(f"ix_document_office_{name}"), "document", ["office", name])
    op.create_index(
        "ix_document_unregistered",
        "document",
        ["office", "state"],
        sqlite_where=_UNREGISTERED,
        postgresql_where=_UNREGISTERED,
    )
    op.create_index(op.f("ix_entry_office_year_document"), "entry", ["office", "year", "document"])
