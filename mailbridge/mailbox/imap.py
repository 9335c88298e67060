"""One watched folder over one connection at a time; blocking, for one thread."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Literal, Self

from mailbridge.mailbox import bodies, erasing, filing, watch
from mailbridge.mailbox.account import Account
from mailbridge.mailbox.answers import arrival, fetched, numbers, uid_set
from mailbridge.mailbox.errors import VanishedError, edge
from mailbridge.mailbox.session import Session, open_session, server_name, shut
from mailbridge.mailbox.wire import Body, RejectedError
from mailbridge.model.errors import Reason, RefusedError, TryLaterError
from mailbridge.model.slot import Arrival, Slot

_TOLD = 200
# So many UIDs of ten digits fit into the longest line that imaplib reads.
_SEARCHED = 80_000
_ASKED = (
    "(UID RFC822.SIZE INTERNALDATE"
    # A subject of megabytes is cut by the server; only PEEK leaves \Seen alone (RFC 3501 §6.4.5).
    " BODY.PEEK[HEADER.FIELDS (SUBJECT PRIORITY X-PRIORITY IMPORTANCE)]<0.4096>)"
)


class Mailbox:
    """Watches one folder. After a TryLaterError it may be closed: `connect` again."""

    def __init__(
        self,
        account: Account,
        *,
        watch: Literal["idle", "noop"] = "idle",
        noop_every: float | None = None,
    ) -> None:
        self.account = account
        self._watch = watch
        self._noop_every = noop_every
        self._session: Session | None = None
        # (UIDVALIDITY, UIDs) of mails that were copied, but not yet expunged.
        self._copied: tuple[int, set[int]] = (0, set())

    @property
    def connected(self) -> bool:
        """Tell whether there is a connection that was whole when last used."""
        return self._session is not None

    @property
    def uidvalidity(self) -> int:
        """UIDVALIDITY of the folder as selected (RFC 3501 §2.3.1.1)."""
        return self._open().uidvalidity

    @property
    def uidnext(self) -> int:
        """The next UID when the folder was selected, or behind the newest seen since."""
        return self._open().uidnext

    @property
    def count(self) -> int:
        """How many mails the folder held when it was selected."""
        return self._open().exists

    @property
    def capabilities(self) -> frozenset[str]:
        """What the server can do after login."""
        return self._open().capabilities

    @property
    def writable(self) -> bool:
        """Tell whether mails can be filed here at all."""
        return self._open().writable

    def connect(self) -> None:
        """Connect anew, log in and select the folder."""
        self.close()
        self._session = open_session(self.account)

    def close(self) -> None:
        """Say goodbye if the connection is whole, and cut it."""
        session, self._session = self._session, None
        if session is None:
            return
        try:
            if not session.wire.broken:
                session.connection.sock.settimeout(2.0)
                with edge("logout"):
                    session.client.logout()
        except TryLaterError:
            return
        finally:
            shut(session.client)

    def __enter__(self) -> Self:
        self.connect()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _open(self) -> Session:
        if self._session is None:
            raise TryLaterError(f"{self.account.name}: not connected")
        return self._session

    @contextmanager
    def _using(self) -> Iterator[Session]:
        """Lend the connection, and cut it when it was left in the middle of an answer."""
        session = self._open()
        try:
            yield session
        finally:
            if session.wire.broken:
                self.close()

    def arrivals(self, after_uid: int) -> Iterator[Arrival]:
        """Tell of the mails with a higher UID, ascending, in batches; nothing is marked as seen."""
        with self._using() as session:
            session.wire.news = False
            uids = list(self._newer(session, after_uid))
        for start in range(0, len(uids), _TOLD):
            some = uids[start : start + _TOLD]
            if self._session is not session:
                raise TryLaterError("connected anew: ask for arrivals again")
            with self._using():
                answers = fetched(session.wire.talk(f"UID FETCH {uid_set(some)} {_ASKED}"))
            session.uidnext = max(session.uidnext, some[-1] + 1)
            for uid in some:
                if uid in answers:
                    yield arrival(self._slot(session, uid), answers[uid])

    def _newer(self, session: Session, after_uid: int) -> Iterator[int]:
        start = after_uid + 1
        while session.exists > _SEARCHED and session.uidnext - start > _SEARCHED:
            end = start + _SEARCHED
            yield from numbers(session.wire.talk(f"UID SEARCH UID {start}:{end - 1}"))
            start = end
        # "n:*" holds the last mail even when its UID is below n (RFC 3501 §6.4.8).
        for uid in numbers(session.wire.talk(f"UID SEARCH UID {start}:*")):
            if uid >= start:
                yield uid

    def _slot(self, session: Session, uid: int) -> Slot:
        return Slot(self.account.name, session.uidvalidity, uid)

    def fetch(
        self,
        slot: Slot,
        size: int,
        write: Callable[[bytes], object],
        *,
        limit: int,
        offset: int = 0,
    ) -> int:
        """Stream a mail's octets from `offset` on, and tell its true size.

        After a TryLaterError the octets written so far are good: go on behind them.
        """
        if size > limit:
            raise RefusedError(Reason.TOO_LARGE, f"{slot}: {size} octets, {limit} are taken")
        with self._using() as session:
            if slot.uidvalidity != session.uidvalidity:
                raise VanishedError(f"{slot}: UIDVALIDITY is {session.uidvalidity} by now")
            return bodies.stream(session.wire, (slot.uid, size), Body(offset, write), limit)

    def fetch_many(self, arrivals: Iterable[Arrival]) -> Iterator[tuple[Slot, bytes]]:
        """Fetch small mails, several at once; of those left out, `fetch` tells why."""
        for batch in bodies.batches(arrivals):
            with self._using() as session:
                here = [each for each in batch if each.slot.uidvalidity == session.uidvalidity]
                came = list(bodies.whole(session.wire, here)) if here else []
            yield from came

    def wait(self, seconds: float, wake: watch.Wake = None) -> bool:
        """Wait for new mail: True when it was announced, False after `seconds` or at `wake`."""
        with self._using() as session:
            can_idle = "IDLE" in session.capabilities
            if self._watch == "idle" and can_idle:
                return watch.by_idle(session.wire, seconds, wake)
            every = watch.interval(self._noop_every, stands_in=self._watch == "idle")
            return watch.by_noop(session.wire, seconds, wake, every)

    def file(
        self,
        uids: tuple[int, ...],
        folder: str,
        method: filing.Method = "auto",
        *,
        uidvalidity: int | None = None,
    ) -> filing.Filed:
        """File settled mails under the UIDVALIDITY they were found under; idempotent."""
        session = self._open()
        if uidvalidity not in {None, session.uidvalidity}:
            raise TryLaterError(f"{self.account.name}: UIDVALIDITY is another by now")
        if self._copied[0] != session.uidvalidity:
            self._copied = (session.uidvalidity, set())
        with self._using(), self._by_client(session):
            filing.same_folder(session)
            return filing.file(session, uids, folder, method, self._copied[1])

    def erase(self, size: int, digest: str) -> int:
        """Remove every mail of the folder with these octets for good; gives how many there were.

        Raises RejectedError where the server cannot remove them alone.
        """
        with self._using() as session, self._by_client(session):
            filing.same_folder(session)
            found = erasing.same(session, size, digest)
            if found:
                erasing.expunge(session, found)
            return len(found)

    def has_folder(self, folder: str) -> bool:
        """Tell whether there is a folder of that name, other than the watched one."""
        with self._using() as session, self._by_client(session):
            name = server_name(folder, session.prefix, session.delimiter)
            with edge("list"):
                return name != session.folder and bool(session.client.folder_exists(name))

    @contextmanager
    def _by_client(self, session: Session) -> Iterator[None]:
        """Cut a connection on which imapclient failed, and keep what was told by the way."""
        try:
            yield
        except RejectedError:
            raise
        except TryLaterError:
            session.wire.broken = True
            raise
        finally:
            if session.connection.untagged_responses.pop("EXISTS", None):
                session.wire.news = True

    def exists(self, uids: Iterable[int]) -> set[int]:
        """Tell which of these mails are still in the folder."""
        with self._using() as session:
            return filing.present(session, set(uids))
