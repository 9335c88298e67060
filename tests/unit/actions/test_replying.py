"""One word acts on one document, once, as long as its letter lets the person act."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mailbridge.actions.advance import Assignment, advance
from mailbridge.actions.case import Case
from mailbridge.actions.house import House
from mailbridge.actions.replying import NothingDoneError, Reply, Token, in_hand, obey
from mailbridge.model.evidence import Evidence
from mailbridge.model.examination import Examination, MailView, Opened
from mailbridge.model.message import Kind
from mailbridge.model.outcome import Noted
from mailbridge.model.reading import Reading
from mailbridge.model.slot import Arrival, Fingerprint, Slot
from mailbridge.rules.replies import Verb, Wish
from tests.unit.actions.reply_desk import HANDLER, LATER, OTHER, Desk, made
from tests.unit.provenance.samples import NOW


@pytest.fixture
def desk(house: House) -> Desk:
    return made(house)


def replied(desk: Desk, person: str = HANDLER, at: str | None = LATER.isoformat()) -> Reply:
    view = MailView(date=at)
    opened = Opened("mail", view, (), (), Evidence(None))
    arrival = Arrival(Slot("vanthu", 1, 1), 1, LATER)
    case = Case(
        1, arrival, Fingerprint("a"), Examination(opened, Reading()), Noted(Kind.OTHER), "x"
    )
    return Reply(desk.house, desk.house.chanceries[0], case, person, LATER)


def token(desk: Desk) -> Token:
    return Token("mb.x:1", desk.notice(), 1)


def why(desk: Desk, reply: Reply, given: Token, verb: Verb = Verb.TAKE) -> str:
    """Ask for something that is not done, and give the reason."""
    before = desk.document
    with pytest.raises(NothingDoneError) as error, desk.house.database.transaction() as tx:
        obey(tx, reply, given, Wish(verb, "Phòng A"))
    assert desk.document == before
    return str(error.value)


def test_a_word_acts_once_under_the_name_of_its_token(desk: Desk) -> None:
    with desk.house.database.transaction() as tx:
        document, lines = obey(tx, replied(desk), token(desk), Wish(Verb.TAKE))
    assert (document.id, len(lines)) == (1, 2)
    assert "chỉ dùng một lần" in why(desk, replied(desk), token(desk))


def test_a_letter_lets_its_reader_act_for_its_time_alone(desk: Desk) -> None:
    old = replace(desk.notice(), sent_at=NOW - timedelta(days=15))
    assert "14 ngày" in why(desk, replied(desk), Token("a", old, 1))
    younger = replace(desk.notice(), owed_at=LATER + timedelta(hours=2))
    assert "trước thư" in why(desk, replied(desk), Token("a", younger, 1))
    assert "trước thư" in why(desk, replied(desk, at=None), token(desk))


def test_what_is_not_there_or_not_theirs_is_left_alone(desk: Desk) -> None:
    assert "không còn trong sổ" in why(desk, replied(desk), Token("a", desk.notice(), None))
    assert "không còn trong sổ" in why(desk, replied(desk), Token("a", desk.notice(), 99))
    assert "người khác" in why(desk, replied(desk, OTHER), token(desk))
    assert "Chỉ văn thư" in why(desk, replied(desk), token(desk), Verb.RETURN)


def test_the_clerk_has_everything_in_hand_and_others_what_they_handle(desk: Desk) -> None:
    with desk.house.database.reading() as tx:
        assert in_hand(tx, replied(desk), token(desk))
        assert in_hand(tx, replied(desk, desk.clerk.upper()), token(desk))
        assert in_hand(tx, replied(desk, OTHER), token(desk)) is None
    advance(desk.house, 1, "chuyen", Assignment(person=OTHER), "An", NOW)
    with desk.house.database.reading() as tx:
        assert in_hand(tx, replied(desk), token(desk)) is None
