"""When recipients were warned before a deadline, and until when they are to handle a document."""

import sqlalchemy as sa
from alembic import op

from mailbridge.registry.columns import UtcDateTime

revision = "0016"
down_revision = "0015"

_SOON = "handle_by IS NOT NULL AND handle_warned_at IS NULL"


def upgrade() -> None:
    """Add the columns; of what was sent before, nobody is warned that its handling is due."""
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    with op.batch_alter_table("exchange", recreate="always" if on_sqlite else "never") as batch_op:
        for name in ("handle_by", "answer_warned_at", "handle_warned_at"):
            batch_op.add_column(sa.Column(name, UtcDateTime(), nullable=True))
    op.create_index(
        "ix_exchange_handling",
        "exchange",
        ["office", "handle_by"],
        sqlite_where=sa.text(_SOON),
        postgresql_where=sa.text(_SOON),
    )
