"""What the tables of trust refuse, whatever program writes."""

import sqlite3
from pathlib import Path

import pytest

_ENROLMENT = """INSERT INTO enrolment
    (fingerprint, agency, role, holder, confirmed_at, confirmed_by)
    VALUES ('a', 'DEMO', '{role}', '', '2026-11-24 00:00:00', 'A')"""


def test_a_role_that_nobody_knows_is_refused(place: Path) -> None:
    with sqlite3.connect(place) as direct:
        direct.execute(_ENROLMENT.format(role="seal"))
        with pytest.raises(sqlite3.IntegrityError):
            direct.execute(_ENROLMENT.format(role="king").replace("'a'", "'b'"))
        with pytest.raises(sqlite3.IntegrityError):
            direct.execute(_ENROLMENT.format(role="person"))
    direct.close()
