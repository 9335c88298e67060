"""What a stranger's mail may have looked up is found without reading a table."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

_SENT = sa.text("direction = 'out'")
_TOLD = sa.text("kind IN ('notice', 'digest')")


def upgrade() -> None:
    """Make the indexes; addresses of our own people are written alike."""
    op.create_index(op.f("ix_document_office_message_id"), "document", ["office", "message_id"])
    op.create_index(
        "ix_document_sent",
        "document",
        ["office", "symbol", "issued"],
        sqlite_where=_SENT,
        postgresql_where=_SENT,
    )
    # Settings and assignments give addresses in small letters; assignments did not always.
    op.execute(sa.text(f"UPDATE outbox SET recipient = lower(recipient) WHERE {_TOLD}"))
    op.create_index(
        "ix_outbox_told",
        "outbox",
        ["recipient"],
        sqlite_where=_TOLD,
        postgresql_where=_TOLD,
    )
