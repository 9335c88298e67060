"""The files of a submitted mail are its document, and its first lines its wishes."""

import io
import zipfile
from datetime import date

from mailbridge.actions.house import House
from mailbridge.actions.read_submission import read_submission
from tests.unit.actions.drafts import NEIGHBOUR, NOW, printed, signed
from tests.unit.actions.handed_in import handed_in


def test_a_mail_becomes_a_draft(house: House) -> None:
    octets = signed(printed())
    words = "Hạn: 30/11/2026\n\nKính gửi"
    read = read_submission(house, handed_in(house, octets, NEIGHBOUR.mailbox, words=words), NOW)
    (file,) = read.draft.files
    assert house.blobs.path(file.sha256).read_bytes() == octets
    assert (read.draft.to, read.draft.due) == ((NEIGHBOUR.mailbox,), date(2026, 11, 30))
    assert (read.draft.subject, read.message_id) == ("Công văn", "<clerk-1@hungyen.gov.vn>")


def test_what_lies_in_an_archive_is_no_file_of_its_own(house: House) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.pdf", printed())
        archive.writestr("b.pdf", printed("2"))
    read = read_submission(house, handed_in(house, packed.getvalue(), NEIGHBOUR.mailbox), NOW)
    assert len(read.draft.files) == 1
