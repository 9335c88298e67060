"""An administrator compares fingerprints, and each refusal is one sentence."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from mailbridge.cli.app import app
from mailbridge.cli.words import FAULTS, TRUSTED
from mailbridge.demo import pki
from mailbridge.demo.server import MailServer
from mailbridge.demo.stage import set_up
from mailbridge.model.trust_file import TrustFault, TrustKind
from tests.simulators.pgp import Correspondents
from tests.unit.provenance.samples import NOW, keys


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return set_up(tmp_path / "office", keys(), MailServer((), "x"))


def run(office: Path, *arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(app, [*arguments, "--config", str(office)], input=typed or None)


def _file(folder: Path, octets: bytes) -> str:
    path = folder / "tệp.bin"
    path.write_bytes(octets)
    return str(path)


@pytest.mark.parametrize(("ends", "code"), [(True, 0), (False, 1)])
def test_the_ends_of_the_fingerprint_are_typed(
    office: Path, tmp_path: Path, ends: bool, code: int
) -> None:
    digest = keys().rogue_root.fingerprint
    typed = digest[:4] + digest[-4:] if ends else "00000000"
    done = run(office, "trust", "add", _file(tmp_path, keys().rogue_root.pem()), typed=typed + "\n")
    assert done.exit_code == code, done.output
    there = {
        one["fingerprint"] for one in json.loads(run(office, "trust", "list", "--json").stdout)
    }
    assert (digest in there) is ends


def test_a_script_names_the_fingerprint_and_removes_by_it(office: Path, tmp_path: Path) -> None:
    digest, file = keys().rogue_root.fingerprint, _file(tmp_path, keys().rogue_root.der())
    assert run(office, "trust", "add", file, "--fingerprint", "0" * 64).exit_code == 1
    assert run(office, "trust", "add", file, "--fingerprint", digest).exit_code == 0
    assert run(office, "trust", "remove", digest).exit_code == 0
    assert run(office, "trust", "remove", digest).exit_code == 1
    assert run(office, "trust", "remove", "abc").exit_code == 2
    assert "Chứng thư số gốc" in run(office, "trust", "list").stdout


def test_a_refused_file_is_one_sentence(office: Path, tmp_path: Path) -> None:
    done = run(office, "trust", "add", _file(tmp_path, keys().seal.der()), "--yes")
    assert done.exit_code == 1
    assert FAULTS[TrustFault.NOT_AN_AUTHORITY] in done.stderr
    assert run(office, "trust", "add", str(tmp_path / "none"), "--yes").exit_code == 2
    file = _file(tmp_path, keys().rogue_sub.der())
    assert run(office, "trust", "add", file, "--kind", "king", "--yes").exit_code == 2


def test_a_newer_list_is_imported_and_an_older_is_not(office: Path, tmp_path: Path) -> None:
    newer = pki.crl(keys().sub, NOW, NOW + timedelta(days=3650))
    assert run(office, "crl", "import", _file(tmp_path, newer)).exit_code == 0
    done = run(office, "crl", "import", _file(tmp_path, keys().stale_crls()[1]))
    assert done.exit_code == 1
    assert FAULTS[TrustFault.OLDER] in done.stderr


def test_a_key_is_imported_by_its_own_fingerprint(
    office: Path, tmp_path: Path, people: Correspondents, sender: str
) -> None:
    file = _file(tmp_path, people.public(sender))
    assert run(office, "pgp", "import", file, "--fingerprint", "A" * 40).exit_code == 1
    assert run(office, "pgp", "import", file, "--fingerprint", sender).exit_code == 0
    file_ = office.parent / "trust" / "pgp" / f"{sender.lower()}.pgp"
    assert file_.is_file()
    assert "vpub@hungyen.gov.vn" in run(office, "trust", "list").stdout
    assert run(office, "trust", "remove", sender).exit_code == 0
    assert not file_.exists()


def test_every_kind_and_fault_has_words() -> None:
    assert set(FAULTS) == set(TrustFault)
    assert set(TRUSTED) == set(TrustKind)
