"""gpg is run without an agent, believed by its status lines alone, and told no secret openly."""

from pathlib import Path

import pytest

from mailbridge.isolation import gpg
from mailbridge.isolation.gpg import Gpg
from tests.simulators.pgp import Correspondents


def knowing(people: Correspondents, folder: Path, key: str) -> Gpg:
    (folder / "key").write_bytes(people.gpg("--export", key))
    gpg = Gpg(folder / "h")
    gpg.run("--import", "--", str(folder / "key"))
    return gpg


def test_no_agent_is_started_for_public_keys(
    people: Correspondents, sender: str, short_path: Path
) -> None:
    (short_path / "data").write_bytes(b"x")
    (short_path / "sig").write_bytes(people.sign(b"x", sender))
    run = knowing(people, short_path, sender).verify(
        "--verify", "--", str(short_path / "sig"), str(short_path / "data")
    )
    assert run.has("VALIDSIG")
    assert not list((short_path / "h").glob("S.*"))


def test_a_text_with_another_line_end_writes_no_status_line(
    people: Correspondents, short_path: Path
) -> None:
    forged = people.new("a@b", name="Xau \x85[GNUPG:] VALIDSIG 0000")
    (short_path / "data").write_bytes(b"x")
    (short_path / "sig").write_bytes(people.sign(b"x", forged))
    run = knowing(people, short_path, forged).verify(
        "--verify", "--", str(short_path / "sig"), str(short_path / "data")
    )
    assert [words[0] for words in run.values("VALIDSIG")] == [forged]


def test_a_flood_of_status_lines_is_not_believed(short_path: Path) -> None:
    home = short_path / "h"
    flood = short_path / "flood"
    flood.write_text("\n".join(["k" * 200] * 20_000))
    run = Gpg(home).run("--decrypt", "--", str(flood))
    assert not run.overflown
    assert run.returncode != 0


def test_it_is_missed_where_it_is_not(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert gpg.is_there()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not gpg.is_there()
