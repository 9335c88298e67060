"""Certificates are listed, confirmed by their fingerprint, ended and taken away."""

from collections.abc import Callable
from typing import Any

import pytest

from mailbridge.cli.fingerprints import grouped
from tests.unit.cli.conftest import Run
from tests.unit.provenance.samples import keys


def test_the_directorys_certificates_are_listed(ask: Callable[..., Any], run: Run) -> None:
    prints = {one["fingerprint"]: one["role"] for one in ask("cert", "list")}
    assert prints[keys().seal.fingerprint] == "seal"
    shown = "".join(run("cert", "list").stdout.split())
    assert "".join(grouped(keys().seal.fingerprint).split()) in shown
    assert "(không có)" in run("cert", "list", "--proposed").stdout


def test_a_certificate_is_confirmed_ended_and_removed(ask: Callable[..., Any], run: Run) -> None:
    digest = keys().neighbour_seal.fingerprint
    typed = ":".join(digest[at : at + 2].upper() for at in range(0, 64, 2))
    to = ("--agency", "demo.01.01", "--role", "seal", "--since", "2026-01-01", "--by", "A")
    assert run("cert", "confirm", typed, *to).exit_code == 0
    (found,) = [one for one in ask("cert", "list") if one["fingerprint"] == digest]
    assert (found["since"], found["until"]) == ("2026-01-01", None)
    assert run("cert", "revoke", digest, "--until", "2026-06-01").exit_code == 0
    (found,) = [one for one in ask("cert", "list") if one["fingerprint"] == digest]
    assert found["until"] == "2026-06-01"
    assert run("cert", "remove", digest).exit_code == 0
    assert digest not in {one["fingerprint"] for one in ask("cert", "list")}
    assert run("cert", "remove", digest).exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("confirm", "abc", "--agency", "DEMO.01.01", "--role", "seal"), 2),
        (("confirm", "a" * 64, "--agency", "NOBODY", "--role", "seal"), 1),
        (("confirm", "a" * 64, "--agency", "DEMO.01.01", "--role", "seal", "--since", "x"), 2),
        (("revoke", "a" * 64, "--until", "2026-01-01"), 1),
    ],
)
def test_what_cannot_be_done_says_so(run: Run, arguments: tuple[str, ...], code: int) -> None:
    assert run("cert", *arguments).exit_code == code


def test_a_certificate_does_not_change_its_owner(run: Run) -> None:
    digest = keys().neighbour_mailbox.fingerprint
    done = run("cert", "confirm", digest, "--agency", "DEMO.01.01", "--role", "seal")
    assert done.exit_code == 1
