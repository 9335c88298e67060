"""Watch gaps: a sender's missing number becomes a task for the clerk, where the office wants it."""

from datetime import datetime, timedelta

from mailbridge.actions.house import Chancery, House
from mailbridge.clock import in_vietnam
from mailbridge.model.sending import TaskKind
from mailbridge.registry import agencies, similar, tasks_of_people
from mailbridge.registry.database import Transaction
from mailbridge.registry.tasks_of_people import Cause
from mailbridge.rules.gaps import BACK, GRACE, gaps, names

# What comes after so long closes its task all the same.
_LATEST = timedelta(days=400)
# So many tasks are looked through in one round.
_AT_ONCE = 10_000
_CAME = "Đã nhận được văn bản."


def watch_gaps(house: House, now: datetime) -> int:
    """Open a task for each missing number, and close those whose number came since.

    Asked again, it opens none twice. Says how many are missing.
    """
    with house.database.transaction() as tx:
        return sum(_watch(tx, one, now) for one in house.chanceries if one.watches_gaps)


def _watch(tx: Transaction, chancery: Chancery, now: datetime) -> int:
    since, until = (in_vietnam(now - one).date().isoformat() for one in (BACK, GRACE))
    directory = agencies.directory(tx)
    found = gaps(similar.numbered(tx, chancery.code, since, until))
    for gap in found:
        agency = directory.by_code(gap.agency)
        words = (
            f"{agency.name if agency else gap.agency}: chưa thấy văn bản {gap.symbol} (năm "
            f"{gap.year}), trong khi đã nhận số trước và số sau. Có thể văn bản chỉ gửi nơi khác; "
            "nếu cần, hỏi nơi gửi."
        )
        cause = Cause(chancery.code, TaskKind.GAP, gap.name)
        tasks_of_people.open_(tx, cause, words, now, chancery.telling.clerk)
    _close(tx, chancery, now)
    return len(found)


def _close(tx: Transaction, chancery: Chancery, now: datetime) -> None:
    tasks = tasks_of_people.undone(tx, chancery.code, TaskKind.GAP, limit=_AT_ONCE)
    if not tasks:
        return
    since, until = (in_vietnam(one).date().isoformat() for one in (now - _LATEST, now))
    came = names(similar.numbered(tx, chancery.code, since, until))
    for task in tasks:
        if task.cause in came:
            tasks_of_people.close(tx, task.id, "mailbridge", _CAME, now)
