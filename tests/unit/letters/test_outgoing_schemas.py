"""The machine parts of documents and recalls are what their published schemas say."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from mailbridge.letters import outgoing
from tests.unit.letters.sent import DOCUMENT, RECALL

DOCS = Path(__file__).parents[3] / "docs"


@pytest.mark.parametrize(
    ("name", "octets"),
    [
        ("document", outgoing.document(DOCUMENT, ("1.mb.x@hungyen.gov.vn",))),
        ("recall", outgoing.recall(RECALL)),
    ],
)
def test_the_facts_fit_their_schema_and_no_more(name: str, octets: bytes) -> None:
    schema = json.loads((DOCS / f"{name}.schema.json").read_text("utf-8"))
    validator = Draft202012Validator(schema)
    value = json.loads(octets)
    assert list(validator.iter_errors(value)) == []
    assert list(validator.iter_errors({**value, "more": 1})) != []
    assert (
        octets
        == json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    )
