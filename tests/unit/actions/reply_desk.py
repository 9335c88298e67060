"""A house to which people of ours answer by mail, and the mails that they write."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from mailbridge.actions.digest import digest
from mailbridge.actions.examine import Permissions
from mailbridge.actions.house import House
from mailbridge.actions.receive import begin, receive
from mailbridge.demo import mails, seals
from mailbridge.demo.agencies import OWN
from mailbridge.demo.mails import Head
from mailbridge.demo.papers import Paper, pdf
from mailbridge.letters.subjects import subject
from mailbridge.model.document import Document, DocumentState
from mailbridge.model.letter import (
    AlertFacts,
    AnswerFacts,
    DigestFacts,
    Letter,
    LetterKind,
    NoticeFacts,
    ReceiptFacts,
)
from mailbridge.model.outcome import Outcome
from mailbridge.model.slot import Arrival, Slot
from mailbridge.network.asking import Asking
from mailbridge.registry import claiming, documents, mailboxes, outbox
from mailbridge.rules.digests import Reader
from mailbridge.rules.routing import Route
from tests.simulators.network import ResolverSimulator
from tests.unit.provenance.dkim_samples import KEY_NAME, record, signed
from tests.unit.provenance.samples import HEAD, NOW, keys, mail_with, sealed

HANDLER = "phong-a@hungyen.gov.vn"
OTHER = "phong-b@hungyen.gov.vn"
# The next working day, 10:00 in Vietnam: its morning edition is due.
MORNING = NOW.replace(hour=3, minute=0) + timedelta(days=1)
LATER = NOW + timedelta(minutes=5)
DKIM = "from:to:subject:date:message-id:mime-version:content-type:content-transfer-encoding"


@dataclass
class Desk:
    """A registered document, the notice of its handler, and the replies that come."""

    house: House
    clerk: str
    uids: list[int] = field(default_factory=list)

    def lead(self, octets: bytes, when: datetime = LATER) -> Outcome | None:
        with self.house.blobs.writer() as blob:
            blob.write(octets)
            fingerprint = blob.commit()
        self.uids.append(1)
        slot = Slot("vanthu", 1, len(self.uids))
        (mail,) = begin(self.house, [(Arrival(slot, 1, when), fingerprint)], when)
        return receive(self.house, mail, when)

    def letters(self, kind: LetterKind) -> list[Letter]:
        with self.house.database.reading() as tx:
            return [x for x in reversed(outbox.letters(tx)) if x.kind is kind]

    def notice(self, to: str = HANDLER) -> Letter:
        return next(x for x in self.letters(LetterKind.NOTICE) if x.to == to)

    def told(self) -> list[AnswerFacts]:
        return [
            x.facts for x in self.letters(LetterKind.ANSWER) if isinstance(x.facts, AnswerFacts)
        ]

    def alerts(self) -> list[str]:
        facts = [x.facts for x in self.letters(LetterKind.ALERT)]
        return [one.title for one in facts if isinstance(one, AlertFacts)]

    def receipts(self) -> list[str]:
        facts = [x.facts for x in self.letters(LetterKind.RECEIPT)]
        return [one.stage.value for one in facts if isinstance(one, ReceiptFacts)]

    @property
    def document(self) -> Document:
        return self.of(1)

    def of(self, number: int) -> Document:
        with self.house.database.reading() as tx:
            found = documents.get(tx, number)
        assert found is not None
        return found

    def more(self, symbol: str) -> None:
        """Let one more document come."""
        made = pdf(Paper(symbol, "CV/VPTU", date(2026, 11, 20), f"về việc {symbol}"))
        octets = seals.seal_pdf(made, keys().seal, NOW, certificates="chain")
        self.lead(mail_with(octets, replace(HEAD, message_id=f"{symbol}@x.vn")), NOW)

    def together(self, to: str = HANDLER) -> tuple[Letter, ...]:
        """Let all notices to a person leave in one mail."""
        while True:
            with self.house.database.transaction() as tx:
                found = claiming.take(tx, NOW + timedelta(hours=1), ("vanthu",)).letters
                outbox.sent(tx, [one.id for one in found], NOW)
            if (found[0].kind, found[0].to) == (LetterKind.NOTICE, to):
                return found

    def digest(self, to: str = HANDLER) -> Letter:
        """Let the digests of the next morning leave."""
        with self.house.database.transaction() as tx:
            mailboxes.start_at(tx, "vanthu", 1, 1, NOW - timedelta(days=30))
        digest(self.house, {}, MORNING)
        found = self.letters(LetterKind.DIGEST)
        with self.house.database.transaction() as tx:
            outbox.sent(tx, [one.id for one in found], MORNING)
        return next(one for one in found if one.to == to)

    def written(self, words: str, **given: object) -> bytes:
        """Write a reply: `letter`, `by`, `about`, `extra`, `entity`, `serial`, `to`."""
        letter = given.get("letter") or self.notice()
        assert isinstance(letter, Letter)
        at = given.get("at")
        head = Head(
            str(given.get("by") or HANDLER),
            str(given.get("to") or OWN.mailbox),
            str(given.get("about") or f"Re: {subject((letter,))}"),
            at if isinstance(at, datetime) else LATER,
            f"{given.get('serial', len(self.uids))}@may.vn",
            extra=f"In-Reply-To: <{given.get('token') or letter.id}@hungyen.gov.vn>\r\n"
            + str(given.get("extra") or ""),
        )
        entity = given.get("entity")
        return mails.mail(head, entity if isinstance(entity, bytes) else mails.text(words))

    def say(self, words: str, when: datetime = LATER, **given: object) -> Outcome | None:
        """Let a reply come that the server of its domain signed."""
        return self.lead(signed(self.written(words, **given), h=DKIM), when)


def codes(*letters: Letter) -> list[str]:
    """List the codes that letters show, in the order of their documents."""
    found: dict[int, str] = {}
    for letter in letters:
        if isinstance(letter.facts, NoticeFacts):
            found[letter.facts.document] = letter.facts.code
        if isinstance(letter.facts, DigestFacts):
            found |= {one.document: one.code for one in letter.facts.offers}
    return [found[number] for number in sorted(found)]


def made(house: House) -> Desk:
    """Register one document and pass it on to its handler, who reads digests, too."""
    (chancery,) = house.chanceries
    telling = replace(chancery.telling, routes=(Route(HANDLER),))
    readers = (*chancery.digests.readers, Reader(HANDLER))
    asking = Permissions(Asking(ResolverSimulator({KEY_NAME: (record(),)}), None))
    office = replace(chancery, telling=telling, digests=replace(chancery.digests, readers=readers))
    desk = Desk(replace(house, chanceries=(office,), permissions=asking), telling.clerk)
    desk.lead(mail_with(sealed()), NOW)
    assert desk.document.state is DocumentState.REGISTERED
    return desk
