"""Invented mails in the mixture of an office's year, each with what must become of it."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count

from mailbridge.demo import mails, seals
from mailbridge.demo.agencies import OWN, SENDER
from mailbridge.demo.hierarchy import Hierarchy
from mailbridge.demo.mails import Head
from mailbridge.demo.papers import Paper, pdf

KIB = 1024
MIB = 1024 * KIB

_COVER = "Kính gửi Đảng ủy phường Ví Dụ văn bản kèm theo thư này."
_FORGED = "Kính gửi Đảng ủy phường Ví Dụ văn bản kèm theo thư kia."
_SUMMARY = "triển khai gửi, nhận văn bản điện tử qua hộp thư công vụ, đợt {}"
# Of 100 mails: signed by S/MIME, sealed by PAdES, both, neither, or changed on the way.
_KINDS = {
    "clear": 48,
    "opaque": 10,
    "sealed": 18,
    "both": 6,
    "unsigned": 12,
    "changed_mail": 4,
    "changed_file": 2,
}
_ENDS = {
    "clear": ("registered", "reference"),
    "opaque": ("registered", "reference"),
    "sealed": ("registered", "legal"),
    "both": ("registered", "legal"),
    "unsigned": ("held", "undetermined"),
    "changed_mail": ("held", "failed"),
    "changed_file": ("held", "failed"),
}
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Sample:
    """One mail and its label; `verdict` is that of its document."""

    kind: str
    number: str
    message_id: str
    octets: bytes

    @property
    def label(self) -> tuple[str, str]:
        """The outcome and the verdict that it must get."""
        return _ENDS[self.kind]


def mixed(keys: Hierarchy, amount: int) -> Iterator[Sample]:
    """Write the mixed corpus: 50 KB to 25 MB; its order and sizes are the same each time."""
    dice = random.Random(20261124)
    kinds = [kind for kind, share in _KINDS.items() for _ in range(share)]
    for index in range(amount):
        if index % len(kinds) == 0:
            dice.shuffle(kinds)
        yield sample(keys, kinds[index % len(kinds)], _size(dice, index, amount))


def small(keys: Hierarchy, amount: int, kind: str = "clear") -> Iterator[Sample]:
    """Write small mails of one kind."""
    return (sample(keys, kind, 50 * KIB) for _ in range(amount))


def sample(keys: Hierarchy, kind: str, size: int) -> Sample:
    """Write one mail of about `size` octets; its document has a number that no other has."""
    number = str(next(_numbers))
    head = Head(
        sender=SENDER.mailbox,
        to=OWN.mailbox,
        subject=f"Văn bản số {number}-CV/{SENDER.symbol}",
        when=keys.now,
        message_id=f"bench.{number}.{keys.now:%Y%m%d%H%M%S}@hungyen.gov.vn",
        name=SENDER.name,
    )
    return Sample(
        kind, number, head.message_id, mails.mail(head, _entity(keys, kind, number, size))
    )


def _size(dice: random.Random, index: int, amount: int) -> int:
    """Draw a size: two thirds are small, a third is scanned, one in fifty is a brochure."""
    if index == amount // 2 and amount >= 100:
        return 25 * MIB
    part = dice.random()
    if part < 0.652:
        return dice.randrange(50 * KIB, 100 * KIB)
    if part < 0.986:
        return int(100 * KIB * 12 ** dice.random())
    return int(2 * MIB * 8 ** dice.random())


def _entity(keys: Hierarchy, kind: str, number: str, size: int) -> bytes:
    document = _document(keys, kind, number, size)
    entity = mails.with_file(_COVER, document, f"{number}-CV-{SENDER.symbol}.pdf")
    if kind in {"clear", "both", "changed_mail"}:
        signed = seals.sign_mail(entity, keys.mailbox, keys.now)
        if kind == "changed_mail":
            return signed.replace(mails.text(_COVER), mails.text(_FORGED))
        return signed
    return (
        seals.sign_mail(entity, keys.mailbox, keys.now, opaque=True) if kind == "opaque" else entity
    )


def _document(keys: Hierarchy, kind: str, number: str, size: int) -> bytes:
    # Base64 makes 78 octets of 57, and an opaque signature does it twice; a seal takes 18 KiB.
    inflation = (78 / 57) ** (2 if kind == "opaque" else 1)
    is_sealed = kind in {"sealed", "both", "changed_file"}
    room = int(size / inflation) - (18 * KIB if is_sealed else 0) - 2 * KIB
    plain = pdf(_paper(number), room)
    if not is_sealed:
        return plain
    sealed = seals.seal_pdf(plain, keys.seal, keys.now)
    return seals.overlay_pdf(sealed) if kind == "changed_file" else sealed


def _paper(number: str) -> Paper:
    return Paper(
        number,
        f"CV/{SENDER.symbol}",
        date(2026, 11, 20),
        _SUMMARY.format(number),
        addressees=(OWN.name,),
        body=("Đề nghị các cơ quan rà soát hộp thư công vụ và chứng thư số.",),
        prefix="K/T CHÁNH VĂN PHÒNG",
        position=SENDER.position,
        signer=SENDER.signer,
        pages=2,
    )
