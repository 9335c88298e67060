"""Release: a clerk registers a document that was held, with a reason and under a name."""

from dataclasses import replace
from datetime import datetime

from mailbridge.actions.entering import enter_incoming
from mailbridge.actions.house import House
from mailbridge.actions.owing import owe_receipt, pass_on, stand
from mailbridge.actions.tracking import expect_paper
from mailbridge.model.document import Document, DocumentState
from mailbridge.model.letter import Stage
from mailbridge.model.outcome import Registered
from mailbridge.model.status import StatusChange
from mailbridge.registry import agencies, documents, journal, ledger


class NotHeldError(Exception):
    """There is no held document of that mail."""


def release(house: House, row: int, who: str, why: str, now: datetime) -> Document:
    """Enter the held document of that ledger row in the book; raises NotHeldError.

    The verdict stays what it was: a clerk's decision does not make a document legal (Điều 4).
    """
    with house.database.transaction() as tx:
        document = documents.by_ledger(tx, row)
        if document is None or document.state is not DocumentState.HELD:
            raise NotHeldError(f"thư {row}")
        number = enter_incoming(tx, house, document, agencies.directory(tx), now)
        documents.set_state(tx, document.id, DocumentState.REGISTERED)
        stand(tx, house, StatusChange(document.id, Stage.REGISTERED, now, who, note=why))
        ledger.decide(tx, row, Registered((number,)), now)
        document = replace(document, number=number, entered_at=now, state=DocumentState.REGISTERED)
        journal.append(
            tx,
            document.office,
            "released",
            f"mail:{row}",
            {"by": who, "why": why, "number": str(number), "verdict": document.verdict},
            now,
        )
        owe_receipt(tx, house, document, Stage.REGISTERED, now)
        pass_on(tx, house, document, now, why=f"Văn thư quyết định vào sổ: {why}")
        expect_paper(tx, house, document, now)
    return document
