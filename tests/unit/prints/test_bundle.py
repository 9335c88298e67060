"""A bundle is the same for the same facts, and its names harm no file system."""

import hashlib
import io
import zipfile

from mailbridge.prints.bundle import SUMS, Member, names, write
from tests.unit.prints.volumes import NOW


def _made() -> bytes:
    out = io.BytesIO()
    write(out, [Member("a.txt", [b"1", b"2"]), Member("tep/01-b.pdf", [b""])], NOW)
    return out.getvalue()


def test_every_member_is_there_with_its_digest() -> None:
    with zipfile.ZipFile(io.BytesIO(_made())) as opened:
        assert opened.namelist() == ["a.txt", "tep/01-b.pdf", SUMS]
        lines = opened.read(SUMS).decode().splitlines()
        for line in lines:
            digest, name = line.split("  ")
            assert hashlib.sha256(opened.read(name)).hexdigest() == digest
        assert opened.infolist()[0].date_time == (2026, 11, 24, 9, 0, 0)
    assert len(lines) == 2


def test_the_same_facts_make_the_same_octets() -> None:
    assert _made() == _made()


def test_names_are_safe_and_differ() -> None:
    hostile = (
        "../../etc/passwd",
        "a.pdf",
        "a.pdf",
        "x\u202efdp.exe",
        "CON",
        "",
        "w" * 300 + ".pdf",
    )
    made = list(names(hostile))
    assert len(set(made)) == len(hostile)
    assert not any(set(name) & set('/\\:*?"<>|\u202e') for name in made)
    assert max(map(len, made)) <= 103
    assert made[-1].endswith(".pdf")
    assert made[5] == "06-tep"
