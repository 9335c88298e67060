"""What the database itself refuses, whatever program writes; laid anew after each migration.

A migration that copies a table loses its triggers: they are written in this one place.
"""

from sqlalchemy import Connection

# What is written once stays as it is.
_FROZEN = ("journal", "evidence", "status")
# Columns that make a number of a book.
_NUMBER = ("office", "book", "series", "year")

_LAST = "SELECT last FROM book WHERE " + " AND ".join(f"{one} = NEW.{one}" for one in _NUMBER)
_MOVED = " OR ".join(f"NEW.{one} <> OLD.{one}" for one in _NUMBER)
_OUTCOME = "SELECT outcome FROM ledger WHERE id = OLD.ledger"

# Name -> (when, what it says).
TRIGGERS = {
    **{
        f"{table}_no_{verb}": (f"BEFORE {verb} ON {table}", f"{table} is append-only")
        for table in _FROZEN
        for verb in ("UPDATE", "DELETE")
    },
    # Of what is impounded nothing stays (Điều 5.1), its examinations as little as its octets.
    "evidence_no_DELETE": (
        f"BEFORE DELETE ON evidence WHEN ({_OUTCOME}) IS NOT 'impounded'",
        "evidence is append-only",
    ),
    "entry_no_delete": ("BEFORE DELETE ON entry", "a number is never taken back"),
    "entry_no_new_number": (
        f"BEFORE UPDATE OF {', '.join(_NUMBER)}, ordinal ON entry",
        "a number is never changed",
    ),
    "entry_gapless": (
        f"BEFORE INSERT ON entry WHEN NEW.ordinal IS NOT ({_LAST})",
        "a number comes from the book alone",
    ),
    "book_by_one": (
        f"BEFORE UPDATE ON book WHEN NEW.last <> OLD.last + 1 OR {_MOVED}",
        "a book grows by one",
    ),
    "book_from_one": ("BEFORE INSERT ON book WHEN NEW.last <> 1", "a book begins with one"),
    "book_no_delete": ("BEFORE DELETE ON book", "a book is never deleted"),
    "ledger_no_delete": ("BEFORE DELETE ON ledger", "every mail stays accounted for"),
}


def lay(connection: Connection) -> None:
    """Write every trigger anew, inside the caller's transaction."""
    for name, (when, says) in TRIGGERS.items():
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
        connection.exec_driver_sql(
            f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, '{says}'); END"
        )
