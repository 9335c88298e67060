"""The canonical facts of a receipt: one JSON form (docs/receipt.schema.json), one digest."""

import hashlib
import json
from datetime import datetime

from mailbridge.clock import in_vietnam
from mailbridge.model.letter import Party, Proof, ReceiptFacts, Stage

# The type of every machine part, told apart by its parameter `kind`.
MACHINE = "application/vnd.mailbridge+json"

STAGE_WORDS = {
    Stage.ARRIVED: "arrived",
    Stage.REFUSED: "refused",
    Stage.REGISTERED: "registered",
    Stage.ASSIGNED: "assigned",
    Stage.PROCESSING: "processing",
    Stage.DONE: "done",
    Stage.RECALLED: "recalled",
    Stage.RECALL_REFUSED: "recall-refused",
}


def canonical(facts: ReceiptFacts) -> bytes:
    """Write the facts with sorted keys, no spaces, UTF-8: the same octets for the same facts."""
    value = {
        "v": 1,
        "kind": "receipt",
        "receipt_id": facts.receipt_id,
        "stage": STAGE_WORDS[facts.stage],
        "edxml": facts.stage.value,
        "seq": facts.seq,
        "previous": f"sha256:{facts.previous}" if facts.previous else None,
        "document": _document(facts),
        "from": party(facts.by),
        "to": party(facts.to),
        "register": _register(facts),
        "verdict": facts.verdict.value if facts.verdict else None,
        "reason": facts.reason.value if facts.reason else None,
        "words": facts.words,
        "times": _times(facts),
        **({"proof": _proof(facts.proof)} if facts.proof else {}),
    }
    written = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    # A lone surrogate from a hostile name has no UTF-8 form.
    return written.encode("utf-8", "replace")


def digest(facts: ReceiptFacts) -> str:
    """Give the SHA-256 of the canonical facts: what the next receipt names as its previous one."""
    return hashlib.sha256(canonical(facts)).hexdigest()


def _document(facts: ReceiptFacts) -> dict[str, object]:
    return {
        "key": facts.document_key,
        "symbol": facts.symbol,
        "issued": facts.issued.isoformat() if facts.issued else None,
        "summary": facts.summary,
        "files": [
            {"name": file.name, "size": file.size, "sha256": file.sha256} for file in facts.files
        ],
        "message_id": facts.message_id,
        "subject": facts.subject,
        "mic": f"sha-256:{facts.mic}" if facts.mic else None,
    }


def party(one: Party) -> dict[str, str]:
    """Write an agency and its address."""
    return {"agency": one.agency, "name": one.name, "address": one.address}


def _register(facts: ReceiptFacts) -> dict[str, object] | None:
    if facts.number is None:
        return None
    return {
        "book": facts.number.book,
        "year": facts.number.year,
        "number": facts.number.ordinal,
        "at": moment(facts.entered_at) if facts.entered_at else None,
    }


def _proof(proof: Proof) -> dict[str, object]:
    return {
        "erased": [f"sha256:{digest}" for digest in proof.erased],
        "copies": list(proof.copies),
        "left": list(proof.left),
        "at": moment(proof.at),
        "by": proof.by,
    }


def _times(facts: ReceiptFacts) -> dict[str, str]:
    return {
        "received": moment(facts.received_at),
        # INTERNALDATE of the mail server (RFC 3501 §2.3.3); the rest is our own clock.
        "received_source": "mail-server",
        "made": moment(facts.made_at),
        "made_source": "own-clock",
    }


def moment(at: datetime) -> str:
    """Write a moment of Vietnam time by ISO 8601 (Điều 13)."""
    return in_vietnam(at).isoformat(timespec="seconds")
