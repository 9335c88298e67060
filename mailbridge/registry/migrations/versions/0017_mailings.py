"""Letters that share a mail, and answers that do: each has its own row and its own fault."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def _where(words: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(words), "postgresql_where": sa.text(words)}


def upgrade() -> None:
    """Add the columns; whatever left before had a mail of its own."""
    # SQLite writes an added column elsewhere than a made table has it.
    how: Literal["always", "auto"] = "auto"
    if op.get_bind().dialect.name == "sqlite":
        how = "always"
    with op.batch_alter_table("outbox", recreate=how) as batch_op:
        batch_op.add_column(sa.Column("mail", sa.String(), nullable=True))
    op.create_index(
        "ix_outbox_free",
        "outbox",
        ["kind", "mailbox", "recipient", "line"],
        **_where("state = 'owed' AND mail IS NULL"),
    )
    op.create_index(
        "ix_outbox_receipts_sent",
        "outbox",
        ["sent_at", "recipient", "mail"],
        **_where("kind = 'receipt' AND sent_at IS NOT NULL"),
    )
    op.create_index("ix_outbox_mail", "outbox", ["mail"], **_where("mail IS NOT NULL"))
    with op.batch_alter_table("stray", recreate="auto") as batch_op:
        batch_op.add_column(sa.Column("about", sa.String(), server_default="", nullable=False))
        batch_op.drop_constraint(op.f("uq_stray_ledger_kind"), type_="unique")
        batch_op.create_unique_constraint(
            op.f("uq_stray_ledger_kind_about"), ["ledger", "kind", "about"]
        )
