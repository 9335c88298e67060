"""Sending: one document to two hundred recipients, against smtplib with mails that are ready.

The floor sends mails of the same size that were made beforehand over one connection, and signs as
many entities of that size with the same key: plain sending plus plain signing.
"""

import logging
import smtplib
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import structlog
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs7 import (
    PKCS7Options,
    PKCS7SignatureBuilder,
)

from benchmarks.report import Line, Report
from benchmarks.world import World
from mailbridge import clock, wiring
from mailbridge.actions.desk import Desk
from mailbridge.actions.drafting import kept
from mailbridge.actions.exchanging import learn
from mailbridge.actions.house import House
from mailbridge.actions.post import Posting
from mailbridge.actions.send import send
from mailbridge.demo import seals
from mailbridge.demo.agencies import OWN, SENDER, directory_text, enrolled
from mailbridge.demo.papers import Paper, pdf
from mailbridge.demo.pki import Identity
from mailbridge.letters.compose import compose
from mailbridge.letters.signer import KeySigner
from mailbridge.letters.token import Place, opened
from mailbridge.model.directory import Agency
from mailbridge.model.exchange import Fact, FactKind, Weight
from mailbridge.model.letter import LetterState
from mailbridge.model.sending import Draft, Sent
from mailbridge.registry import exchanges, outbox
from mailbridge.settings.load import load
from tests.journeys.office import Office
from tests.simulators.token import MODULE, PIN, Hsm

RECIPIENTS = 200
RECEIPTS = 10_000


@dataclass(frozen=True, slots=True)
class Sending:
    """A house whose document is owed to all recipients."""

    house: House
    desks: dict[str, Desk]
    office: Office
    document: int
    seconds: float


def measure(world: World, report: Report) -> None:
    """Measure the sending of one document to many, its letters, and receipts that come back."""
    report.say(f"sending: one document to {RECIPIENTS} recipients")
    # A line of the log for each letter goes to a file elsewhere, and to the table's screen here.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with _owed(world, world.folder / "file", RECIPIENTS) as sending:
        report.add(
            Line(
                f"ms to check and owe one document to {RECIPIENTS}",
                sending.seconds * 1000,
                how="examined, numbered, exchanges and letters in one transaction",
            )
        )
        mails = _composed(sending)
        signing = _timed(lambda: _plain_signing(sending, mails))
        _tell(report, "by key file", _against(world, sending, mails), signing, mails)
        _receipts(sending, report)
    _with_token(world, report)


def _against(world: World, sending: Sending, mails: list[tuple[str, bytes]]) -> tuple[float, float]:
    """Give the seconds of our letters, and those of mails that are ready: before and after."""
    before = _timed(lambda: _plain_sending(world, sending, mails))
    _drained(world, mails, 1)
    spent = _timed(lambda: Posting(sending.house, sending.desks, clock.now).due(lambda: True))
    _demand_all_sent(sending)
    _drained(world, mails, 2)
    after = _timed(lambda: _plain_sending(world, sending, mails))
    _drained(world, mails, 3)
    return spent, (before + after) / 2


def _drained(world: World, mails: list[tuple[str, bytes]], each: int) -> None:
    """Wait until the mail host has delivered everything: it works beside what is measured."""
    deadline = time.monotonic() + 120
    while any(len(world.host.mails(to)) < each for to, _ in mails[-5:]):
        if time.monotonic() > deadline:
            raise TimeoutError("the mail host did not deliver")
        time.sleep(0.5)
    time.sleep(1)


def _tell(
    report: Report,
    by: str,
    seconds: tuple[float, float],
    signing: float,
    mails: list[tuple[str, bytes]],
) -> None:
    (spent, plain), count, size = seconds, len(mails), len(mails[0][1])
    how = (
        f"{count / spent:.0f} letters/s of {size // 1024} KiB; {spent * 1000 / count:.1f} ms each; "
        f"floor {plain * 1000 / count:.1f} sending + {signing * 1000 / count:.1f} signing"
    )
    name = f"letters composed, signed {by} and accepted / plain sending and signing"
    report.add(Line(name, spent / (plain + signing), 1.5, 1.2, how))


@contextmanager
def _owed(world: World, folder: Path, count: int) -> Iterator[Sending]:
    # The pace of a careful office would be measured, and not its letters.
    unpaced = "[sending]\nper_minute = 0\n[[mailbox]]"
    office = Office(folder, world.host, change=lambda text: text.replace("[[mailbox]]", unpaced, 1))
    agencies = [_agency(world, number) for number in range(count)]
    own = replace(OWN, mailbox=office.address).agency(
        (
            enrolled(office.keys.own_seal.fingerprint, "seal"),
            enrolled(office.keys.own_mailbox.fingerprint, "mailbox"),
        )
    )
    text = directory_text([SENDER.agency(), own, *agencies])
    (folder / "agencies.toml").write_text(text, encoding="utf-8")
    duty = wiring.duty(wiring.prepared(load(office.config)))
    house = duty.house
    paper = folder / "vb.pdf"
    paper.write_bytes(_paper(office.keys.own_seal))
    codes = tuple(agency.code for agency in agencies)
    draft = Draft(OWN.code, (kept(house, paper),), codes, overrule="đo tốc độ")
    started = time.monotonic()
    done = send(house, draft, "đo", clock.now())
    seconds = time.monotonic() - started
    if not isinstance(done, Sent):
        raise TypeError(f"the document was hindered: {done}")
    try:
        yield Sending(house, duty.desks, office, done.document, seconds)
    finally:
        for desk in duty.desks.values():
            desk.post.close()
        house.rooms.opener.close()
        house.rooms.reader.close()
        house.database.close()


