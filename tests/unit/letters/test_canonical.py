import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from mailbridge.letters.canonical import canonical
from mailbridge.model.errors import Reason
from mailbridge.model.letter import Letter, ReceiptFacts, Stage
from tests.unit.letters.sample import owed, saying

SCHEMA = json.loads(Path("docs/receipt.schema.json").read_text("utf-8"))
ARRIVED = owed(Stage.ARRIVED)
LETTERS = (
    ARRIVED,
    owed(Stage.REGISTERED, (ARRIVED,)),
    owed(Stage.REFUSED, (ARRIVED,), reason=Reason.WRONG_ADDRESSEE, words="Gửi nhầm."),
    *(owed(stage, (ARRIVED,)) for stage in (Stage.ASSIGNED, Stage.PROCESSING, Stage.DONE)),
)


def _octets(letter: Letter) -> bytes:
    assert isinstance(letter.facts, ReceiptFacts)
    return canonical(letter.facts)


@pytest.mark.parametrize("letter", LETTERS)
def test_facts_obey_the_published_schema(letter: Letter) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    Draft202012Validator(SCHEMA).validate(json.loads(_octets(letter)))


def test_schema_refuses_what_is_missing_or_unknown() -> None:
    validator = Draft202012Validator(SCHEMA)
    good = json.loads(_octets(LETTERS[1]))
    for key in good:
        assert not validator.is_valid({name: good[name] for name in good if name != key})
    assert not validator.is_valid({**good, "extra": 1})


def test_form_is_canonical() -> None:
    octets = _octets(LETTERS[1])
    value = json.loads(octets)
    again = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert octets == again.encode()


def test_times_are_those_of_vietnam() -> None:
    assert json.loads(_octets(ARRIVED))["times"]["received"] == "2026-03-02T08:14:07+07:00"


def test_lone_surrogate_does_not_stop_a_receipt() -> None:
    assert b"?" in _octets(owed(Stage.ARRIVED, document=saying("\udcff")))
