"""A cure is told in the words of the way by which the document came."""

import pytest

from mailbridge.model.sending import Hindrance, NotSent, Weigh
from mailbridge.rules.cures import Way, cured

CODES = (
    "date-missing", "summary-missing", "symbol-missing", "number-differs", "no-ground",
    "sent-otherwise",
)  # fmt: skip


def _words(code: str, way: Way) -> str:
    (one,) = cured(NotSent((Hindrance(code, Weigh.BLOCK, "Sai."),)), way).hindrances
    return one.words


@pytest.mark.parametrize("code", CODES)
def test_no_option_of_a_command_is_told_to_who_wrote_a_mail(code: str) -> None:
    assert "--" in _words(code, Way.COMMAND)
    for way in (Way.MAIL, Way.FOLDER):
        assert _words(code, way) != "Sai."
        assert "--" not in _words(code, way)
    assert "gui.toml" not in _words(code, Way.MAIL)


def test_a_hindrance_without_a_cure_of_its_way_keeps_its_words() -> None:
    assert _words("unsigned", Way.MAIL) == "Sai."
