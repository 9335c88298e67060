"""Nobody but the officer sees or touches what is impounded."""

from tests.unit.cli.conftest import Run


def test_who_proves_nothing_is_told_so(run: Run) -> None:
    for command in (("list",), ("erase", "1"), ("export", "1", "--to", "x.p7m")):
        done = run("impounded", *command)
        assert done.exit_code == 1
        assert "Chỉ cán bộ cơ yếu" in done.output


def test_a_passphrase_file_that_is_none_is_a_wrong_use(run: Run) -> None:
    done = run("impounded", "list", "--key", "/nowhere", "--passphrase-file", "/nowhere")
    assert done.exit_code == 2
