"""OpenPGP behind the walls of a child: no network, and nothing to write to but its scratch."""

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mailbridge.isolation.pool import Pool, Post
from mailbridge.model.examination import Opened, OpenRequest
from mailbridge.model.limits import Limits
from tests.simulators import pgp
from tests.simulators.pgp import HEAD, LATER, SENDER, Correspondents, Desk


@pytest.fixture
def pool(pgp_desk: Desk) -> Iterator[Pool]:
    (pgp_desk.folder / "c").mkdir()
    readable = (pgp_desk.folder / "t", pgp_desk.folder / "mail")
    post = Post("mailbridge.actions.in_opener:open_mail", readable, Limits())
    made = Pool(post, 1, pgp_desk.folder / "c")
    yield made
    made.close()


def opened(pool: Pool, folder: Path, mail: bytes) -> Opened:
    (folder / "mail").write_bytes(mail)
    with pool.lease() as child:
        request = OpenRequest(
            source=str(folder / "mail"),
            scratch=str(child.scratch),
            trust=str(folder / "t"),
            directory="",
            at=LATER,
            limits=Limits(),
        )
        return child.call(request, Opened)


def test_a_mail_that_is_signed_and_locked_is_opened_and_proven_behind_the_walls(
    people: Correspondents, sender: str, own: str, pgp_desk: Desk, pool: Pool
) -> None:
    pgp_desk.trust(people.public(sender), secret=people.secret(own))
    (pgp_desk.folder / "mail").touch()
    entity = b'Subject: Kin\r\nContent-Type: text/plain; protected-headers="v1"\r\n\r\nA\r\n'
    locked = pgp.encrypted(people.lock(entity, own, signer=sender))
    found = opened(pool, pgp_desk.folder, pgp.mail(locked, replace(HEAD, subject="...")))
    assert [text.text.strip() for text in found.texts] == ["A"]
    assert found.evidence.vouched == (SENDER,)
    assert found.mail is not None
    assert found.mail.subject == "Kin"


def test_neither_agents_nor_keys_outlive_the_mail(
    people: Correspondents, own: str, pgp_desk: Desk, pool: Pool
) -> None:
    pgp_desk.trust(secret=people.secret(own))
    (pgp_desk.folder / "mail").touch()
    opened(pool, pgp_desk.folder, pgp.mail(pgp.encrypted(people.lock(pgp.text(), own))))
    assert [path for path in (pgp_desk.folder / "c").rglob("*") if path.is_file()] == []
    running = subprocess.run(["ps", "-ww", "-eo", "args"], capture_output=True, check=True).stdout
    assert f"{pgp_desk.folder}/c".encode() not in running.replace(b"isolation.child", b"")
