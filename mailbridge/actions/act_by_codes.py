"""Acting on the documents of one mail, line by line: each acts for itself, and all is told at once.

A letter with several documents is a mail of several notices or a digest. What each line names is
the code that this letter shows for a document; a code of another letter, or of another person's, is
none here.
"""

from collections.abc import Iterator, Mapping

from mailbridge.actions.replying import NothingDoneError, Reply, Token, in_hand, obey
from mailbridge.clock import in_vietnam
from mailbridge.letters import several_answers
from mailbridge.letters.several_answers import Told
from mailbridge.model.document import Document
from mailbridge.model.letter import AnswerFacts, DigestFacts, Letter, NoticeFacts
from mailbridge.registry.database import Transaction
from mailbridge.rules.own_lines import Words
from mailbridge.rules.replies import Unclear, Wish
from mailbridge.rules.reply_lines import MOST, Order, orders


def _tokens(letters: tuple[Letter, ...]) -> dict[str, Token]:
    """List by their codes what the letters of one mail offered to their reader."""
    return {code: token for letter in letters for code, token in _offered(letter) if code}


def _offered(letter: Letter) -> Iterator[tuple[str, Token]]:
    match letter.facts:
        case NoticeFacts(document=document, code=code):
            yield code, Token(letter.id, letter, document)
        case DigestFacts(offers=offers):
            for one in offers:
                # A digest is one letter: each of its documents has tokens of its own.
                yield one.code, Token(f"{letter.id}:{one.document}", letter, one.document)
        case _:
            return


def obey_lines(
    tx: Transaction, reply: Reply, letters: tuple[Letter, ...], words: Words
) -> tuple[AnswerFacts, tuple[int, ...]]:
    """Do what each line asks for; gives the one answer, and the documents that were acted on.

    Raises NothingDoneError where no line names a code, or too many do.
    """
    tokens = _tokens(letters)
    asked = orders(words, in_vietnam(reply.now).date())
    if not any(one.code for one in asked):
        raise NothingDoneError(several_answers.UNCLEAR)
    wishes = sum(isinstance(one.wish, Wish) for one in asked)
    if wishes > MOST:
        raise NothingDoneError(several_answers.too_many(MOST))
    told = tuple(_line(tx, reply, tokens, order) for order in asked)
    mail = reply.case.mail
    facts = several_answers.told(told, offered(tx, reply, letters), mail.message_id, mail.subject)
    acted = (one.document.id for one in told if one.document)
    return facts, tuple(dict.fromkeys(acted))


def _line(tx: Transaction, reply: Reply, tokens: Mapping[str, Token], order: Order) -> Told:
    """Do one line; what it may not do leaves everything as it is."""
    if isinstance(order.wish, Unclear):
        return Told(order.said, (order.wish.why,))
    token = tokens.get(order.code)
    if token is None:
        return Told(order.said, (several_answers.NOT_OFFERED,))
    try:
        document, lines = obey(tx, reply, token, order.wish)
    except NothingDoneError as why:
        return Told(order.said, (str(why),), is_clear=True)
    return Told(order.said, lines, document, is_clear=True)


def offered(
    tx: Transaction, reply: Reply, letters: tuple[Letter, ...]
) -> tuple[tuple[str, Document], ...]:
    """List the codes of what the person may act on still; of the rest nothing is said."""
    found = ((code, in_hand(tx, reply, token)) for code, token in _tokens(letters).items())
    return tuple((code, document) for code, document in found if document is not None)
