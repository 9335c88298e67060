"""Mails that a clerk's program submits."""

from mailbridge.actions.house import House
from mailbridge.demo import mails
from mailbridge.demo.agencies import OWN
from mailbridge.demo.mails import Head
from mailbridge.model.sending import Submission
from mailbridge.registry import submissions
from tests.unit.provenance.samples import NOW

CLERK = "an@hungyen.gov.vn"


def handed_in(
    house: House, octets: bytes, *to: str, words: str = "", subject: str = "Công văn"
) -> Submission:
    """Hand a mail in as the gateway does."""
    head = Head(CLERK, to[0], subject, NOW, "clerk-1@hungyen.gov.vn")
    mail = mails.mail(head, mails.with_file(words, octets, "vb.pdf"))
    with house.blobs.writer() as blob:
        blob.write(mail)
        fingerprint = blob.commit()
    with house.database.transaction() as tx:
        number = submissions.add(tx, Submission(0, OWN.code, "An", CLERK, fingerprint, to, NOW))
        found = submissions.get(tx, number)
    assert found is not None
    return found
