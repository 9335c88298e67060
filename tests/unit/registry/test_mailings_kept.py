"""Whatever becomes due, fails or dies in between: what may have left leaves again as it was."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from mailbridge.model.batch import batch_id
from mailbridge.model.letter import Letter, LetterKind
from mailbridge.registry import claiming, outbox
from mailbridge.registry.database import Database
from tests.unit.registry.conftest import NOW
from tests.unit.registry.owed import FACTS

DESKS = ("vanthu",)
KINDS = (LetterKind.RECEIPT, LetterKind.RECEIPT, LetterKind.RECEIPT, LetterKind.NOTICE)


@dataclass
class Course:
    """An outbox, what was told to it, and what its readers may have."""

    database: Database
    chance: random.Random
    now: datetime = NOW
    owed: int = 0
    # The mail under whose name each letter may have left already.
    left: dict[str, str] = field(default_factory=dict)
    sent: set[str] = field(default_factory=set)

    def owe(self) -> None:
        """A few letters more become due, to few addresses."""
        with self.database.transaction() as tx:
            for _ in range(self.chance.randint(1, 8)):
                self.owed += 1
                kind, to = self.chance.choice(KINDS), self.chance.choice("ab") + "@x.vn"
                urgent = self.chance.random() < 0.1
                name = f"{self.owed:04}"
                letter = Letter(name, kind, "vanthu", to, FACTS[kind], self.now, self.now, urgent)
                outbox.owe(tx, letter)

    def post(self) -> None:
        """One mail is tried, and ends in one of the ways in which it may end."""
        with self.database.transaction() as tx:
            letters = claiming.take(tx, self.now, DESKS).letters
        if not letters:
            return
        ids = [one.id for one in letters]
        name = batch_id(ids)
        for each in ids:
            assert each not in self.sent, "what was sent rests"
            assert self.left.get(each, name) == name, "the same mail, with the same letters"
        assert {other for other, mail in self.left.items() if mail == name} <= set(ids)
        self.end(ids, name)

    def end(self, ids: list[str], name: str) -> None:
        """Write how the attempt ended."""
        ending = self.chance.choice(("sent", "uncertain", "again", "untried", "death"))
        if ending in {"uncertain", "death"}:
            self.left |= dict.fromkeys(ids, name)
        with self.database.transaction() as tx:
            if ending == "sent":
                outbox.sent(tx, ids, self.now)
                self.sent |= set(ids)
                self.left = {each: mail for each, mail in self.left.items() if each not in ids}
            elif ending == "again":
                outbox.again(tx, ids, "refused", self.now)
            elif ending == "untried":
                outbox.untried(tx, ids, "no key", self.now)
            elif ending == "uncertain":
                outbox.uncertain(tx, ids, "cut", self.now)
            else:
                outbox.recover(tx, self.now, DESKS)


@pytest.mark.parametrize("seed", range(8))
def test_a_retry_is_the_same_mail_whatever_happens(database: Database, seed: int) -> None:
    course = Course(database, random.Random(seed))
    for _ in range(60):
        course.chance.choice((course.owe, course.post, course.post))()
        course.now += timedelta(seconds=course.chance.choice((0, 1, 5, 60, 300)))
    # In the end a server takes everything, each letter once.
    while len(course.sent) < course.owed:
        assert course.now < NOW + timedelta(days=2)
        with database.transaction() as tx:
            letters = claiming.take(tx, course.now, DESKS).letters
            ids = [one.id for one in letters]
            assert {course.left.get(each, batch_id(ids)) for each in ids} <= {batch_id(ids)}
            outbox.sent(tx, ids, course.now)
        assert not course.sent & set(ids)
        course.sent |= set(ids)
        course.now += timedelta(seconds=0 if letters else 600)
