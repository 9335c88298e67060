"""Each round of a reminder is a letter of its own."""

from mailbridge.letters.reminders import reminder
from mailbridge.model.letter import LetterKind
from tests.unit.letters.sample import NOW, SECRET
from tests.unit.letters.sent import DOCUMENT, letter


def test_a_round_is_a_letter_and_a_retry_is_not() -> None:
    sent = letter(LetterKind.DOCUMENT)
    made = [reminder(sent, DOCUMENT, NOW, SECRET, NOW, n) for n in (1, 1, 2)]
    assert made[0] == made[1]
    assert made[0].id != made[2].id
    assert made[0].to == sent.to
