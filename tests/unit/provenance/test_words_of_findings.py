"""Every finding has its words, its weight and its source."""

import pytest

from mailbridge.model.evidence import Level
from mailbridge.provenance.codes import Code
from mailbridge.provenance.words import finding


@pytest.mark.parametrize("code", list(Code))
def test_every_code_has_words_that_cite(code: Code) -> None:
    made = finding(code, path="1", signer="Nguyễn Văn A", what="đây")
    assert made.code == code.value
    assert made.cites.startswith(("RFC ", "Điều "))
    assert "{" not in made.text


def test_what_was_not_checked_is_never_praised() -> None:
    names = (Code.LOCKED, Code.KEY_UNKNOWN, Code.FILE_REFUSED, Code.FORM_UNSUPPORTED)
    assert {finding(code).level for code in names} == {Level.UNCHECKED}
