"""Take answers: the operations system confirms what it was handed, under a number of its own."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mailbridge.actions.house import House
from mailbridge.edxml import confirmations, file_set
from mailbridge.model.handover import Confirmation
from mailbridge.registry import handover, journal


@dataclass(frozen=True, slots=True)
class Answered:
    """What a file set of answers brought."""

    # Answers that are news, and those that were known.
    new: tuple[Confirmation, ...] = ()
    known: tuple[Confirmation, ...] = ()
    # Answers about documents that this office never handed over.
    strange: tuple[Confirmation, ...] = ()
    # Another number, or a refusal, where a number stands: (answer, number that stands).
    contrary: tuple[tuple[Confirmation, str], ...] = ()


def take_answers(house: House, office: str, folder: Path, who: str, now: datetime) -> Answered:
    """Read a set of answers and write what is news; the same set again changes nothing.

    All or nothing: raises RefusedError, whose detail names the file, before anything is written.
    """
    said = [
        one for path in file_set.checked(folder) for one in confirmations.read(path)
    ]  # fmt: skip
    new, known, strange = list[Confirmation](), list[Confirmation](), list[Confirmation]()
    contrary = list[tuple[Confirmation, str]]()
    with house.database.transaction() as tx:
        for one in said:
            before = handover.stands(tx, office, one)
            is_news = handover.answer(tx, office, one, now)
            if before is None or is_news is None:
                strange.append(one)
            elif is_news:
                new.append(one)
                data = {"by": who, "state": one.state.value, "number": one.number}
                subject = f"document:{before.document.id}"
                journal.append(tx, office, "handover-answered", subject, data, now)
            elif (before.state, before.number) != (one.state, one.number):
                contrary.append((one, before.number))
            else:
                known.append(one)
    return Answered(tuple(new), tuple(known), tuple(strange), tuple(contrary))
