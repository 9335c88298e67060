"""The machine part of our mails: what we write we read, and nothing else."""

import hashlib
import json
import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.letters import outgoing
from mailbridge.letters.canonical import STAGE_WORDS, canonical
from mailbridge.mime.machine import SIZE, STAGES, read
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.letter import FileFact, Party, RecallFacts, ReceiptFacts, Stage
from mailbridge.model.report import Machine
from tests.unit.letters import sent
from tests.unit.mime.machine_samples import facts, recall, receipt

STAGES_OF_RECEIPTS = [
    Stage.ARRIVED, Stage.REGISTERED, Stage.ASSIGNED, Stage.PROCESSING, Stage.DONE,
]  # fmt: skip


def refused(octets: bytes) -> RefusedError:
    with pytest.raises(RefusedError) as refusal:
        read(octets)
    return refusal.value


@pytest.mark.parametrize("stage", STAGES_OF_RECEIPTS)
def test_what_is_written_is_read(stage: Stage) -> None:
    written = facts(stage)
    octets = canonical(written)
    # From of the original stays with whoever wrote the receipt.
    expected = replace(written, sender="")
    assert read(octets) == Machine(expected, hashlib.sha256(octets).hexdigest())


def test_a_refusal_keeps_its_ground_and_its_words() -> None:
    written = facts(Stage.REFUSED, reason=Reason.WRONG_ADDRESSEE, words="gửi nhầm nơi nhận")
    assert read(canonical(written)).facts == replace(written, sender="")


def test_every_stage_that_is_written_is_known() -> None:
    assert {word: stage for stage, word in STAGE_WORDS.items()}.items() <= STAGES.items()


def test_a_ground_of_a_later_mailbridge_is_kept_as_its_word() -> None:
    value = json.loads(canonical(facts(Stage.REFUSED, reason=Reason.WRONG_ADDRESSEE)))
    read_ = read(json.dumps({**value, "reason": "moon-phase"}).encode()).facts
    assert isinstance(read_, ReceiptFacts)
    assert (read_.reason, read_.words) == (None, "moon-phase")


def test_a_proof_of_destruction_is_read() -> None:
    proof = {
        "erased": ["sha256:" + "cd" * 32],
        "copies": ["blob", "search"],
        "left": ["bản giấy"],
        "at": "2026-03-03T08:00:00+07:00",
        "by": "chị Hà",
    }
    read_ = read(receipt(stage="recalled", edxml="15", proof=proof)).facts
    assert isinstance(read_, ReceiptFacts)
    assert read_.stage is Stage.RECALLED
    assert read_.proof is not None
    assert read_.proof.at == datetime(2026, 3, 3, 1, 0, tzinfo=UTC)


def test_a_recall_is_read() -> None:
    assert read(recall()).facts == RecallFacts(
        exchange=0,
        recall_id="a" * 26,
        document_key="H28.01,2026/03/01,125-CV/TU",
        symbol="125-CV/TU",
        issued=datetime(2026, 3, 1, tzinfo=UTC).date(),
        summary="V/v báo cáo",
        files=(FileFact("a.pdf", 3, "ab" * 32),),
        by=Party("H28.01", "Tỉnh ủy", "vanthu@vidu.gov.vn"),
        to=Party("H28.02", "Huyện ủy", "van.thu@hungyen.gov.vn"),
        reason="ban hành nhầm",
        message_id="mb.x@vidu.gov.vn",
        made_at=datetime(2026, 3, 2, 1, 14, 7, tzinfo=UTC),
        number="431/2026",
    )


def test_a_recall_that_is_written_is_read() -> None:
    written = replace(sent.RECALL, recall_id="a" * 26)
    assert read(outgoing.recall(written)).facts == replace(written, exchange=0)


@pytest.mark.parametrize("v", [2, 0, "1", 1.0, True, None, [1]])
def test_an_unknown_version_is_refused(v: object) -> None:
    assert refused(receipt(v=v)).reason is Reason.MALFORMED
    assert refused(recall(v=v)).reason is Reason.MALFORMED


@pytest.mark.parametrize("kind", ["report", "document", "", None, 1, ["receipt"]])
def test_another_kind_is_refused(kind: object) -> None:
    assert refused(receipt(kind=kind)).reason is Reason.UNSUPPORTED


def test_a_stage_and_its_code_agree() -> None:
    assert refused(receipt(stage="done", edxml="03")).reason is Reason.UNSUPPORTED
    assert refused(receipt(stage="exploded", edxml="99")).reason is Reason.UNSUPPORTED


def test_a_huge_part_is_refused_unread() -> None:
    assert refused(receipt(words="x" * SIZE)).reason is Reason.TOO_LARGE


@pytest.mark.parametrize("octets", [b"[" * 1_000_000, b'{"a":' * 200_000, b"[{" * 500])
def test_a_nested_part_is_refused_in_no_time(octets: bytes) -> None:
    begun = time.perf_counter()
    assert refused(octets).reason is Reason.TOO_DEEP
    assert time.perf_counter() - begun < 1


@pytest.mark.parametrize(
    "octets",
    [
        b"",
        b"null",
        b"[]",
        b"\xff\xfe",
        b'{"v":1',
        b'{"v":NaN}',
        b'{"v":' + b"1" * 10_000 + b"}",
        b'"' * 1_000_000,
        canonical(facts()).replace(b'"kind":', b'"kind":"recall","kind":'),
    ],
)
def test_what_is_no_plain_object_is_refused(octets: bytes) -> None:
    assert refused(octets).reason is Reason.MALFORMED


@given(st.binary(max_size=300))
def test_octets_of_anybody_are_refused_and_never_a_bug(octets: bytes) -> None:
    refused(octets)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(sorted(json.loads(canonical(facts())))), _JSON)
def test_a_receipt_with_any_value_in_any_place_is_read_or_refused(key: str, value: object) -> None:
    try:
        read_ = read(receipt(**{key: value}))
    except RefusedError:
        return
    assert isinstance(read_.facts, ReceiptFacts)
    assert read_.facts.words.isprintable()
