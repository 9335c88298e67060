"""The form of the machine part is held to the letter, and to the published schema."""

import json
from pathlib import Path
from typing import Any

import pytest

from mailbridge.letters.canonical import canonical
from mailbridge.mime.machine import read
from mailbridge.mime.machine_form import ReceiptForm
from mailbridge.model.errors import RefusedError
from mailbridge.model.letter import ReceiptFacts
from tests.unit.letters.sample import owed
from tests.unit.mime.machine_samples import facts

SCHEMA = Path(__file__).parents[3] / "docs" / "receipt.schema.json"


def changed(path: str, value: Any) -> bytes:
    """Write a receipt with one value changed; `path` is dotted."""
    whole = json.loads(canonical(facts()))
    *steps, last = path.split(".")
    inner = whole
    for step in steps:
        inner = inner[int(step) if step.isdigit() else step]
    inner[last] = value
    return json.dumps(whole, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("more", 1),
        ("document.more", 1),
        ("document.files.0.more", 1),
        ("receipt_id", "A" * 26),
        ("receipt_id", "a" * 27),
        ("seq", 0),
        ("seq", "1"),
        ("seq", True),
        ("seq", 1.0),
        ("seq", 10**30),
        ("previous", "sha256:xyz"),
        ("previous", "ab" * 32),
        ("document.files.0.size", -1),
        ("document.files.0.size", 2**60),
        ("document.files.0.sha256", "AB" * 32),
        ("document.files", {}),
        ("document.files", [{"name": "a", "size": 1, "sha256": "ab" * 32}] * 2001),
        ("document.key", None),
        ("document.key", "x" * 1001),
        ("document.issued", "2026-02-30"),
        ("document.issued", "2026-3-1"),
        ("document.mic", "sha-256:"),
        ("document.mic", "md5:" + "A" * 43 + "="),
        ("from", "H28.02"),
        ("to.address", ["a@b"]),
        ("register.year", 26),
        ("register.number", "431"),
        ("register.at", "2026-03-02T08:14:07Z"),
        ("verdict", "good"),
        ("reason", "Wrong Addressee"),
        ("words", None),
        ("times.made", "2026-03-02T25:14:07+07:00"),
        ("times.made", "2026-03-02T08:14:07"),
        ("times.made_source", "gps"),
        ("times.received_source", "own-clock"),
        ("proof", {}),
    ],
)
def test_one_wrong_value_refuses_the_whole(path: str, value: Any) -> None:
    with pytest.raises(RefusedError):
        read(changed(path, value))


@pytest.mark.parametrize("key", sorted(json.loads(canonical(facts()))))
def test_one_missing_key_refuses_the_whole(key: str) -> None:
    whole = json.loads(canonical(facts()))
    del whole[key]
    with pytest.raises(RefusedError):
        read(json.dumps(whole).encode())


def test_control_characters_become_spaces() -> None:
    read_ = read(changed("words", "a\x1b[2J\u202eb\n")).facts
    assert isinstance(read_, ReceiptFacts)
    assert read_.words == "a [2J b "


def test_a_lone_surrogate_is_refused() -> None:
    octets = changed("words", "WORDS").replace(b"WORDS", b"\\ud800")
    with pytest.raises(RefusedError):
        read(octets)


def test_the_form_has_the_keys_of_the_published_schema() -> None:
    published = json.loads(SCHEMA.read_text("utf-8"))
    fields = ReceiptForm.model_fields
    assert {field.alias or name for name, field in fields.items()} == {*published["properties"]}
    required = {field.alias or name for name, field in fields.items() if field.is_required()}
    assert required == {*published["required"]}


def test_what_is_written_fits_the_form() -> None:
    made = owed(facts().stage).facts
    assert isinstance(made, ReceiptFacts)
    assert ReceiptForm.model_validate(json.loads(canonical(made))).seq == 1
