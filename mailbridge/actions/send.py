"""Send: a document leaves us, checked before anything is written (Điều 4 to 8).

    look     the files are examined as their recipients would examine them
    weigh    the rules list what stands in the way: blocks, and warnings that one may overrule
    enter    one transaction: document, number, evidence, exchange and letter of each recipient

The letters leave later. Whoever dies on the way has written everything or nothing.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import structlog

from mailbridge.actions import locking
from mailbridge.actions.dispatching import Ready, enter
from mailbridge.actions.drafting import Looked, examined
from mailbridge.actions.examine import Examined
from mailbridge.actions.house import Chancery, House
from mailbridge.actions.numbering_drafts import HinderedError
from mailbridge.actions.owing import Alarm, tell
from mailbridge.clock import in_vietnam
from mailbridge.isolation.pool import BugError, ChildDiedError
from mailbridge.letters import alerts
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.incident import Incident
from mailbridge.model.sending import Draft, Hindrance, NotSent, Sent, Weigh
from mailbridge.registry import agencies, journal
from mailbridge.registry.database import Transaction
from mailbridge.registry.incidents import standing
from mailbridge.rules import dispatch, recipients

# What is written along with a document that leaves.
Along = Callable[[Transaction, Sent], None]

_log = structlog.get_logger(__name__)

_UNREADABLE = Hindrance(
    "unreadable",
    Weigh.BLOCK,
    "Không kiểm tra được tệp của văn bản nên không gửi: mở thử tệp rồi gửi lại.",
)


def send(
    house: House, draft: Draft, who: str, now: datetime, along: Along | None = None
) -> Sent | NotSent:
    """Send a document, or say everything that hinders it; its files are in the blob store.

    `along` writes in the same transaction: a request that is so ended is never taken twice.
    """
    chancery = house.of_office(draft.office)
    with house.database.reading() as tx:
        directory, incidents = agencies.directory(tx), standing(tx, now)
    looked = Looked(draft, chancery, house.parties[chancery.sending.mailbox], directory)
    try:
        with examined(house, looked, now) as found:
            weighed = _weighed(house, looked, found, incidents, who, now)
            if isinstance(weighed, Ready):
                _store(house, found)
    except (RefusedError, ChildDiedError, BugError) as error:
        _log.warning("a draft could not be examined", detail=str(error))
        return NotSent((_UNREADABLE,))
    if isinstance(weighed, NotSent):
        if any(one.code == dispatch.MARKED for one in weighed.hindrances):
            _stopped(house, chancery, draft, who, now)
        return weighed
    try:
        with house.database.transaction() as tx:
            sent = enter(tx, house, weighed, now)
            if along is not None:
                along(tx, sent)
            return sent
    except HinderedError as error:
        return NotSent((error.hindrance,))


def _weighed(
    house: House,
    looked: Looked,
    found: Examined,
    incidents: tuple[Incident, ...],
    who: str,
    now: datetime,
) -> Ready | NotSent:
    """Hold the draft to the rules; whatever nobody may or did overrule stops it."""
    draft, chancery = looked.draft, looked.chancery
    own = looked.directory.by_code(chancery.code)
    if own is None:
        words = f"Danh bạ chưa có cơ quan ta ({chancery.code}): mailbridge agency load."
        return NotSent((Hindrance("own-unknown", Weigh.BLOCK, words),))
    domains, day = chancery.office.allowed_domains, in_vietnam(now).date()
    to = recipients.resolve(draft.to, looked.directory, own.code, domains, day)
    size = chancery.sending.mail_size
    standards = dispatch.Standards(own, house.regulation, incidents, size, now)
    every = dispatch.hindrances(draft, found.examination, to, standards)
    if looked.sender != looked.own.address:
        every = (*every, _not_enrolled(looked.own.address))
    if draft.encrypt:
        every = (*every, *locking.hindrances(house, to.parties, now))
    blocks = tuple(one for one in every if one.weigh is Weigh.BLOCK)
    if blocks or (every and not draft.overrule.strip()):
        return NotSent(every)
    ground = dispatch.ground(draft, to, standards)
    return Ready(
        draft, chancery, looked.own, to.parties, found.examination, found.text, ground, every, who
    )


def _not_enrolled(address: str) -> Hindrance:
    return Hindrance(
        "own-mailbox",
        Weigh.WARN,
        f"Danh bạ chưa ghi hộp thư {address} cho cơ quan ta: nơi nhận dùng danh bạ này sẽ giữ văn "
        "bản lại chờ xem xét.",
    )


def _store(house: House, found: Examined) -> None:
    """Put what lay inside the files into the blob store, before any row speaks of it."""
    for file in found.examination.opened.files:
        if file.stored:
            house.blobs.put_file(_inside(found.folder, file.stored), file.sha256)
    house.blobs.sync()


def _inside(folder: Path, stored: str) -> Path:
    # Hostile: the name is the child's word, and the child has handled foreign octets.
    if Path(stored).name != stored or stored in {".", ".."}:
        raise RefusedError(Reason.TRAVERSAL, "a child named a file outside its scratch folder")
    return folder / stored


def _stopped(house: House, chancery: Chancery, draft: Draft, who: str, now: datetime) -> None:
    """Erase a draft with a mark of secrecy, and call the officer: nothing of it is repeated."""
    with house.database.transaction() as tx:
        data = {"by": who, "files": str(len(draft.files))}
        moment = f"draft:{int(now.timestamp())}"
        journal.append(tx, chancery.code, "secret-draft-stopped", moment, data, now)
        facts = alerts.stopped(who, now)
        people = dict.fromkeys(filter(None, (house.custody.officer, chancery.telling.clerk)))
        for person in people:
            tell(tx, house, Alarm(chancery.sending.mailbox, (moment, who), facts, person), now)
    for file in draft.files:
        house.let_go(file.sha256)
