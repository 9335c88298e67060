"""Wants into answers, within one time for all: from the cache, by DNS or by HTTP."""

import base64
import binascii
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from mailbridge import clock
from mailbridge.model.examination import Got, Want, WantKind
from mailbridge.network.cache import Cache, Kept
from mailbridge.network.errors import UnansweredError
from mailbridge.network.freshness import revocation

# A mail waits so long for all that it wants, whoever is silent.
SECONDS = 15.0
_DNS_SECONDS = 5.0
_HTTP_SECONDS = 10.0
# The largest list that is fetched, and all that one mail is given, in octets: what crosses to the
# child is a frame of 32 MiB in base64.
_SIZES = {WantKind.CRL: 8 * 1024 * 1024, WantKind.OCSP: 128 * 1024}
_TOTAL = 20 * 1024 * 1024
# What is passed on unasked costs every mail its reading.
_UNASKED = 1024 * 1024
_DNS_KEPT = timedelta(minutes=5)
# A server that is down is not waited for by every mail of a backlog.
_FAILED_KEPT = timedelta(minutes=1)
_NAME = 2_000
_SILENT = 1_000

_log = structlog.get_logger(__name__)


class TxtResolver(Protocol):
    """Who answers for DNS."""

    def txt(self, name: str, seconds: float) -> tuple[str, ...]:
        """List the TXT records of a name; raises UnansweredError."""


class RevocationFetcher(Protocol):
    """Who answers for CRL and OCSP servers."""

    def fetch(self, url: str, body: bytes | None, size: int, seconds: float) -> bytes:
        """GET, or POST a body; raises UnansweredError."""


@dataclass(slots=True)
class Asking:
    """The network as the settings allow it: None in place of what may not be asked."""

    resolver: TxtResolver | None
    fetcher: RevocationFetcher | None
    cache: Cache = field(default_factory=Cache)
    now: Callable[[], datetime] = clock.now
    seconds: float = SECONDS
    # Names and addresses that did not answer: one silent OCSP server is asked about many.
    _silent: dict[str, datetime] = field(default_factory=dict)

    @property
    def kinds(self) -> frozenset[WantKind]:
        """What may be asked at all."""
        names = {WantKind.TXT} if self.resolver is not None else set()
        lists = {WantKind.CRL, WantKind.OCSP} if self.fetcher is not None else set()
        return frozenset(names | lists)

    def known(self) -> tuple[Got, ...]:
        """Give the fresh answers at hand that are cheap to pass on unasked."""
        return self.cache.fresh(self.now(), _UNASKED)

    def ask(self, wants: tuple[Want, ...]) -> tuple[Got, ...]:
        """Answer each want, all at once; what is not answered in time has `failed`."""
        answers: queue.SimpleQueue[Got] = queue.SimpleQueue()
        for want in wants:
            # Daemons: a server that drips its answer must not keep the program from its end.
            threading.Thread(target=self._put, args=(want, answers), daemon=True).start()
        found: dict[Want, Got] = {}
        deadline = time.monotonic() + self.seconds
        while len(found) < len(wants) and (left := deadline - time.monotonic()) > 0:
            try:
                got = answers.get(timeout=left)
            except queue.Empty:
                break
            found[got.want] = got
        return _bounded([found.get(want) or self._late(want) for want in wants])

    def _late(self, want: Want) -> Got:
        self._is_silent(want.name)
        return self._failed(want, "late")

    def _put(self, want: Want, answers: "queue.SimpleQueue[Got]") -> None:
        answers.put(self.answer(want))

    def answer(self, want: Want) -> Got:
        """Answer one want: a fresh answer, else a new one, else the overdue one, else `failed`."""
        kept = self.cache.find(want)
        if kept is not None and kept.until > self.now():
            return kept.got
        try:
            new = self._new(want)
        except UnansweredError as error:
            if kept is not None and kept.got.values and want.kind is not WantKind.TXT:
                self.cache.keep(Kept(kept.got, self.now() + _FAILED_KEPT))
                return kept.got
            return self._failed(want, str(error))
        self.cache.keep(new, on_disk=want.kind is not WantKind.TXT)
        return new.got

    def _new(self, want: Want) -> Kept:
        if not want.name or len(want.name) > _NAME:
            raise UnansweredError("no name")
        silent = self._silent.get(want.name)
        if silent is not None and silent > self.now():
            raise UnansweredError("did not answer a moment ago")
        if want.kind is WantKind.TXT:
            return Kept(Got(want, self._txt(want.name)), self.now() + _DNS_KEPT)
        octets, until = revocation(want.kind, self._fetched(want), self.now())
        return Kept(Got(want, (base64.b64encode(octets).decode("ascii"),)), until)

    def _txt(self, name: str) -> tuple[str, ...]:
        # Names are all that a child which was taken over could tell the outside by.
        if self.resolver is None or "._domainkey." not in name:
            raise UnansweredError("may not be asked")
        return self.resolver.txt(name, _DNS_SECONDS)

    def _fetched(self, want: Want) -> bytes:
        if self.fetcher is None:
            raise UnansweredError("may not be asked")
        try:
            body = base64.b64decode(want.body, validate=True) if want.body else None
        except binascii.Error as error:
            raise UnansweredError("no base64") from error
        try:
            return self.fetcher.fetch(want.name, body, _SIZES[want.kind], _HTTP_SECONDS)
        except UnansweredError:
            self._is_silent(want.name)
            raise

    def _is_silent(self, name: str) -> None:
        if len(self._silent) > _SILENT:
            self._silent.clear()
        self._silent[name] = self.now() + _FAILED_KEPT

    def _failed(self, want: Want, why: str) -> Got:
        _log.info("not answered", kind=want.kind, name=want.name[:200], why=why[:200])
        got = Got(want, failed=True)
        self.cache.keep(Kept(got, self.now() + _FAILED_KEPT))
        return got


def _bounded(answers: list[Got]) -> tuple[Got, ...]:
    """Leave out what one mail cannot be given besides the rest."""
    left, bounded = _TOTAL, []
    for got in answers:
        left -= sum(map(len, got.values))
        bounded.append(got if left >= 0 else Got(got.want, failed=True))
    return tuple(bounded)
