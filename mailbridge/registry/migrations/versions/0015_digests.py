"""Digests are found by person without reading the letters of all the years before."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Make the index; rows stay as they are."""
    op.create_index(
        "ix_outbox_digest",
        "outbox",
        ["recipient", "line"],
        sqlite_where=sa.text("kind = 'digest'"),
        postgresql_where=sa.text("kind = 'digest'"),
    )
