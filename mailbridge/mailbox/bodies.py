"""Fetches the octets of mails: large ones in pieces, small ones several at once."""

from collections.abc import Iterable, Iterator

from mailbridge.mailbox.answers import fetched, uid_set
from mailbridge.mailbox.errors import VanishedError
from mailbridge.mailbox.wire import Body, RejectedError, Wire
from mailbridge.model.errors import Reason, RefusedError, TryLaterError
from mailbridge.model.limits import MIB
from mailbridge.model.slot import Arrival, Slot

# Octets asked for at once: as they stream, only the server's own memory speaks for less.
_STEP = 64 * MIB
# What an answer may hold beside the octets that were asked for.
_AROUND = 1 * MIB
_SMALL = 256 * 1024
_BATCH = 2 * MIB
_BATCH_COUNT = 200


def stream(wire: Wire, arrival: tuple[int, int], body: Body, limit: int) -> int:
    """Write the octets of a mail (UID, size as told) to its end, wherever that really is.

    A piece shorter than asked for is the last (RFC 3501 §6.4.5), unless a server gives less at a
    time: while octets are owed by the size told, it is asked until nothing comes.
    """
    uid, size = arrival
    offset = body.offset
    while True:
        # One octet over the limit is asked for, to tell a mail at the limit from one beyond.
        step = min(_STEP, limit + 1 - offset)
        came = _piece(wire, uid, Body(offset, body.write), step)
        offset += came
        if offset > limit:
            raise RefusedError(Reason.TOO_LARGE, f"UID {uid}: more than {limit} octets came")
        if came == 0 or (came < step and offset >= size):
            return offset


def _piece(wire: Wire, uid: int, body: Body, step: int) -> int:
    came = 0

    def count(octets: bytes) -> None:
        nonlocal came
        came += len(octets)
        if came > step:
            raise TryLaterError("a literal is longer than what was asked for")
        body.write(octets)

    command = f"UID FETCH {uid} (UID BODY.PEEK[]<{body.offset}.{step}>)"
    try:
        answers = wire.talk(command, room=step + _AROUND, body=Body(body.offset, count))
    except RejectedError as error:
        # RFC 5530 §3: another session has expunged it, and this one was not told yet.
        if "[EXPUNGEISSUED]" in str(error).upper():
            raise VanishedError(f"UID {uid} was expunged") from error
        raise
    items = fetched(answers).get(uid, {})
    octets = items.get(f"BODY[]<{body.offset}>")
    if octets is None:
        if came:
            raise TryLaterError(f"octets came, but not of UID {uid}")
        raise VanishedError(f"UID {uid} is gone")
    # A server may send a short body quoted instead of as a literal.
    if octets:
        count(octets)
    return came


def batches(arrivals: Iterable[Arrival]) -> Iterator[list[Arrival]]:
    """Group small mails by what one answer may hold; larger ones are left out."""
    batch: list[Arrival] = []
    total = 0
    for arrival in arrivals:
        if arrival.size >= _SMALL:
            continue
        if batch and (total + arrival.size > _BATCH or len(batch) == _BATCH_COUNT):
            yield batch
            batch, total = [], 0
        batch.append(arrival)
        total += arrival.size
    if batch:
        yield batch


def whole(wire: Wire, batch: list[Arrival]) -> Iterator[tuple[Slot, bytes]]:
    """Fetch the mails of a batch at once; whichever is gone or larger than told is left out."""
    slots = {arrival.slot.uid: arrival.slot for arrival in batch}
    command = f"UID FETCH {uid_set(slots)} (UID BODY.PEEK[]<0.{_SMALL}>)"
    try:
        answers = fetched(wire.talk(command, room=_BATCH + _AROUND))
    except RejectedError:
        # Dovecot says NO when one of them was expunged meanwhile.
        return
    for uid, slot in slots.items():
        octets = answers.get(uid, {}).get("BODY[]<0>", b"")
        if 0 < len(octets) < _SMALL:
            yield slot, octets
