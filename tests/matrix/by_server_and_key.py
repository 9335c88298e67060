"""Samples signed by OpenPGP keys and by mail servers."""

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache

from mailbridge.demo import mails
from mailbridge.demo.agencies import NEIGHBOUR, SENDER
from tests.matrix.states import Sample, State
from tests.simulators import pgp
from tests.simulators.pgp import LATER, Correspondents
from tests.unit.provenance import dkim_samples
from tests.unit.provenance.samples import HEAD, paper

_HEAD = replace(HEAD, when=pgp.NOW)
_CLOCK = (pgp.NOW - timedelta(days=10)).strftime("%Y%m%dT%H%M%S")


@dataclass(frozen=True, slots=True)
class _Keys:
    """Fingerprints by what is wrong with the key."""

    people: Correspondents
    own: str
    good: str
    short: str
    lost: str
    other: str
    strange: str

    def of(self, state: State) -> str:
        chosen = {
            State.EXPIRED: self.short,
            State.REVOKED: self.lost,
            State.OTHER_AGENCY: self.other,
            State.UNKNOWN_ROOT: self.strange,
        }
        return chosen.get(state, self.good)

    def public(self) -> tuple[bytes, ...]:
        known = self.people.public(self.good, self.short, self.other)
        return known, self.people.revoked(self.lost)

    def pinned(self) -> tuple[tuple[str, str], ...]:
        own = ((SENDER.code, each) for each in (self.good, self.short, self.lost))
        return (*own, (NEIGHBOUR.code, self.other))


@lru_cache(maxsize=1)
def _keys() -> _Keys:
    people = Correspondents()
    return _Keys(
        people,
        own=people.new("vptu@hungyen.gov.vn"),
        good=people.new(SENDER.mailbox),
        short=people.new(SENDER.mailbox, expire="2d", at=_CLOCK, name="Da het han"),
        lost=people.new(SENDER.mailbox, name="Da thu hoi"),
        other=people.new(NEIGHBOUR.mailbox, name="Lang gieng"),
        strange=people.new(SENDER.mailbox, name="La"),
    )


def end() -> None:
    """End the agent of the home in which the keys lie."""
    if _keys.cache_info().currsize:
        _keys().people.end()
        _keys.cache_clear()


def _sample(octets: bytes, *, has_key: bool = True) -> Sample:
    keys = _keys()
    secret = keys.people.secret(keys.own) if has_key else b""
    return Sample(
        octets,
        LATER,
        public_keys=keys.public(),
        secret_key=secret,
        pinned=keys.pinned(),
    )


def _signature(state: State, data: bytes, how: str = "--detach-sign") -> bytes:
    keys = _keys()
    clock = f"--faked-system-time {_CLOCK}" if state is State.EXPIRED else ""
    signer = f"{keys.of(state)}!" if state is State.EXPIRED else keys.of(state)
    return keys.people.sign(data, signer, how=how, more=clock)


def _words(state: State, wrong: State) -> str:
    return "Kính gửi: giả\r\n" if state is wrong else "Kính gửi: thật\r\n"


def mime(state: State) -> Sample | None:
    """PGP/MIME, signed."""
    if state is State.NO_KEY:
        return None
    signed = pgp.text(_words(state, State.OTHER_CONTENT))
    shown = pgp.text(_words(state, State.TAMPERED))
    if state is State.OTHER_CONTENT:
        shown = pgp.text(_words(State.GOOD, State.TAMPERED))
    return _sample(mails.mail(_HEAD, pgp.signed(shown, _signature(state, signed))))


def inline(state: State) -> Sample | None:
    """OpenPGP in the text itself."""
    if state is State.NO_KEY:
        return None
    clear = _signature(state, _words(State.GOOD, state).encode(), "--clear-sign")
    if state in {State.TAMPERED, State.OTHER_CONTENT}:
        clear = clear.replace("thật".encode(), "giả".encode())
    head = b"Content-Type: text/plain; charset=utf-8\r\n\r\n"
    return _sample(mails.mail(_HEAD, head + pgp.crlf(clear)))


def locked(state: State) -> Sample | None:
    """OpenPGP, signed and locked to us in one."""
    # gpg does not sign by a key that is expired; and what one message holds is of one piece.
    if state in {State.OTHER_CONTENT, State.EXPIRED}:
        return None
    keys = _keys()
    data = keys.people.lock(pgp.text(), keys.own, signer=keys.of(state))
    if state is State.TAMPERED:
        at = len(data) // 2
        data = data[:at] + (b"A" if data[at : at + 1] != b"A" else b"B") + data[at + 1 :]
    octets = mails.mail(_HEAD, pgp.encrypted(data))
    return _sample(octets, has_key=state is not State.NO_KEY)


def beside(state: State) -> Sample | None:
    """A detached OpenPGP signature beside the PDF that it signs."""
    if state is State.NO_KEY:
        return None
    signed = paper() + b"%khac" if state is State.OTHER_CONTENT else paper()
    sent = paper() + b"%gia" if state is State.TAMPERED else paper()
    files = (
        pgp.attached("123.pdf", sent, "application/pdf"),
        pgp.attached("123.pdf.asc", _signature(state, signed)),
    )
    return _sample(mails.mail(_HEAD, pgp.multipart("mixed", pgp.text(), *files)))


def dkim(state: State) -> Sample | None:
    """DKIM of the sender's server, over a mail that nobody else signed."""
    if state in {State.REVOKED, State.NO_KEY, State.OTHER_AGENCY}:
        record = {State.REVOKED: "v=DKIM1; p="}.get(state)
        if record is None:
            return None
        return Sample(dkim_samples.signed(), dns={dkim_samples.KEY_NAME: [record]})
    octets = dkim_samples.signed()
    if state is State.EXPIRED:
        octets = dkim_samples.signed(x=str(int((HEAD.when - timedelta(days=1)).timestamp())))
    if state in {State.TAMPERED, State.OTHER_CONTENT}:
        octets = octets.replace(b"Subject:", b"Subject: khac", 1)
    known = {} if state is State.UNKNOWN_ROOT else {dkim_samples.KEY_NAME: [dkim_samples.record()]}
    return Sample(octets, dns=known)
