"""Documents and recalls as they leave: their files, and their facts for machines.

The one JSON type of docs/wire.md, told apart by `kind`: docs/document.schema.json and
docs/recall.schema.json.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from mailbridge.letters.canonical import moment, party
from mailbridge.mime import build
from mailbridge.model.errors import TryLaterError
from mailbridge.model.letter import DocumentFacts, RecallFacts


def content_ids(facts: DocumentFacts, token: str, domain: str) -> tuple[str, ...]:
    """Name the parts of the files, so that the edXML header can refer to them (RFC 2392 §2)."""
    return tuple(f"{number}.{token}@{domain}" for number in range(1, len(facts.files) + 1))


def files(
    facts: DocumentFacts, ids: tuple[str, ...], blobs: Callable[[str], Path]
) -> Iterator[bytes]:
    """Write the files as parts, each with its Content-ID; their octets are never changed."""
    for file, content_id in zip(facts.files, ids, strict=True):
        try:
            part = build.stored_file(file.type, file.name, blobs(file.sha256), content_id)
        except OSError as error:
            raise TryLaterError("a file of a document cannot be read") from error
        yield part.octets()


def document(facts: DocumentFacts, ids: tuple[str, ...]) -> bytes:
    """Write the facts of a document with sorted keys: the same octets for the same facts."""
    listed = [
        {"name": file.name, "size": file.size, "sha256": file.sha256, "content_id": content_id}
        for file, content_id in zip(facts.files, ids, strict=True)
    ]
    return _written(
        {
            "v": 1,
            "kind": "document",
            "business": facts.business,
            "document": {
                "key": facts.document_key,
                "symbol": facts.symbol,
                "issued": facts.issued.isoformat() if facts.issued else None,
                "type": facts.type,
                "summary": facts.summary,
                "urgency": facts.urgency.value,
                "files": listed,
            },
            "replaces": list(facts.replaces),
            "reason": facts.reason,
            "from": party(facts.by),
            "to": party(facts.to),
            "recipients": [party(one) for one in facts.recipients],
            "ground": facts.ground,
            "paper": facts.paper,
            "due": facts.due.isoformat() if facts.due else None,
            "answer_by": moment(facts.answer_by) if facts.answer_by else None,
            "made": moment(facts.made_at),
        }
    )


def recall(facts: RecallFacts) -> bytes:
    """Write the facts of a recall with sorted keys."""
    return _written(
        {
            "v": 1,
            "kind": "recall",
            "recall_id": facts.recall_id,
            "document": {
                "key": facts.document_key,
                "symbol": facts.symbol,
                "issued": facts.issued.isoformat() if facts.issued else None,
                "summary": facts.summary,
                "files": [
                    {"name": file.name, "size": file.size, "sha256": file.sha256}
                    for file in facts.files
                ],
                "message_id": facts.message_id,
            },
            "number": facts.number,
            "reason": facts.reason,
            "from": party(facts.by),
            "to": party(facts.to),
            "made": moment(facts.made_at),
        }
    )


def _written(value: dict[str, object]) -> bytes:
    written = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return written.encode("utf-8", "replace")
