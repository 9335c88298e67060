"""Returned: what servers and programs report of letters of ours that are no documents.

Whatever became of a receipt, notice, reminder or recall, the document itself was not it.
"""

import re
from datetime import datetime

from mailbridge.actions.case import Case
from mailbridge.actions.house import House
from mailbridge.model.exchange import FactKind
from mailbridge.model.letter import Letter, LetterKind
from mailbridge.model.sending import TaskKind
from mailbridge.model.statement import BY_TOKEN, Source, Statement
from mailbridge.registry import exchanges, journal, mailings, outbox, tasks_of_people
from mailbridge.registry.database import Transaction
from mailbridge.registry.tasks_of_people import Cause
from mailbridge.rules import acceptance, matching

# Several letters that left as one mail: receipts, notices and alerts, and never a document.
_BATCH = re.compile(r"(?<![a-z0-9])mbs\.[a-z2-7]{52}(?![a-z2-7])")
# Names that are looked up; a report of a thousand names no more of ours.
_NAMES = 50


def is_of_another_letter(
    tx: Transaction, house: House, case: Case, statement: Statement, now: datetime
) -> bool:
    """Tell whether a server or program speaks of letters of ours that are no documents."""
    if statement.source not in {Source.DELIVERY, Source.NOTIFICATION}:
        return False
    batches, letters = _letters(tx, statement)
    others = [one for one in letters if one.kind is not LetterKind.DOCUMENT]
    if letters and not others:
        return False
    sender = acceptance.sender_of(case.mail, case.examination.opened.evidence)
    if sender.is_server and statement.kind is FactKind.BOUNCED:
        for letter in others:
            _given_back(tx, house, case, letter, statement.reason, now)
    return bool(others or batches)


def _letters(tx: Transaction, statement: Statement) -> tuple[list[str], list[Letter]]:
    """Find what is spoken of: names of mails of several letters, and the letters themselves."""
    named = (statement.envelope, *statement.names)[:_NAMES]
    batches = [found[0] for name in named if (found := _BATCH.search(name.lower()))]
    for name in batches:
        if shared := mailings.of_mail(tx, name):
            return batches, list(shared)
    tokens = (clue.values for clue in matching.clues(statement) if clue.way in BY_TOKEN)
    every = (outbox.get(tx, token) for values in tokens for token in values)
    one = next((each for each in every if each is not None), None)
    return batches, [one] if one else []


def _given_back(
    tx: Transaction, house: House, case: Case, letter: Letter, reason: str, now: datetime
) -> None:
    """Write of each letter that it came back; a person is asked where nothing else will say so."""
    office = case.office
    if letter.mailbox not in house.of_office(office).mailboxes:
        return
    data = {"mail": str(case.ledger), "why": reason, "kind": letter.kind}
    journal.append(tx, office, "returned", f"letter:{letter.id}", data, now)
    exchange = exchanges.get(tx, letter.exchange) if letter.exchange is not None else None
    if exchange is None or exchange.office != office:
        return
    what = "thu hồi" if letter.kind is LetterKind.RECALL else "nhắc"
    words = f"Thư {what} tới {exchange.to.name} bị trả về ({reason})."
    name = f"exchange:{exchange.id}:{case.ledger}"
    cause = Cause(office, TaskKind.BOUNCED, name, exchange.document, exchange.id)
    clerk = house.of_office(office).telling.clerk
    tasks_of_people.open_(tx, cause, words, now, clerk)
