"""Octets cross into the children and come back as an examination; nothing is written."""

from mailbridge.actions.examine import Matter, examine
from mailbridge.actions.house import House
from mailbridge.model.evidence import Verdict
from mailbridge.model.message import Kind
from mailbridge.model.reading import FieldName
from mailbridge.registry import ledger
from tests.unit.provenance.samples import NOW, directory, mail_with, sealed


def test_a_mail_is_opened_proven_and_read(house: House) -> None:
    with house.blobs.writer() as blob:
        blob.write(mail_with(sealed()))
        fingerprint = blob.commit()
    matter = Matter(house.blobs.path(fingerprint), house.trust, NOW, directory())
    with examine(house.rooms, matter) as examined:
        opened, reading = examined.examination.opened, examined.examination.reading
        stored = [examined.folder / file.stored for file in opened.files]
        assert all(path.exists() for path in stored)
    assert opened.evidence.verdict is Verdict.LEGAL
    assert opened.mail is not None
    assert opened.mail.kind is Kind.DOCUMENT
    assert reading.value(FieldName.SYMBOL) == "123-CV/VPTU"
    assert not any(path.exists() for path in stored), "scratch is emptied"
    with house.database.reading() as tx:
        assert ledger.rows(tx) == ()
