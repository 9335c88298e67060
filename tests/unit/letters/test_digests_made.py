"""A digest is one letter of an edition to a person, and its subject is facts."""

from mailbridge.letters.digests import digest, facts, letter_id
from mailbridge.model.digested import Mails, Material, Standing
from mailbridge.model.letter import LetterKind
from mailbridge.model.outcome import OutcomeName
from tests.unit.letters.sample import DOCUMENT, NOW, SECRET


def test_the_same_edition_to_the_same_person_is_the_same_letter() -> None:
    one = letter_id(SECRET, "H28.02", "an@hungyen.gov.vn", "2026-03-02", "morning")
    assert one == letter_id(SECRET, "H28.02", "an@hungyen.gov.vn", "2026-03-02", "morning")
    assert one != letter_id(SECRET, "H28.02", "an@hungyen.gov.vn", "2026-03-02", "evening")
    assert one != letter_id(SECRET, "H28.02", "binh@hungyen.gov.vn", "2026-03-02", "morning")


def test_the_subject_counts_what_there_is_and_nothing_else() -> None:
    made = facts(Material(NOW, NOW, came=(DOCUMENT,)), "Huyện ủy Mẫu", "morning", sheet=False)
    assert made.headline == "Sáng 02/03: 1 văn bản đến mới"
    calm = facts(Material(NOW, NOW), "Huyện ủy Mẫu", "evening", sheet=False)
    assert calm.headline == "Chiều 02/03: không có việc cần xử lý"


def test_a_register_that_does_not_add_up_stands_first() -> None:
    torn = Standing(Mails({OutcomeName.REGISTERED: 1}, documents=0))
    made = facts(Material(NOW, NOW, came=(DOCUMENT,), standing=torn), "x", "morning", sheet=False)
    assert made.headline.startswith("Sáng 02/03: SỔ THƯ KHÔNG KHỚP")


def test_it_leaves_in_its_turn_and_not_before_what_is_urgent() -> None:
    made = facts(Material(NOW, NOW), "x", "morning", sheet=True)
    letter = digest(made, "mb.x", "an@hungyen.gov.vn", "vanthu")
    assert (letter.kind, letter.urgent, letter.to) == (
        LetterKind.DIGEST,
        False,
        "an@hungyen.gov.vn",
    )
    assert made.sheet
