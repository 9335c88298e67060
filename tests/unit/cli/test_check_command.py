"""`mailbridge check` keeps its public contract."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pydantic import TypeAdapter

from mailbridge.demo import seals
from mailbridge.demo.server import MailServer
from mailbridge.demo.stage import set_up
from mailbridge.model.answer import Answer
from tests.unit.provenance.dkim_samples import DOMAIN, KEY_NAME, record, signed, unsigned
from tests.unit.provenance.samples import keys, mail_with, sealed, signed_mail

ROOT = Path(__file__).resolve().parents[3]
SCHEMA = ROOT / "docs" / "check.schema.json"


def check(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mailbridge", "check", *arguments],
        cwd=ROOT,
        input=given,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture(scope="module")
def trust(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("trust")
    keys().write_trust(folder)
    return folder


def answer(octets: bytes, folder: Path, trust: Path, *more: str) -> tuple[int, dict[str, Any]]:
    (folder / "mail.eml").write_bytes(octets)
    at = "2026-11-24T09:00:00Z"
    done = check(str(folder / "mail.eml"), "--trust", str(trust), "--at", at, "--json", *more)
    assert done.stdout, done.stderr
    made = json.loads(done.stdout)
    jsonschema.validate(made, json.loads(SCHEMA.read_text(encoding="utf-8")))
    return done.returncode, made


def test_a_good_mail_is_vouched_for(tmp_path: Path, trust: Path) -> None:
    status, made = answer(signed_mail(keys().mailbox), tmp_path, trust)
    assert (status, made["verdict"]) == (0, "reference")
    assert made["vouched"] == made["mail"]["from"]
    assert made["contract"] == 1
    assert made["reading"]["fields"]["symbol"]["value"] == "123-CV/VPTU"


def test_with_a_trust_folder_nothing_is_asked_of_the_network(tmp_path: Path, trust: Path) -> None:
    status, made = answer(signed(), tmp_path, trust)
    assert status == 1
    assert [seal["why"] for seal in made["seals"]] == [["dkim-unchecked"]]
    (tmp_path / "trust").mkdir()
    texts = {KEY_NAME: [record()]}
    (tmp_path / "trust" / "dns.json").write_text(json.dumps(texts), encoding="utf-8")
    status, made = answer(signed(), tmp_path, tmp_path / "trust")
    assert (status, made["verdict"], made["vouched"]) == (0, "reference", [])


def test_what_the_network_does_not_answer_is_logged_beside_the_answer(tmp_path: Path) -> None:
    config = set_up(tmp_path, keys(), MailServer((), "x"))
    written = config.read_text(encoding="utf-8")
    config.write_text(written.replace("dns = false", "dns = true"), encoding="utf-8")
    # With its selector the name is longer than DNS can ask for.
    domain = ".".join(["a" * 60] * 4)
    octets = unsigned().replace(DOMAIN.encode(), domain.encode())
    (tmp_path / "mail.eml").write_bytes(signed(octets, d=domain))
    done = check(str(tmp_path / "mail.eml"), "--config", str(config), "--json")
    assert json.loads(done.stdout)["seals"][0]["why"] == ["dkim-unchecked"]
    assert "not answered" in done.stderr


def test_a_tampered_mail_is_not(tmp_path: Path, trust: Path) -> None:
    status, made = answer(mail_with(seals.overlay_pdf(sealed())), tmp_path, trust)
    assert (status, made["verdict"], made["vouched"]) == (1, "failed", [])


def test_a_bare_pdf_is_examined(tmp_path: Path, trust: Path) -> None:
    _, made = answer(sealed(), tmp_path, trust)
    assert (made["form"], made["mail"]) == ("pdf", None)
    assert made["seals"][0]["integrity"] == "intact"


def test_people_get_a_table(tmp_path: Path, trust: Path) -> None:
    (tmp_path / "mail.eml").write_bytes(mail_with(sealed()))
    done = check(str(tmp_path / "mail.eml"), "--trust", str(trust))
    assert "Kết quả kiểm tra" in done.stdout


def test_a_batch_is_answered_line_by_line_in_order(tmp_path: Path, trust: Path) -> None:
    (tmp_path / "a").write_bytes(signed_mail(keys().mailbox))
    (tmp_path / "b").write_bytes(b"\x00")
    asked = [
        {"id": n, "file": str(tmp_path / name), "trust": str(trust), "at": "2026-11-24T09:00:00Z"}
        for n, name in enumerate("aba")
    ]
    done = check("--batch", "-", given="\n".join(map(json.dumps, asked)))
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, done.stderr
    assert [one["id"] for one in answers] == [0, 1, 2]
    assert answers[0]["verdict"] == answers[2]["verdict"] == "reference"


@pytest.mark.parametrize("arguments", [(), ("none.eml",), ("a", "--batch", "-")])
def test_what_names_nothing_is_usage(arguments: tuple[str, ...], trust: Path) -> None:
    assert check(*arguments, "--trust", str(trust)).returncode == 2


def test_the_published_schema_is_that_of_the_code() -> None:
    made = TypeAdapter(Answer).json_schema(mode="serialization", by_alias=True)
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == made


def test_check_starts_without_web_or_sql(tmp_path: Path) -> None:
    probe = (
        "import sys; from typer.testing import CliRunner; from mailbridge.cli.app import app;"
        "CliRunner().invoke(app, ['check', '/dev/null', '--trust', sys.argv[1]]);"
        "print(sorted({'sqlalchemy', 'sqlmodel', 'alembic', 'fastapi', 'imapclient', 'smtplib',"
        " 'apscheduler', 'pyhanko'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]", done.stdout
