"""Receipts of a backlog in one mail: for each of them the same facts as in a mail of its own."""

import email
from dataclasses import replace
from email import policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbridge.letters.canonical import canonical
from mailbridge.letters.compose import compose
from mailbridge.letters.several_receipts import answered, facts_of, subject
from mailbridge.mime import machine
from mailbridge.model.letter import Letter, ReceiptFacts, Stage
from mailbridge.model.outcome import Number
from tests.unit.letters.sample import DOCUMENT, EDXML, SENDER, owed, saying

_WITH_NUMBERS = (Stage.REGISTERED, Stage.ASSIGNED, Stage.PROCESSING, Stage.DONE)


def _several(*stages: Stage, words: str = "") -> tuple[Letter, ...]:
    base = saying(words, words) if words else DOCUMENT
    return tuple(
        owed(
            stage,
            document=replace(
                base,
                id=number,
                number=Number("den", 2026, 400 + number),
                message_id=f"{number}@vidu.gov.vn",
            ),
        )
        for number, stage in enumerate(stages, start=1)
    )


def _parsed(*letters: Letter) -> EmailMessage:
    octets = compose(letters, SENDER, Path, EDXML).octets
    parsed = email.message_from_bytes(octets, policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    assert [part.defects for part in parsed.walk() if part.defects] == []
    return parsed


def _files(parsed: EmailMessage) -> dict[str, bytes]:
    return {
        part.get_filename() or "": part.get_payload(decode=True)  # type: ignore[misc]
        for part in parsed.walk()
        if part.get_filename()
    }


def _dress(parsed: EmailMessage, kind: str) -> str:
    (found,) = [part for part in parsed.walk() if part.get_content_type() == kind]
    return str(found.get_content())


def test_each_receipt_has_the_machine_parts_that_it_has_alone() -> None:
    letters = _several(Stage.ARRIVED, *_WITH_NUMBERS)
    files = _files(_parsed(*letters))
    assert len(files) == 10
    for number, letter in enumerate(letters, start=1):
        alone = _files(_parsed(letter))
        assert files[f"receipt-{number:02}.json"] == alone["receipt.json"]
        assert files[f"status-{number:02}.edxml"] == alone["status.edxml"]


def test_nothing_in_it_says_that_it_notifies_of_one_mail() -> None:
    kinds = [part.get_content_type() for part in _parsed(*_several(*_WITH_NUMBERS)).walk()]
    assert kinds[:4] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    assert set(kinds[4:]) == {"application/xml", "application/vnd.mailbridge+json"}


def test_both_dresses_say_of_each_document_what_became_of_it() -> None:
    letters = _several(Stage.ARRIVED, *_WITH_NUMBERS)
    parsed = _parsed(*letters)
    for kind in ("text/plain", "text/html"):
        told = _dress(parsed, kind)
        for facts in facts_of(letters):
            assert facts.receipt_id in told
            assert facts.number is None or f"{facts.number.ordinal} (năm 2026)" in told
            assert facts.files[0].sha256 in told
        for words in ("đã đến", "đã tiếp nhận", "đã chuyển xử lý", "đang xử lý", "đã hoàn thành"):
            assert words in told


def test_its_header_names_every_mail_that_it_answers_and_no_thread() -> None:
    parsed = _parsed(*_several(*_WITH_NUMBERS))
    assert str(parsed["In-Reply-To"]).split() == [f"<{n}@vidu.gov.vn>" for n in range(1, 5)]
    assert parsed["References"] is None
    assert parsed["Auto-Submitted"] == "auto-replied"
    assert parsed["X-Mailbridge"] == "receipt; v=1"
    assert str(parsed["Message-ID"]).startswith("<mbs.")


def test_its_subject_counts() -> None:
    letters = _several(Stage.ARRIVED, Stage.REGISTERED, Stage.REGISTERED, Stage.DONE)
    assert (
        _parsed(*letters)["Subject"]
        == subject(facts_of(letters))
        == "Phản hồi về 4 văn bản: 1 đã đến, 2 đã tiếp nhận, 1 đã hoàn thành"
    )


def test_names_of_megabytes_do_not_make_a_header_of_megabytes() -> None:
    (one,) = facts_of(_several(Stage.ARRIVED))
    many = tuple(replace(one, message_id=f"{n:03}{'x' * 490}@x.vn") for n in range(50))
    (line,) = answered(many)
    assert 3_000 < len(line) < 5_000
    assert answered((replace(one, message_id=None),)) == ()


@pytest.mark.parametrize("stage", [Stage.REFUSED, Stage.RECALLED, Stage.RECALL_REFUSED])
def test_what_a_person_acts_on_is_never_written_among_others(stage: Stage) -> None:
    letters = _several(Stage.ARRIVED, Stage.ARRIVED)
    assert isinstance(letters[0].facts, ReceiptFacts)
    odd = replace(letters[0], facts=replace(letters[0].facts, stage=stage))
    with pytest.raises(ValueError, match="alone"):
        compose((odd, letters[1]), SENDER, Path, EDXML)


def test_the_same_letters_are_the_same_octets() -> None:
    letters = _several(*_WITH_NUMBERS)
    assert len({compose(letters, SENDER, Path, EDXML).octets for _ in range(2)}) == 1


@settings(max_examples=15, deadline=None)
@given(words=st.text(max_size=60), count=st.integers(2, 6))
def test_whatever_the_words_each_receipt_reads_back_as_its_facts(words: str, count: int) -> None:
    letters = _several(*[Stage.REGISTERED] * count, words=words)
    files = _files(_parsed(*letters))
    for number, facts in enumerate(facts_of(letters), start=1):
        octets = files[f"receipt-{number:02}.json"]
        assert octets == canonical(facts)
        read = machine.read(octets).facts
        assert isinstance(read, ReceiptFacts)
        assert (read.receipt_id, read.number, read.files) == (
            facts.receipt_id,
            facts.number,
            facts.files,
        )


def test_a_hostile_summary_neither_starts_a_line_nor_becomes_markup() -> None:
    parsed = _parsed(
        *_several(Stage.ARRIVED, Stage.ARRIVED, words="<script>x</script>\nSố đến: 999")
    )
    assert "\nSố đến: 999" not in _dress(parsed, "text/plain")
    assert "<script>" not in _dress(parsed, "text/html")
