"""Machine parts as our mails bear them."""

import json
from typing import Any

from mailbridge.letters.canonical import canonical
from mailbridge.model.letter import ReceiptFacts, Stage
from tests.unit.letters.sample import owed


def facts(stage: Stage = Stage.REGISTERED, **more: Any) -> ReceiptFacts:
    made = owed(stage, **more).facts
    assert isinstance(made, ReceiptFacts)
    return made


def receipt(**changes: Any) -> bytes:
    """Write a receipt with some of its top keys changed."""
    value = json.loads(canonical(facts()))
    return json.dumps({**value, **changes}, ensure_ascii=False).encode()


def recall(**changes: Any) -> bytes:
    """Write a recall as docs/wire.md has it."""
    value: dict[str, Any] = {
        "v": 1,
        "kind": "recall",
        "recall_id": "a" * 26,
        "document": {
            "key": "H28.01,2026/03/01,125-CV/TU",
            "symbol": "125-CV/TU",
            "issued": "2026-03-01",
            "summary": "V/v báo cáo",
            "files": [{"name": "a.pdf", "size": 3, "sha256": "ab" * 32}],
            "message_id": "mb.x@vidu.gov.vn",
        },
        "from": {"agency": "H28.01", "name": "Tỉnh ủy", "address": "vanthu@vidu.gov.vn"},
        "to": {"agency": "H28.02", "name": "Huyện ủy", "address": "van.thu@hungyen.gov.vn"},
        "reason": "ban hành nhầm",
        "number": "431/2026",
        "made": "2026-03-02T08:14:07+07:00",
    }
    return json.dumps({**value, **changes}, ensure_ascii=False).encode()
