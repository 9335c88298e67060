"""A signed mail comes in, gets its number, and its sender a signed receipt; real servers."""

from pathlib import Path

import pytest

from mailbridge.model.outcome import OutcomeName
from tests.journeys.office import Office
from tests.journeys.servers.mailhost import MailHost


def test_a_sealed_document_is_registered_and_answered(tmp_path: Path, mailhost: MailHost) -> None:
    with Office(tmp_path, mailhost) as office:
        office.start()
        office.receive(office.sealed_mail("101"))
        (row,) = office.settled(1)
        assert row.outcome is OutcomeName.REGISTERED, row
        assert office.numbers() == [1]
