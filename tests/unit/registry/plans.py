"""How the database would find the rows of a statement that the code itself makes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, event, text

from mailbridge.registry.database import Database, Transaction


@contextmanager
def plans(database: Database) -> Iterator[tuple[Transaction, list[str]]]:
    """Give a transaction, and the plan of each SELECT that is run in it.

    A table of few rows is read whole for good reason; PostgreSQL is told not to, so that its plan
    shows whether an index could be used at all.
    """
    found: list[str] = []
    with database.transaction() as tx:
        here = tx.session.connection()
        if here.dialect.name == "postgresql":
            here.execute(text("SET LOCAL enable_seqscan = off"))
        verb = "EXPLAIN QUERY PLAN" if here.dialect.name == "sqlite" else "EXPLAIN"

        def explain(
            _: Connection, cursor: Any, statement: str, values: Any, *__: object
        ) -> tuple[str, Any]:
            if statement.startswith("SELECT"):
                cursor.execute(f"{verb} {statement}", values)
                found.append("\n".join(str(row[-1]) for row in cursor.fetchall()))
            return statement, values

        event.listen(here, "before_cursor_execute", explain, retval=True)
        yield tx, found
        event.remove(here, "before_cursor_execute", explain)
