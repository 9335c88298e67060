"""A digest is one letter of an edition to a person, and its subject is facts."""

from dataclasses import replace

from mailbridge.letters.digest_sections import ROWS
from mailbridge.letters.digests import digest, facts, letter_id
from mailbridge.letters.templates import WORDING, render
from mailbridge.model.digested import Mails, Material, Standing
from mailbridge.model.letter import LetterKind, Offer
from mailbridge.model.outcome import OutcomeName
from mailbridge.rules.html_lines import shown
from mailbridge.rules.own_lines import Words
from mailbridge.rules.reply_lines import orders
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


def test_what_a_reader_may_act_on_shows_its_code_and_says_how() -> None:
    others = replace(DOCUMENT, id=8)
    material = Material(NOW, NOW, came=(DOCUMENT, others), overdue=(DOCUMENT,), codes={7: "7KQ4MX"})
    made = facts(material, "x", "morning", sheet=False)
    assert made.offers == (Offer("7KQ4MX", 7),)
    for name in ("digest.txt", "digest.html"):
        told = render(WORDING, name, facts=made, agency="x", is_key_away=False)
        assert (told.count("7KQ4MX"), "trả lại" in told) == (2, True)
        # Whatever a mail program does not mark as quoted must not act.
        plain = shown(told) if name.endswith("html") else told
        assert not any(one.code for one in orders(Words(plain), NOW.date()))


def test_a_document_whose_row_is_cut_is_not_offered() -> None:
    many = tuple(replace(DOCUMENT, id=at) for at in range(ROWS + 5))
    material = Material(NOW, NOW, came=many, codes={at: f"{at}" for at in range(ROWS + 5)})
    made = facts(material, "x", "morning", sheet=False)
    assert [one.document for one in made.offers] == list(range(ROWS))


def test_without_codes_nothing_speaks_of_replies() -> None:
    made = facts(Material(NOW, NOW, came=(DOCUMENT,)), "x", "morning", sheet=False)
    assert made.offers == ()
    for name in ("digest.txt", "digest.html"):
        told = render(WORDING, name, facts=made, agency="x", is_key_away=False)
        assert "Mã trả lời" not in told
        assert "thư trả lời" not in told.lower()
