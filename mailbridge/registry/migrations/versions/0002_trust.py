"""Trust as clerks confirm it: enrolled certificates, proposals, and numbered evidence."""

import sqlalchemy as sa
from alembic import op

from mailbridge.registry.columns import UtcDateTime

revision = "0002"
down_revision = "0001"

_VERDICTS = ("legal", "reference", "undetermined", "failed")
_FROZEN = tuple(
    f"CREATE TRIGGER evidence_no_{verb} BEFORE {verb} ON evidence BEGIN"
    " SELECT RAISE(ABORT, 'evidence is append-only'); END"
    for verb in ("UPDATE", "DELETE")
)


def upgrade() -> None:
    """Give evidence its number in each mail, and make the tables of enrolment."""
    _number_the_evidence()
    op.create_table(
        "enrolment",
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("agency", sa.String(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "seal",
                "person",
                "mailbox",
                name="certificaterole",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("confirmed_at", UtcDateTime(), nullable=False),
        sa.Column("confirmed_by", sa.String(), nullable=False),
        sa.Column("removed_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_enrolment")),
    )
    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ledger", sa.Integer(), nullable=False),
        sa.Column("agency", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("signer", sa.Text(), nullable=False),
        sa.Column("proposed_at", UtcDateTime(), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["ledger"], ["ledger.id"], name=op.f("fk_proposal_ledger")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("ledger", "fingerprint", name=op.f("uq_proposal_ledger_fingerprint")),
    )
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposal_fingerprint"), ["fingerprint"], unique=False)


def _number_the_evidence() -> None:
    """Copy the table by hand: SQLite adds no constraint in place, and a copy loses triggers."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    if is_sqlite:
        op.rename_table("evidence", "evidence_unnumbered")
    else:
        # No register on PostgreSQL is as old as this: there are no rows to keep.
        op.drop_table("evidence")
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ledger", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("document", sa.Integer(), nullable=True),
        sa.Column(
            "verdict",
            sa.Enum(
                *_VERDICTS, name="verdict", native_enum=False, create_constraint=True, length=32
            ),
            nullable=True,
        ),
        sa.Column("examination", sa.Text(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name=op.f("fk_evidence_document")),
        sa.ForeignKeyConstraint(["ledger"], ["ledger.id"], name=op.f("fk_evidence_ledger")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("ledger", "sequence", name=op.f("uq_evidence_ledger_sequence")),
    )
    if is_sqlite:
        op.execute(
            "INSERT INTO evidence"
            " SELECT id, ledger, row_number() OVER (PARTITION BY ledger ORDER BY id),"
            " document, verdict, examination, recorded_at FROM evidence_unnumbered"
        )
        # Dropping a table fires none of its triggers, and nothing points at this one.
        op.drop_table("evidence_unnumbered")
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_document"), ["document"], unique=False)
    for trigger in _FROZEN if is_sqlite else ():
        op.execute(trigger)
