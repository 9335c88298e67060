"""Every code has its words, and cites where it comes from."""

import re

import pytest

from mailbridge.provenance.codes import Code
from mailbridge.provenance.words import finding


@pytest.mark.parametrize("code", list(Code))
def test_a_finding_has_words_and_a_source(code: Code) -> None:
    made = finding(code, signer="Văn phòng", what="x")
    assert made.text.endswith((".", ")"))
    assert "{" not in made.text
    assert re.match(r"(RFC \d+ §|Điều \d)", made.cites)
