"""What search keeps beside the index itself, and how the index is made on each engine.

The index is no table of the mapper: on SQLite it is an FTS5 table, on PostgreSQL a tsvector.
"""

from sqlalchemy import Connection, MetaData, Text, event
from sqlmodel import Field, SQLModel

from mailbridge.registry import incident_tables

METADATA = incident_tables.METADATA

# Our words come folded: `ascii` splits at spaces and takes every other letter as it is. No
# positions are kept (detail), and no lengths: only whether a word stands in a document.
_FTS5 = """CREATE VIRTUAL TABLE search_index
    USING fts5(words, tokenize='ascii', detail=none, columnsize=0)"""
_TSVECTOR = """CREATE TABLE search_index (
    document INTEGER PRIMARY KEY REFERENCES document (id), words TSVECTOR NOT NULL)"""
_GIN = "CREATE INDEX ix_search_index_words ON search_index USING gin (words)"
INDEX = {"sqlite": (_FTS5,), "postgresql": (_TSVECTOR, _GIN)}


class Searchable(SQLModel, table=True):
    """What was said of a document to search alone: its text, and the holders of certificates."""

    document: int = Field(primary_key=True, foreign_key="document.id")
    text: str = Field(sa_type=Text)
    # One a line.
    signers: str = Field(sa_type=Text)
    # Impounded or withheld: it is never indexed again.
    closed: bool


@event.listens_for(METADATA, "after_create")
def _made(_: MetaData, connection: Connection, **__: object) -> None:
    for statement in INDEX[connection.dialect.name]:
        connection.exec_driver_sql(statement)
