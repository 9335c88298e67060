"""The answer 16 repeats what was claimed, and tells nothing more."""

from dataclasses import replace

from mailbridge.letters.canonical import canonical
from mailbridge.letters.recall_refusals import RefusalTerms, refusal
from mailbridge.mime import machine
from mailbridge.model.letter import FileFact, ReceiptFacts, Stage
from mailbridge.model.recall import Claim
from tests.unit.letters.sample import BY, NOW, SECRET, TO

CLAIM = Claim(
    "r",
    TO.agency,
    "125-CV/TU",
    "2026-03-01",
    "abc@vidu.gov.vn",
    (FileFact("a.pdf", 5, "ab" * 32),),
    "nhầm",
    NOW,
)
TERMS = RefusalTerms(BY, TO, "vanthu", ("r",), "chưa nhận được văn bản này", SECRET, NOW)


def test_it_names_the_document_as_its_sender_did() -> None:
    letter = refusal(CLAIM, TERMS)
    facts = letter.facts
    assert isinstance(facts, ReceiptFacts)
    assert (facts.stage, facts.words) == (Stage.RECALL_REFUSED, TERMS.why)
    assert (facts.document_key, facts.files) == ("H28.01,2026/03/01,125-CV/TU", CLAIM.files)
    assert (facts.message_id, facts.verdict, facts.number) == (CLAIM.message_id, None, None)
    assert letter.to == TO.address
    # Its receiver's machine reads it.
    assert machine.read(canonical(facts)).facts == replace(facts, subject="")


def test_the_same_cause_is_answered_by_the_same_letter() -> None:
    later = replace(TERMS, why="khác")
    assert refusal(CLAIM, TERMS).id == refusal(CLAIM, later).id
    assert refusal(CLAIM, TERMS).id != refusal(CLAIM, replace(TERMS, cause=("s",))).id
