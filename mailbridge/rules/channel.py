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


# The grounds in the words of the regulation.
GROUNDS = {
    MailReason.NO_WAN_SENDER: "bên gửi không có kết nối mạng thông tin diện rộng của Đảng",
    MailReason.NO_WAN_RECIPIENT: "bên nhận không có kết nối mạng thông tin diện rộng của Đảng",
    MailReason.INCIDENT: "mạng thông tin diện rộng của Đảng có sự cố kỹ thuật",
    MailReason.OUTSIDE_PARTY: "bên gửi hoặc bên nhận không phải cơ quan đảng",
    MailReason.OTHER: "lý do khác",
}


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
    # What a person said, where the ground is OTHER.
    said: str = ""

    @property
    def why(self) -> str:
        """Give the ground in Vietnamese with its code; nothing where there is none."""
        if self.ground is None:
            return ""
        more = f" số {self.incident}" if self.incident else f": {self.said}" if self.said else ""
        return f"{GROUNDS[self.ground]}{more} ({self.ground.value})"


def channel(
    sender: Agency,
    recipient: Agency,
    incidents: tuple[Incident, ...],
    at: datetime,
    said: str = "",
) -> Channel:
    """Tell the rule between them, and whether mail is permitted at that moment.

    A person's own words are the ground where nothing else is; what he leaves empty says nothing.

    What the directory does not say (no agency is known to have the network) is taken as "no".
    """
    if AgencyKind.STATE in {sender.kind, recipient.kind}:
        return Channel(Rule.AXIS, MailReason.OUTSIDE_PARTY)
    if {sender.kind, recipient.kind} != {AgencyKind.PARTY}:
        return Channel(Rule.INTERNET, MailReason.OUTSIDE_PARTY)
    return _between_party(sender, recipient, incidents, at, said)


def _between_party(
    sender: Agency, recipient: Agency, incidents: tuple[Incident, ...], at: datetime, said: str
) -> Channel:
    # Điều 5.3: "bên gửi hoặc bên nhận không có kết nối mạng thông tin diện rộng của Đảng".
    if not sender.has_party_wan:
        return Channel(Rule.INTERNET, MailReason.NO_WAN_SENDER)
    if not recipient.has_party_wan:
        return Channel(Rule.INTERNET, MailReason.NO_WAN_RECIPIENT)
    concerned = {sender.code, recipient.code, ""}
    down = (one.id for one in incidents if one.agency in concerned and one.is_open_at(at))
    incident = next(down, None)
    if incident is not None:
        return Channel(Rule.WAN, MailReason.INCIDENT, incident)
    words = " ".join(said.split())
    return Channel(Rule.WAN, MailReason.OTHER if words else None, said=words)
