"""For whom letters are locked: looked up when one is composed, and before a document is owed."""

from datetime import datetime

from mailbridge.actions.house import House
from mailbridge.letters.recipients import Peers
from mailbridge.model.directory import Agency
from mailbridge.model.letter import Party
from mailbridge.model.sending import Hindrance, Weigh
from mailbridge.registry import agencies


def peers(house: House, now: datetime) -> Peers:
    """Give what is known of agencies; the register is asked when a letter wants to know."""

    def agency(code: str) -> Agency | None:
        with house.database.reading() as tx:
            return agencies.directory(tx).by_code(code)

    return Peers(agency, house.trust, now)


def hindrances(house: House, to: tuple[Party, ...], now: datetime) -> tuple[Hindrance, ...]:
    """Name the recipients for whom a document that must be locked cannot be."""
    known = peers(house, now)
    without = [party.name for party in to if not known.certificates(party.agency)]
    if not without:
        return ()
    words = (
        f"Không mã hóa được cho: {', '.join(without)}. Cần chứng thư số mã hóa đã xác nhận, và tệp "
        "của chứng thư đó trong thư mục recipients."
    )
    return (Hindrance("not-lockable", Weigh.BLOCK, words),)
