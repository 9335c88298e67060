"""Which channel is the rule, and why mail may be used instead (Điều 5.3, Điều 7)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mailbridge.model.directory import Agency, AgencyKind
from mailbridge.model.incident import Incident


class MailReason(StrEnum):
    """Why a document goes by mail: the closed list of Điều 5.3 and Điều 7."""

    # The sender, or the recipient, has no link to the Party's own network.
    NO_WAN_SENDER = "KHONG_CO_MANG_WAN_GUI"
    NO_WAN_RECIPIENT = "KHONG_CO_MANG_WAN_NHAN"
    INCIDENT = "SU_CO_MANG"
    OUTSIDE_PARTY = "BEN_NGOAI_DANG"
    # With words of a person.
    OTHER = "KHAC"


class Rule(StrEnum):
    """The channel that the regulation wants between two agencies."""

    # Điều 7.1: the operations system on the Party's own network.
    WAN = "wan"
    # Điều 7.3: the national axis, with state agencies.
    AXIS = "axis"
    # Điều 7.2: mail or software on the Internet.
    INTERNET = "internet"


@dataclass(frozen=True, slots=True)
class Channel:
    """The rule between two agencies, and the ground on which mail is used."""

    rule: Rule
    # None: nothing that is known permits mail; a person must say why.
    ground: MailReason | None
    # The incident that permits it, if it is one.
    incident: int | None = None


def channel(
    sender: Agency, recipient: Agency, incidents: tuple[Incident, ...], at: datetime
) -> Channel:
    """Tell the rule between them, and whether mail is permitted at that moment.

    What the directory does not say (no agency is known to have the network) is taken as "no".
    """
    if AgencyKind.STATE in {sender.kind, recipient.kind}:
        return Channel(Rule.AXIS, MailReason.OUTSIDE_PARTY)
    if {sender.kind, recipient.kind} != {AgencyKind.PARTY}:
        return Channel(Rule.INTERNET, MailReason.OUTSIDE_PARTY)
    # Điều 5.3: "bên gửi hoặc bên nhận không có kết nối mạng thông tin diện rộng của Đảng".
    if not sender.has_party_wan:
        return Channel(Rule.INTERNET, MailReason.NO_WAN_SENDER)
    if not recipient.has_party_wan:
        return Channel(Rule.INTERNET, MailReason.NO_WAN_RECIPIENT)
    concerned = {sender.code, recipient.code, ""}
    down = (one.id for one in incidents if one.agency in concerned and one.is_open_at(at))
    incident = next(down, None)
    return Channel(Rule.WAN, MailReason.INCIDENT if incident else None, incident)
