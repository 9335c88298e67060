"""A fingerprint is compared whole by scripts, and by its ends by people."""

import pytest

from mailbridge.cli.exits import AnswerIsNoError, UsageError
from mailbridge.cli.fingerprints import confirmed, grouped, plain

DIGEST = "0123456789abcdef" * 4


def test_groups_read_back_as_they_were() -> None:
    assert grouped(DIGEST).split()[0] == "01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF"
    assert plain(grouped(DIGEST)) == DIGEST


@pytest.mark.parametrize("typed", ["", "abc", "g" * 64, DIGEST + "00"])
def test_what_is_no_fingerprint_is_refused(typed: str) -> None:
    with pytest.raises(UsageError):
        plain(typed)


def test_a_script_names_the_whole_of_it() -> None:
    confirmed(DIGEST, grouped(DIGEST), yes=False)
    with pytest.raises(AnswerIsNoError):
        confirmed(DIGEST, DIGEST[:-1] + "0", yes=True)