def _agency(world: World, number: int) -> Agency:
    address = world.host.new_mailbox(f"nhan-{number}")
    return Agency(f"DEMO.09.{number}", f"Đảng ủy xã số {number}", mailboxes=(address,))


def _paper(seal: Identity) -> bytes:
    now = clock.now().replace(microsecond=0)
    day = clock.in_vietnam(now).date()
    made = Paper("1", "CV/ĐU", day, "về việc đo", issuer=OWN.name.upper(), place="Ví Dụ")
    return seals.seal_pdf(pdf(made), seal, now)


def _composed(sending: Sending) -> list[tuple[str, bytes]]:
    desk = sending.desks["vanthu"]
    with sending.house.database.reading() as tx:
        letters = [x for x in outbox.letters(tx, 10_000) if x.document == sending.document]
    path = sending.house.blobs.path
    made = [compose((letter,), desk.sender, path, desk.edxml) for letter in letters]
    return [(one.envelope_to, one.octets) for one in made]


def _plain_sending(world: World, sending: Sending, mails: list[tuple[str, bytes]]) -> None:
    """Send mails that are ready to the same mailboxes."""
    host, office = world.host, sending.office
    with smtplib.SMTP(
        host.host, host.submission_port, local_hostname="localhost", timeout=30
    ) as smtp:
        # As ours does: without it smtplib waits tens of ms for each mail (Nagle).
        smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # type: ignore[union-attr]
        smtp.starttls(context=host.trust())
        smtp.login(office.address, host.passwords[office.address])
        for to, octets in mails:
            smtp.sendmail(office.address, [to], octets)


def _plain_signing(sending: Sending, mails: list[tuple[str, bytes]]) -> None:
    """Sign as many octets with the same key."""
    identity = sending.office.keys.own_mailbox
    for _, octets in mails:
        builder = PKCS7SignatureBuilder().set_data(octets)
        builder.add_signer(identity.certificate, identity.key, SHA256()).sign(  # type: ignore[arg-type]
            Encoding.DER, [PKCS7Options.DetachedSignature, PKCS7Options.Binary]
        )


def _demand_all_sent(sending: Sending) -> None:
    with sending.house.database.reading() as tx:
        letters = [x for x in outbox.letters(tx, 10_000) if x.document == sending.document]
    left = [letter for letter in letters if letter.state is not LetterState.SENT]
    if left:
        raise RuntimeError(f"{len(left)} letters did not leave: {left[0].last_error}")


def _receipts(sending: Sending, report: Report) -> None:
    """Join so many receipts into facts: found by their token, each in one of few transactions."""
    house = sending.house
    with house.database.reading() as tx:
        letters = [x for x in outbox.letters(tx, 10_000) if x.document == sending.document]
    kinds = (FactKind.ARRIVED, FactKind.REGISTERED, FactKind.ASSIGNED, FactKind.DONE)

    def join() -> None:
        now = clock.now()
        for number in range(RECEIPTS):
            with house.database.transaction(durable=False) as tx:
                letter = letters[number % len(letters)]
                exchange = exchanges.by_token(tx, letter.id, OWN.code)
                if exchange is None:
                    raise LookupError(letter.id)
                seq = number // len(letters) % len(kinds) + 1
                fact = Fact(kinds[seq - 1], now, Weight.PROVEN, seq)
                learn(tx, exchange, f"receipt:{seq}", fact, None, now)

    spent = _timed(join)
    how = f"{RECEIPTS:,} in {spent:.1f} s, one transaction each, duplicates among them"
    report.add(Line("ms to match a receipt and join it", spent * 1000 / RECEIPTS, how=how))


def _with_token(world: World, report: Report) -> None:
    """Sign by a token of SoftHSM2; its floor signs there, too."""
    folder = world.folder / "token"
    folder.mkdir()
    hsm = Hsm(folder)
    with _owed(world, folder / "office", RECIPIENTS) as sending:
        identity = sending.office.keys.own_mailbox
        hsm.token("bench")
        hsm.put("bench", identity.key)
        certificate = folder / "certificate.pem"
        certificate.write_bytes(identity.pem())
        place = Place(MODULE, "bench", lambda: PIN, certificate)
        signer = KeySigner(partial(opened, place), clock.now)
        desk = sending.desks["vanthu"]
        sending.desks["vanthu"] = replace(desk, sender=replace(desk.sender, signer=signer))
        mails = _composed(sending)
        signing = _timed(lambda: [signer.sign(octets) for _, octets in mails])
        _tell(report, "by token", _against(world, sending, mails), signing, mails)


def _timed(act: Callable[[], object]) -> float:
    started = time.monotonic()
    act()
    return time.monotonic() - started
