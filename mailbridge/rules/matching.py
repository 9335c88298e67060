"""Which document of ours a statement speaks of: the first clue that finds one decides. Pure."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from mailbridge.model.sending import Exchange
from mailbridge.model.statement import BY_TOKEN, Match, Statement, Way

# The local part of our Message-IDs: 256 bits that nobody guesses. Servers rewrite domains, and put
# names of their own around it, so that it is looked for wherever it stands.
_TOKEN = re.compile(r"(?<![a-z0-9])mb\.[a-z2-7]{52}(?![a-z2-7])")
# Files that are asked for in one look; a receipt of a thousand names no more of ours.
_FILES = 50
_NAMES = 50


@dataclass(frozen=True, slots=True)
class Clue:
    """One thing to look for: tokens, the symbol of a document, or digests of files."""

    way: Way
    values: tuple[str, ...]
    issued: date | None = None


Look = Callable[[Clue], tuple[Exchange, ...]]


def clues(statement: Statement) -> Iterator[Clue]:
    """Give what to look for, in the order of what it proves."""
    for way, names in (
        (Way.MESSAGE_ID, statement.names),
        (Way.ENVELOPE, (statement.envelope,)),
        (Way.REFERENCE, statement.references),
    ):
        if tokens := _tokens(names):
            yield Clue(way, tokens)
    if statement.symbol:
        yield Clue(Way.KEY, (statement.symbol,), statement.issued)
    if statement.files:
        yield Clue(Way.FILES, tuple(sorted(statement.files))[:_FILES])


def found(statement: Statement, look: Look, sender: str = "") -> Match | None:
    """Look along the clues; `sender` is the agency of the mailbox in From, if it is of one.

    A symbol or a file is shared by all recipients: of those, the one that answers is meant. We send
    to agencies alone: whoever is none of them and has none of our tokens has nothing looked up.
    """
    for clue in clues(statement):
        if not sender and clue.way not in BY_TOKEN:
            return None
        exchanges = look(clue)
        if exchanges:
            return Match(clue.way, _answering(exchanges, statement, sender))
    return None


def _tokens(names: tuple[str, ...]) -> tuple[str, ...]:
    found_ = (_TOKEN.search(name.lower()) for name in names[:_NAMES])
    return tuple(dict.fromkeys(each[0] for each in found_ if each))


def _answering(
    exchanges: tuple[Exchange, ...], statement: Statement, sender: str
) -> tuple[Exchange, ...]:
    """Keep those whose recipient says so; all of them where none does, for the rules to refuse."""
    agencies = {code.lower() for code in (statement.by[0], sender) if code}
    at_address = [each for each in exchanges if each.to.address.lower() == statement.by[1]]
    of_agency = [each for each in exchanges if each.to.agency.lower() in agencies]
    return tuple(dict.fromkeys((*at_address, *of_agency))) or exchanges
