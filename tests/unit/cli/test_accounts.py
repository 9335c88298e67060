"""mailbridge account, as an administrator uses it."""

from pathlib import Path

from mailbridge import clock, wiring
from mailbridge.registry import mailboxes
from mailbridge.settings.load import load
from tests.unit.cli.desk import answer, desk_of


def test_a_suspended_key_is_listed_and_used_again(filled: Path, tmp_path: Path) -> None:
    run = desk_of(filled, tmp_path)
    database = wiring.database(load(tmp_path / "office" / filled.name))
    with database.transaction() as tx:
        mailboxes.suspend(tx, "key:vanthu", "PIN sai", clock.now())
    database.close()
    assert answer(run("account", "list", "--json")) == [{"account": "key:vanthu", "why": "PIN sai"}]
    assert "PIN sai" in run("account", "list").stdout
    assert run("account", "resume", "key:vanthu", "--by", "An").exit_code == 0
    again = run("account", "resume", "key:vanthu", "--by", "An")
    assert (again.exit_code, "không bị tạm ngừng" in again.output) == (1, True)
