"""Several receipts in one mail: words for all of them, and machine parts for each.

There is no disposition notification in it: one speaks of one mail (RFC 8098 §3).
"""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from mailbridge.letters import words
from mailbridge.letters.canonical import MACHINE, canonical
from mailbridge.letters.templates import render
from mailbridge.mime import build
from mailbridge.model.letter import Letter, ReceiptFacts, Stage

# Stages that may share a mail (`registry/mailings`), in their order.
STAGES = {
    Stage.ARRIVED: "đã đến",
    Stage.REGISTERED: "đã tiếp nhận",
    Stage.ASSIGNED: "đã chuyển xử lý",
    Stage.PROCESSING: "đang xử lý",
    Stage.DONE: "đã hoàn thành",
}
# Fifty names of five hundred letters each would make a header that servers refuse (RFC 5322 §2.1.1
# bounds a line, and nobody the number of lines).
_NAMED = 4_000

Status = Callable[[ReceiptFacts], bytes]


def facts_of(letters: tuple[Letter, ...]) -> tuple[ReceiptFacts, ...]:
    """Give the facts of letters that are receipts."""
    return tuple(one.facts for one in letters if isinstance(one.facts, ReceiptFacts))


def parts(
    every: tuple[ReceiptFacts, ...], wording: Path, token: str, status: Status | None
) -> tuple[bytes, ...]:
    """Write the parts: what people read in two dresses, then what machines read of each.

    Refuses a stage that a person acts on: it must not lie among fifty others.
    """
    if any(facts.stage not in STAGES for facts in every):
        raise ValueError("such a receipt travels alone")
    said = {
        "every": [(facts, STAGES[facts.stage], words.verdict(facts.verdict)) for facts in every],
        "by": every[0].by,
        "to": every[0].to,
    }
    told = build.alternative(
        build.boundary(token, "receipts"),
        render(wording, "receipts.txt", **said),
        render(wording, "receipts.html", **said),
    )
    return (told.octets(), *_machines(every, status))


def _machines(every: tuple[ReceiptFacts, ...], status: Status | None) -> Iterator[bytes]:
    for at, facts in enumerate(every, start=1):
        if status is not None:
            name = f"status-{at:02}.edxml"
            yield build.attachment("application/xml", name, status(facts), {}).octets()
        kind = {"kind": "receipt"}
        yield build.attachment(MACHINE, f"receipt-{at:02}.json", canonical(facts), kind).octets()


def subject(every: tuple[ReceiptFacts, ...]) -> str:
    """Count what became of the documents."""
    counted = Counter(facts.stage for facts in every)
    said = ", ".join(f"{counted[stage]} {STAGES[stage]}" for stage in STAGES if counted[stage])
    return f"Phản hồi về {len(every)} văn bản: {said}"


def answered(every: tuple[ReceiptFacts, ...]) -> tuple[bytes, ...]:
    """Name the mails that are answered, as many as a header bears.

    RFC 5322 §3.6.4: In-Reply-To may name several; References of several parents are discouraged.
    """
    named: list[str] = []
    for one in dict.fromkeys(facts.message_id for facts in every if facts.message_id):
        if sum(map(len, named)) + len(one) > _NAMED:
            break
        named.append(one)
    return (build.ids_field("In-Reply-To", named),) if named else ()
