"""What the database itself refuses, whatever program writes; laid anew after each migration.

A migration that copies a table loses its triggers: they are written in this one place.
"""

from sqlalchemy import Connection

# What is written once stays as it is.
_FROZEN = (
    "journal",
    "evidence",
    "status",
    "also",
    "revision",
    "closing",
    "closed",
    "fact",
    "replacement",
    "recallanswer",
    "replyacted",
)
# Columns that make a number of a book.
_NUMBER = ("office", "book", "series", "year")

_LAST = "SELECT last FROM book WHERE " + " AND ".join(f"{one} = NEW.{one}" for one in _NUMBER)
_MOVED = " OR ".join(f"NEW.{one} <> OLD.{one}" for one in _NUMBER)
_OUTCOME = "SELECT outcome FROM ledger WHERE id = OLD.ledger"

# Tables that nobody empties. On PostgreSQL a TRUNCATE fires no trigger of rows.
KEPT = (*_FROZEN, "entry", "book", "ledger")

# A trigger of PostgreSQL that gives nothing back lets nothing happen.
_GOES_ON = "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;"

# Name: (verb with its columns, table, condition, what it says).
TRIGGERS = {
    **{
        f"{table}_no_{verb}": (verb, table, "", f"{table} is append-only")
        for table in _FROZEN
        for verb in ("UPDATE", "DELETE")
    },
    # Of what is impounded nothing stays (Điều 5.1), its examinations as little as its octets.
    "evidence_no_DELETE": (
        "DELETE",
        "evidence",
        f"({_OUTCOME}) IS DISTINCT FROM 'impounded'",
        "evidence is append-only",
    ),
    "entry_no_delete": ("DELETE", "entry", "", "a number is never taken back"),
    "entry_no_new_number": (
        f"UPDATE OF {', '.join(_NUMBER)}, ordinal, direction, entered_at, symbol",
        "entry",
        "",
        "a number is never changed",
    ),
    "entry_void_for_good": (
        "UPDATE",
        "entry",
        "OLD.voided_at IS NOT NULL",
        "a void number stays void",
    ),
    "entry_keeps_document": (
        "UPDATE",
        "entry",
        "OLD.document IS NOT NULL AND NEW.document IS NULL",
        "a number keeps its document",
    ),
    "entry_gapless": (
        "INSERT",
        "entry",
        f"NEW.ordinal IS DISTINCT FROM ({_LAST})",
        "a number comes from the book alone",
    ),
    "book_by_one": (
        "UPDATE",
        "book",
        f"NEW.last <> OLD.last + 1 OR {_MOVED}",
        "a book grows by one",
    ),
    "book_from_one": ("INSERT", "book", "NEW.last <> 1", "a book begins with one"),
    "book_no_delete": ("DELETE", "book", "", "a book is never deleted"),
    "ledger_no_delete": ("DELETE", "ledger", "", "every mail stays accounted for"),
}


def lay(connection: Connection) -> None:
    """Write every trigger anew, inside the caller's transaction."""
    write = _postgres if connection.dialect.name == "postgresql" else _sqlite
    for name, (verb, table, condition, says) in TRIGGERS.items():
        for statement in write(name.lower(), f"BEFORE {verb} ON {table}", condition, says):
            connection.exec_driver_sql(statement)
    if write is _postgres:
        for table in KEPT:
            for statement in _never_emptied(table):
                connection.exec_driver_sql(statement)


def _sqlite(name: str, when: str, condition: str, says: str) -> tuple[str, ...]:
    only = f" WHEN {condition.replace('IS DISTINCT FROM', 'IS NOT')}" if condition else ""
    return (
        f"DROP TRIGGER IF EXISTS {name}",
        f"CREATE TRIGGER {name} {when}{only} BEGIN SELECT RAISE(ABORT, '{says}'); END",
    )


def _postgres(name: str, when: str, condition: str, says: str) -> tuple[str, ...]:
    """Conditions stand in the function: those of a trigger itself may not look at other tables."""
    table = when.rpartition(" ")[2]
    # 23514, as a CHECK has it: a program that writes past us learns the same by either.
    refuse = f"RAISE EXCEPTION '{says}' USING ERRCODE = '23514';"
    body = f"IF {condition} THEN {refuse} END IF;" if condition else refuse
    function = f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql"
    return (
        f"{function} AS $$ BEGIN {body} {_GOES_ON} END $$",
        f"DROP TRIGGER IF EXISTS {name} ON {table}",
        f"CREATE TRIGGER {name} {when} FOR EACH ROW EXECUTE FUNCTION {name}()",
    )


def _never_emptied(table: str) -> tuple[str, ...]:
    name = f"{table}_no_truncate"
    refuse = f"RAISE EXCEPTION '{table} is never emptied' USING ERRCODE = '23514';"
    function = f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql"
    when = f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT"
    return (
        f"{function} AS $$ BEGIN {refuse} END $$",
        f"DROP TRIGGER IF EXISTS {name} ON {table}",
        f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION {name}()",
    )
