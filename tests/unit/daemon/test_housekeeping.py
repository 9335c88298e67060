"""What must not stay goes; what is spoken of stays."""

import os
from datetime import UTC, datetime

from mailbridge.actions.house import House
from mailbridge.daemon.housekeeping import keep_house
from mailbridge.model.document import Document, DocumentKey, DocumentState
from mailbridge.model.evidence import Verdict
from mailbridge.model.outcome import Impounded
from mailbridge.model.reading import Field, FieldName, Reading, Urgency
from mailbridge.model.search import Question
from mailbridge.model.sending import Submission
from mailbridge.model.slot import Arrival, Fingerprint, Slot
from mailbridge.registry import documents, ledger, submissions
from mailbridge.registry.search import find

NOW = datetime.now(UTC)


def stored(house: House, octets: bytes) -> Fingerprint:
    with house.blobs.writer() as blob:
        blob.write(octets)
        fingerprint = blob.commit()
    two_days_ago = NOW.timestamp() - 2 * 86400
    os.utime(house.blobs.path(fingerprint), (two_days_ago, two_days_ago))
    return fingerprint


def test_impounded_octets_and_orphans_go_and_others_stay(house: House) -> None:
    kept, secret, orphan = (stored(house, one) for one in (b"a", b"b", b"c"))
    with house.database.transaction() as tx:
        ledger.begin(tx, Arrival(Slot("vanthu", 1, 1), 1, NOW), kept, NOW)
        row = ledger.begin(tx, Arrival(Slot("vanthu", 1, 2), 1, NOW), secret, NOW).ledger
        ledger.settle(tx, row, Impounded("MẬT"), NOW, kind=None, mail=None)
        handed = stored(house, b"d")
        office = house.chanceries[0].code
        submissions.add(tx, Submission(0, office, "Lan", "lan@hungyen.gov.vn", handed, (), NOW))
    keep_house(house, NOW)
    assert house.blobs.path(kept).exists()
    assert house.blobs.path(handed).exists()
    assert not house.blobs.path(secret).exists()
    assert not house.blobs.path(orphan).exists()


def test_what_nobody_indexed_is_found_after_the_night(house: House) -> None:
    (office,) = (chancery.code for chancery in house.chanceries)
    reading = Reading({FieldName.SUMMARY: Field("lụt bão", "clerk", 1.0)})
    key = DocumentKey("", None, None)
    state, verdict, urgency = DocumentState.HELD, Verdict.REFERENCE, Urgency.NORMAL
    one = Document(0, 0, "vanthu", key, "", "", verdict, state, urgency, reading, (), NOW, office)
    with house.database.transaction() as tx:
        added = documents.add(tx, one)
    keep_house(house, NOW)
    with house.database.reading() as tx:
        hits = find(tx, Question(office, "lut bao")).hits
    assert [hit.document.id for hit in hits] == [added]
