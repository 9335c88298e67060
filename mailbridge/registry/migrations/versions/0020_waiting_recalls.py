"""Recalls that nothing proves yet have places by agency and proof, and wait each by its name."""

from typing import Literal

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Add the columns; of a mail that waits already all of it does, for a seal."""
    # SQLite writes an added column elsewhere than a made table has it.
    how: Literal["always", "auto"] = "auto"
    if op.get_bind().dialect.name == "sqlite":
        how = "always"
    with op.batch_alter_table("unproven", recreate=how) as batch_op:
        batch_op.add_column(sa.Column("agency", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("strength", sa.Integer(), server_default="3", nullable=False))
        batch_op.add_column(sa.Column("names", sa.Text(), server_default="[]", nullable=False))
