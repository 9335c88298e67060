"""mailbridge exchange list, show and strays tell where everything stands."""

import json
from dataclasses import replace
from pathlib import Path

from typer.testing import CliRunner, Result

from mailbridge import wiring
from mailbridge.cli.app import app
from mailbridge.cli.exchanges import FACTS, STATES, STRAYS, WEIGHTS, stands
from mailbridge.demo.agencies import OWN
from mailbridge.model.exchange import ExchangeState, FactKind, Weight
from mailbridge.model.letter import Party
from mailbridge.model.sending import Exchange, Stray, StrayKind
from mailbridge.registry import strays
from mailbridge.settings.load import load
from tests.unit.actions.drafts import NEIGHBOUR, NOW

ONE = Exchange(1, OWN.code, 1, Party("A", "Ban A", "a@x"), NOW)


def _run(office: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["exchange", *arguments, "--config", str(office)])


def test_every_word_of_the_model_has_words() -> None:
    assert set(STATES) == set(ExchangeState)
    assert set(FACTS) == set(FactKind)
    assert set(WEIGHTS) == set(Weight)
    assert set(STRAYS) == set(StrayKind)


def test_what_is_odd_about_an_exchange_is_said() -> None:
    weak = replace(ONE, state=ExchangeState.REGISTERED, is_weak=True)
    assert stands(weak) == "Đã tiếp nhận (phản hồi chưa được ký số)"
    back = replace(ONE, state=ExchangeState.REFUSED, is_return=True, reason="gửi nhầm")
    assert stands(back) == "Trả lại: gửi nhầm"
    wrong = replace(back, reason="wrong-addressee")
    assert stands(wrong) == "Trả lại: không đúng địa chỉ nhận"
    assert "quá hạn, mâu thuẫn" in stands(replace(ONE, is_late=True, is_disputed=True))


def test_an_exchange_is_listed_and_shown(office: Path) -> None:
    listed = _run(office, "list", "--open").output
    assert "Chờ gửi" in listed
    (one,) = json.loads(_run(office, "list", "--document", "1-CV/ĐU", "--json").stdout)
    assert (one["state"], one["to"]["agency"]) == ("owed", NEIGHBOUR.code)
    assert NEIGHBOUR.name in _run(office, "show", str(one["id"])).output
    assert json.loads(_run(office, "show", "1", "--json").stdout)["facts"] == []
    assert "(không có)" in _run(office, "list", "--late", "--disputed").output
    assert _run(office, "list", "--document", "1-CV/ĐU", "--late").exit_code == 2
    assert _run(office, "show", "77").exit_code == 1


def test_a_stray_is_listed_and_closed(office: Path) -> None:
    database = wiring.database(load(office))
    with database.transaction() as tx:
        strays.add(tx, Stray(0, OWN.code, 1, StrayKind.FORGED, "chữ ký lạ", NOW))
    database.close()
    assert "chữ ký lạ" in _run(office, "strays").output
    (stray,) = json.loads(_run(office, "strays", "--json").stdout)
    number = str(stray["id"])
    assert _run(office, "strays", "--close", number).exit_code == 2
    assert _run(office, "strays", "--close", number, "--why", "đã hỏi").exit_code == 0
    assert _run(office, "strays", "--close", number, "--why", "đã hỏi").exit_code == 1
