"""A document that must be locked is owed only where everybody's lock is at hand."""

from dataclasses import replace
from pathlib import Path

from mailbridge.actions.desk import Desk
from mailbridge.actions.house import House
from mailbridge.actions.locking import hindrances, peers
from mailbridge.actions.send import send
from mailbridge.demo.pki import Identity
from mailbridge.letters.compose import Sender
from mailbridge.letters.keys import SigningKey
from mailbridge.letters.signer import KeySigner
from mailbridge.letters.smtp import Post
from mailbridge.model.letter import LetterState, Party
from mailbridge.model.sending import NotSent, Sent
from tests.simulators.smtp import SmtpSimulator
from tests.unit.actions.drafts import NEIGHBOUR, NOW, OWN, SENDER, drafted, printed, signed
from tests.unit.actions.posting import post
from tests.unit.letters.sample import EDXML
from tests.unit.provenance.samples import keys

TO = Party(SENDER.code, SENDER.name, SENDER.mailbox)


def _lay(house: House, whose: Identity) -> None:
    folder = house.trust / "recipients"
    folder.mkdir(exist_ok=True)
    (folder / "a.pem").write_bytes(whose.pem())


def test_without_the_file_of_an_enrolled_certificate_nothing_is_owed(
    house: House, tmp_path: Path
) -> None:
    draft = drafted(house, tmp_path, signed(printed()), to=(SENDER.code,), encrypt=True)
    done = send(house, draft, "An", NOW)
    assert isinstance(done, NotSent)
    (one,) = [each for each in done.hindrances if each.code == "not-lockable"]
    assert SENDER.name in one.words
    # No reason of a person opens what must be locked.
    again = send(house, replace(draft, overrule="gấp"), "An", NOW)
    assert isinstance(again, NotSent)


def test_it_leaves_locked_where_the_certificate_is_at_hand(house: House, tmp_path: Path) -> None:
    _lay(house, keys().mailbox)
    assert peers(house, NOW).certificates(SENDER.code) == (keys().mailbox.certificate,)
    assert peers(house, NOW).certificates(NEIGHBOUR.code) == ()
    assert hindrances(house, (TO,), NOW) == ()
    draft = drafted(house, tmp_path, signed(printed()), to=(SENDER.code,), encrypt=True)
    assert isinstance(send(house, draft, "An", NOW), Sent)
    assert b"enveloped-data" in _posted(house)


def test_the_setting_locks_for_those_who_can_open_it_and_for_no_others(
    house: House, tmp_path: Path
) -> None:
    _lay(house, keys().mailbox)
    draft = drafted(house, tmp_path, signed(printed()), to=(SENDER.code,))
    assert isinstance(send(house, draft, "An", NOW), Sent)
    assert b"enveloped-data" in _posted(house, locks=True)
    other = drafted(house, tmp_path, signed(printed("2")), to=(NEIGHBOUR.code,))
    assert isinstance(send(house, other, "An", NOW), Sent)
    assert b"enveloped-data" not in _posted(house, locks=True)


def _posted(house: House, *, locks: bool = False) -> bytes:
    """Give the mail of the next letter that leaves."""
    own = keys().own_mailbox
    key = SigningKey(own.key, own.certificate, own.chain[:-1])
    signer = KeySigner(lambda: key, lambda: NOW)
    sender = Sender(OWN.mailbox, "Văn thư", OWN.code, "hungyen.gov.vn", signer, locks=locks)
    with SmtpSimulator() as server:
        desk = Desk(sender, Post(server.account()), EDXML)
        assert post(house, {"vanthu": desk}, NOW) is LetterState.SENT
        desk.post.close()
        (mail,) = server.mails
    return mail.octets
