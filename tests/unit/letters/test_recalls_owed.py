"""The letter of a recall: one for each time that a recipient is asked, the same for each retry."""

from dataclasses import replace

from mailbridge.letters.recalls import RecallTerms, recall
from mailbridge.model.letter import Letter, LetterKind, RecallFacts
from mailbridge.model.sending import Exchange
from tests.unit.letters import sent
from tests.unit.letters.sample import BY, DOCUMENT, NOW, SECRET, TO

EXCHANGE = Exchange(4, "H28.02", DOCUMENT.id, TO, NOW, number="431/2026")
TERMS = RecallTerms(BY, "nhầm thể thức", sent.letter(LetterKind.DOCUMENT), 1, SECRET, NOW)


def _letter(terms: RecallTerms = TERMS) -> Letter:
    return recall(DOCUMENT, EXCHANGE, terms)


def test_the_same_request_bears_the_same_names_and_another_one_others() -> None:
    assert _letter() == _letter()
    again = _letter(replace(TERMS, round=2))
    assert isinstance(again.facts, RecallFacts)
    first = _letter().facts
    assert isinstance(first, RecallFacts)
    assert again.id != _letter().id
    assert again.facts.recall_id != first.recall_id


def test_it_names_the_mail_that_brought_the_document_and_its_number_there() -> None:
    letter = _letter()
    facts = letter.facts
    assert isinstance(facts, RecallFacts)
    assert facts.message_id == f"{TERMS.sent.id}@{BY.address.partition('@')[2]}"
    assert (facts.number, facts.document_key) == ("431/2026", str(DOCUMENT.key))
    assert [file.sha256 for file in facts.files] == ["ab" * 32]
    assert (letter.to, letter.exchange, letter.urgent) == (TO.address, 4, True)
