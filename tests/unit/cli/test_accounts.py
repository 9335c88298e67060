"""mailbridge account, as an administrator uses it."""

from pathlib import Path

from mailbridge import clock, wiring
from mailbridge.registry import mailboxes
from mailbridge.settings.load import load
from tests.simulators.token import MODULE, PIN, Hsm
from tests.simulators.tsa import Authority
from tests.simulators.web_server import Page, WebServer
from tests.unit.cli.desk import answer, desk_of
from tests.unit.provenance.samples import keys


def test_a_suspended_key_is_listed_and_used_again(filled: Path, tmp_path: Path) -> None:
    run = desk_of(filled)
    database = wiring.database(load(tmp_path / "office" / filled.name))
    with database.transaction() as tx:
        mailboxes.suspend(tx, "key:vanthu", "PIN sai", clock.now())
    database.close()
    assert answer(run("account", "list", "--json")) == [{"account": "key:vanthu", "why": "PIN sai"}]
    assert "PIN sai" in run("account", "list").stdout
    assert run("account", "resume", "key:vanthu", "--by", "An").exit_code == 0
    again = run("account", "resume", "key:vanthu", "--by", "An")
    assert (again.exit_code, "không bị tạm ngừng" in again.output) == (1, True)


def test_receipts_that_pause_are_listed_and_let_go(filled: Path, tmp_path: Path) -> None:
    run = desk_of(filled)
    database = wiring.database(load(tmp_path / "office" / filled.name))
    with database.transaction() as tx:
        mailboxes.suspend(tx, mailboxes.RECEIPTS, "3001 thư phản hồi trong 10 phút", clock.now())
    database.close()
    assert "3001 thư phản hồi" in run("account", "list").stdout
    assert run("account", "resume", "receipts", "--by", "An").exit_code == 0
    assert answer(run("account", "list", "--json")) == []


def test_the_key_of_a_mailbox_is_tried(filled: Path, tmp_path: Path) -> None:
    run = desk_of(filled)
    tried = answer(run("account", "try-key", "vanthu", "--json"))
    assert "vanthu" in tried["subject"] or "CN=" in tried["subject"]
    assert "Hiệu lực đến" in run("account", "try-key", "vanthu").stdout
    assert run("account", "try-key", "khac").exit_code == 2
    (tmp_path / "office" / "passphrase").write_text("sai")
    assert run("account", "try-key", "vanthu").exit_code == 75


def test_a_key_in_a_token_is_tried_with_its_time_stamp(filled: Path, tmp_path: Path) -> None:
    run = desk_of(filled)
    own = keys().own_mailbox
    (tmp_path / "hsm").mkdir()
    hsm = Hsm(tmp_path / "hsm")
    hsm.token("the")
    hsm.put("the", own.key)
    config = tmp_path / "office" / filled.name
    (config.parent / "own.pem").write_bytes(own.pem() + own.chain_pem())
    (config.parent / "pin").write_text(PIN)
    page = Page(made=Authority(tmp_path / "hsm").answer)
    with WebServer({"/tsa": page}) as server:
        written = config.read_text(encoding="utf-8").replace(
            'file = "mailbox.p12"\npassphrase = { file = "passphrase" }',
            f'tsa = "{server.url("/tsa")}"\ntoken = {{ module = "{MODULE}", label = "the", '
            'pin = { file = "pin" }, certificate = "own.pem" }',
        )
        config.write_text(written, encoding="utf-8")
        stamped = answer(run("account", "try-key", "vanthu", "--json"))
    assert len(server.requests) == 1
    assert stamped["size"] > 3000
    # The authority is away now.
    assert run("account", "try-key", "vanthu").exit_code == 75
