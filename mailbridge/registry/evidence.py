"""Examinations with their proof, kept for ever; another examination adds a record."""

import hashlib
from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, delete, func, insert
from sqlalchemy import select as columns
from sqlmodel import col, select

from mailbridge.model import codec
from mailbridge.model.evidence import Evidence
from mailbridge.model.examination import Examination
from mailbridge.model.records import EvidenceRecord
from mailbridge.registry import tables
from mailbridge.registry.database import Transaction

_TABLE = tables.table(tables.Evidence)
_RECORD = insert(_TABLE)
_LAST = columns(func.max(_TABLE.c.sequence)).where(_TABLE.c.ledger == bindparam("of"))


def record(
    tx: Transaction,
    ledger: int | None,
    document: int | None,
    examination: Examination,
    now: datetime,
) -> int:
    """Store the examination of a mail, without its texts: those stay in its blob.

    Gives its number among the examinations of that mail; None is a document that we send.
    """
    kept = replace(examination, opened=replace(examination.opened, texts=()))
    sequence = (tx.run(_LAST, of=ledger).scalar() or 0) + 1
    tx.run(
        _RECORD,
        ledger=ledger,
        sequence=sequence,
        document=document,
        verdict=examination.opened.evidence.verdict,
        examination=codec.encode(Examination, kept).decode(),
        recorded_at=now,
    )
    return sequence


def forget(tx: Transaction, ledger: int) -> None:
    """Drop the examinations of an impounded mail; of no other does the database let them go."""
    tx.session.flush()
    tx.session.exec(delete(tables.Evidence).where(col(tables.Evidence.ledger) == ledger))


def records(tx: Transaction, ledger: int) -> tuple[EvidenceRecord, ...]:
    """List the examinations of a mail whole, the oldest first."""
    found = select(tables.Evidence).where(tables.Evidence.ledger == ledger).order_by("sequence")
    return tuple(
        EvidenceRecord(
            row.ledger or 0,
            row.sequence,
            row.document,
            row.recorded_at,
            codec.decode(Examination, row.examination),
            hashlib.sha256(row.examination.encode()).hexdigest(),
        )
        for row in tx.session.exec(found)
    )


def of_document(tx: Transaction, document: int) -> tuple[Evidence, ...]:
    """List the evidence of a document, the oldest first."""
    found = select(tables.Evidence).where(tables.Evidence.document == document).order_by("id")
    return tuple(_evidence(row) for row in tx.session.exec(found))


def of_ledger(tx: Transaction, ledger: int) -> tuple[Evidence, ...]:
    """List the evidence of a mail, the oldest first."""
    found = select(tables.Evidence).where(tables.Evidence.ledger == ledger).order_by("id")
    return tuple(_evidence(row) for row in tx.session.exec(found))


def _evidence(row: tables.Evidence) -> Evidence:
    return codec.decode(Examination, row.examination).opened.evidence
