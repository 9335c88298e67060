"""Search: the text of documents and the index of their words; `search_index` fills it."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

# As the index was made first; `search_tables` says what it is now.
_FTS5 = """CREATE VIRTUAL TABLE search_index
    USING fts5(words, tokenize='ascii', detail=none, columnsize=0)"""
_TSVECTOR = """CREATE TABLE search_index (
    document INTEGER PRIMARY KEY REFERENCES document (id), words TSVECTOR NOT NULL)"""
_GIN = "CREATE INDEX ix_search_index_words ON search_index USING gin (words)"
_INDEX = {"sqlite": (_FTS5,), "postgresql": (_TSVECTOR, _GIN)}


def upgrade() -> None:
    """Make the tables, empty."""
    op.create_table(
        "searchable",
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("signers", sa.Text(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name=op.f("fk_searchable_document")),
        sa.PrimaryKeyConstraint("document", name=op.f("pk_searchable")),
    )
    for statement in _INDEX[op.get_bind().dialect.name]:
        op.execute(statement)
