"""Every code has its words, and cites where it comes from."""

import re

import pytest

from mailbridge.model.codes import NOT_OF_SEALS
from mailbridge.provenance.codes import Code
from mailbridge.provenance.words import finding
from tests.unit.provenance.samples import evidence, keys, mail_with, sealed


@pytest.mark.parametrize("code", list(Code))
def test_a_finding_has_words_and_a_source(code: Code) -> None:
    # What the reader says of a document is a sentence of its own.
    made = finding(code, signer="Văn phòng", what="x.")
    assert made.text.endswith((".", ")"))
    assert "{" not in made.text
    assert re.match(r"(RFC \d+ §|Điều \d)", made.cites)


@pytest.mark.parametrize("octets", [sealed(keys().revoked), sealed(keys().rogue_seal), sealed()])
def test_why_of_a_seal_is_in_its_closed_list(octets: bytes) -> None:
    why = {Code(each) for seal in evidence(mail_with(octets)).seals for each in seal.why}
    assert not why & NOT_OF_SEALS
