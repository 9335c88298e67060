"""A desk knows who writes with which key, and whose letters wait for the pace."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mailbridge.actions.desk import Claimed, Desk, laid
from mailbridge.actions.pacing import Pace
from mailbridge.letters.account import Account
from mailbridge.letters.compose import Sender
from mailbridge.letters.smtp import Post
from mailbridge.model.letter import Letter, LetterKind
from tests.unit.actions.test_post_without_key import Moody
from tests.unit.letters import sent
from tests.unit.letters.sample import EDXML
from tests.unit.provenance.samples import NOW

SENDER = Sender("vt@hungyen.gov.vn", "Văn thư", "DEMO.02.07", "hungyen.gov.vn", Moody(None))


def _claimed(
    kind: LetterKind = LetterKind.DOCUMENT, *, urgent: bool = False, away: bool = False
) -> Claimed:
    letter = Letter("mb.a", kind, "vanthu", "a@x.vn", sent.FACTS[kind], NOW, NOW, urgent)
    desk = Desk(SENDER, Post(Account("vanthu", "127.0.0.1", 1)), EDXML, Pace(1))
    return Claimed((letter,), desk, away)


def test_the_key_signs_unless_it_is_away() -> None:
    assert _claimed().sender is SENDER
    without = _claimed(away=True).sender
    assert (without.signer, without.is_key_away) == (None, True)


def test_who_never_had_a_key_misses_none() -> None:
    claimed = _claimed(away=True)
    plain = replace(claimed, desk=replace(claimed.desk, sender=replace(SENDER, signer=None)))
    assert not plain.sender.is_key_away


@pytest.mark.parametrize(
    ("kind", "urgent", "waits"),
    [
        (LetterKind.DOCUMENT, False, True),
        (LetterKind.RECALL, False, True),
        (LetterKind.REMINDER, False, True),
        (LetterKind.DOCUMENT, True, False),
        (LetterKind.DIGEST, False, False),
        (LetterKind.ANSWER, False, False),
    ],
)
def test_the_second_of_a_minute_waits_where_pace_is_kept(
    kind: LetterKind, urgent: bool, waits: bool
) -> None:
    claimed = _claimed(kind, urgent=urgent)
    claimed.leaves(NOW)
    later = NOW + timedelta(seconds=1)
    assert (claimed.waits_until(later) is not None) is waits
    assert claimed.waits_until(NOW + timedelta(seconds=60)) is None


def test_letters_lie_on_the_desk_of_their_mailbox_with_its_key() -> None:
    claimed = _claimed()
    desks = {"khac": _claimed().desk, "vanthu": claimed.desk}
    assert laid(desks, (), ()) is None
    assert laid(desks, claimed.letters, ("khac",)) == claimed
    assert laid(desks, claimed.letters, ("vanthu",)) == replace(claimed, is_key_away=True)
