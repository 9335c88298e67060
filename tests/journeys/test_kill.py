"""The machine dies at any moment: no number twice, none lost, one row a mail, one receipt a stage.

Deaths at named points come from strace: it kills the program at the n-th call of a system call, so
that the program holds no trace of its tests. Others come at random moments.
"""

import os
import random
import signal
from pathlib import Path

import pytest

from mailbridge.model.letter import LetterKind, LetterState
from mailbridge.model.outcome import OutcomeName
from tests.journeys.office import Office
from tests.journeys.servers.mailhost import MailHost

KILLS = int(os.environ.get("KILLS", "20"))
# Where a death hurts: the blob's fsync and rename, each commit, and the talk with IMAP and SMTP.
# strace counts in each thread of its own, and the service alone makes these calls: a call that
# the examining children make, too, would be a mail that kills its examiner.
POINTS = [
    *(("fsync,fdatasync", n) for n in (1, 2, 3, 4, 5, 6, 8)),
    *(("rename,renameat,renameat2", n) for n in (1, 2, 3)),
    # Who talks TLS to a server asks poll before it reads or writes: the login, the fetches, filing.
    *(("poll", n) for n in (4, 9, 20, 40)),
]


def check(office: Office, mails: int) -> None:
    """Hold every promise of DESIGN section 3 against what is there now."""
    rows = office.rows()
    assert len(rows) == len({row.slot for row in rows}) == mails
    assert [row.outcome for row in rows] == [OutcomeName.REGISTERED] * mails, "no innocent suffers"
    assert office.numbers() == list(range(1, mails + 1)), "gapless and unique"
    receipts = [x for x in office.letters() if x.kind is LetterKind.RECEIPT]
    assert len({x.document for x in receipts}) == len(receipts) == mails
    letters = office.letters()
    assert [(x.kind, x.last_error) for x in letters if x.state is not LetterState.SENT] == []
    assert office.journal().ok


@pytest.mark.kill
@pytest.mark.parametrize(("call", "when"), POINTS[: max(KILLS - 6, 1)])
def test_a_death_at_a_system_call_loses_and_repeats_nothing(
    tmp_path: Path, mailhost: MailHost, call: str, when: int
) -> None:
    with Office(tmp_path, mailhost) as office:
        for number in ("1", "2", "3"):
            office.receive(office.sealed_mail(number))
        office.start_doomed(f"inject={call}:signal=KILL:when={when}")
        office.until(office.ended, "its death")
        assert office.join() == -signal.SIGKILL, "strace ends as the program did"
        office.poll()
        office.poll()
        check(office, 3)


@pytest.mark.kill
def test_deaths_at_random_moments_lose_and_repeat_nothing(
    tmp_path: Path, mailhost: MailHost, register: str | None
) -> None:
    chance = random.Random(KILLS)
    deaths = max(KILLS - len(POINTS), 6)
    mails = 0
    unpaced = "[sending]\nreceipts_per_minute = 0\n[notices]"
    with Office(
        tmp_path,
        mailhost,
        register=register,
        change=lambda text: text.replace("[notices]", unpaced),
    ) as office:
        for _ in range(deaths):
            for _ in range(chance.randint(1, 2)):
                mails += 1
                office.receive(office.sealed_mail(str(mails)))
            office.start_doomed()
            office.pause(chance.uniform(1.0, 4.0))
            office.kill()
        office.poll()
        office.poll()
        check(office, mails)


def test_a_trace_shows_the_commit_before_the_mailbox_is_touched(
    tmp_path: Path, mailhost: MailHost
) -> None:
    with Office(
        tmp_path, mailhost, change=lambda text: text.replace("workers = 2", "workers = 1")
    ) as office:
        office.receive(office.sealed_mail("1"))
        trace = tmp_path / "trace"
        command = ("-f", "-tt", "-y", "-s", "40", "-o", str(trace), "-e", "trace=fsync,fdatasync")
        office.poll_traced(*command, "-e", "trace=fsync,fdatasync,rename,write,sendto")
        lines = trace.read_text(errors="replace").splitlines()
        assert office.outcomes() == [OutcomeName.REGISTERED]
    blob = _first(lines, "fsync(", "/blobs/")
    folder = _first(lines[blob:], "fsync(", "/blobs>") + blob
    moved = _last(lines, "UID MOVE")
    commits = [
        n for n, line in enumerate(lines) if "register.sqlite3-wal" in line and "sync(" in line
    ]
    assert blob < folder, "the octets before their name"
    assert any(folder < n < moved for n in commits) or not moved
    assert any(blob < n for n in commits), "the octets before the row that speaks of them"


def _first(lines: list[str], *words: str) -> int:
    return next(n for n, line in enumerate(lines) if all(word in line for word in words))


def _last(lines: list[str], *words: str) -> int:
    found = [n for n, line in enumerate(lines) if all(word in line for word in words)]
    return found[-1] if found else len(lines)
