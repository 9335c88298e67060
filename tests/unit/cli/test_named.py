"""What a person names is one thing, or a clear sentence."""

from typing import Any

import pytest

from mailbridge.cli.context import own_office
from mailbridge.cli.exits import UsageError
from mailbridge.settings.schema import Office, Settings
from tests.unit.cli.conftest import Run

OFFICES = tuple(Office(agency=code, clerk="a@hungyen.gov.vn") for code in ("DEMO.A", "DEMO.B"))


def _settings(count: int) -> Settings:
    made: dict[str, Any] = {"office": OFFICES[:count]}
    return Settings.model_construct(None, **made)


def test_an_office_need_not_be_named_where_there_is_one() -> None:
    assert own_office(_settings(1), None) == "DEMO.A"
    assert own_office(_settings(2), "demo.b") == "DEMO.B"


@pytest.mark.parametrize("name", [None, "DEMO.C"])
def test_of_several_one_must_be_named(name: str | None) -> None:
    with pytest.raises(UsageError, match=r"DEMO\.A, DEMO\.B"):
        own_office(_settings(2), name)


def test_a_held_document_is_named_by_its_mail(run: Run) -> None:
    assert "Văn bản chờ xem xét" in run("register", "show", "mail:2").stdout
    assert run("register", "show", "mail:99").exit_code == 1
    assert run("register", "show", "mail:x").exit_code == 1
