"""Watch gaps: a sender's missing number becomes a task for the clerk, where the office wants it."""

from datetime import datetime, timedelta

from mailbridge.actions.house import Chancery, House
from mailbridge.clock import in_vietnam
from mailbridge.model.sending import TaskKind
from mailbridge.registry import agencies, similar, tasks_of_people
from mailbridge.registry.database import Transaction
from mailbridge.registry.tasks_of_people import Cause
from mailbridge.rules.gaps import gaps

# What is late by a day is no gap yet; what is older than this was seen long ago.
_GRACE = timedelta(days=3)
_BACK = timedelta(days=90)


def watch_gaps(house: House, now: datetime) -> int:
    """Open a task for each missing number; asked again, it opens none twice. Says how many."""
    with house.database.transaction() as tx:
        return sum(_watch(tx, one, now) for one in house.chanceries if one.watches_gaps)


def _watch(tx: Transaction, chancery: Chancery, now: datetime) -> int:
    since, until = (in_vietnam(now - one).date().isoformat() for one in (_BACK, _GRACE))
    directory = agencies.directory(tx)
    found = gaps(similar.numbered(tx, chancery.code, since, until))
    for gap in found:
        agency = directory.by_code(gap.agency)
        words = (
            f"{agency.name if agency else gap.agency}: chưa thấy văn bản {gap.symbol} (năm "
            f"{gap.year}), trong khi đã nhận số trước và số sau. Có thể văn bản chỉ gửi nơi khác; "
            "nếu cần, hỏi nơi gửi."
        )
        cause = Cause(chancery.code, TaskKind.GAP, f"{gap.agency}:{gap.year}:{gap.symbol}")
        tasks_of_people.open_(tx, cause, words, now, chancery.telling.clerk)
    return len(found)
