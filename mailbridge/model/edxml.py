"""The edXML header of QCVN 102, as far as it is used here: claims, like all of a mail."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Business:
    """What a packet does to a document that was sent before (Bussiness of TraceHeaderList)."""

    # BussinessDocType: "0" new, "1" recall, "2" update, "3" replacement.
    type: str
    # The document that is recalled or brought up to date, where it is named.
    document_id: str | None = None
    reason: str | None = None
    # A paper original goes along.
    paper: bool | None = None
    # What an update changes: data of the document, the list of its receivers.
    changes_data: bool = False
    changes_receivers: bool = False
    # (OrganId, whether it is added); what is not added is removed.
    receivers: tuple[tuple[str, bool], ...] = ()
    # (DocumentId that is replaced, OrganIds for whom; none means for all).
    replaces: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """A file that the header names: a part of the mail by its Content-ID, or one inside."""

    content_id: str
    type: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class OtherInfo:
    """What else is said of the document (clause 1.11)."""

    sphere: str | None = None
    typist: str | None = None
    copies: int | None = None
    pages: int | None = None
    appendices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EdxmlHeader:
    """MessageHeader of a document or status message."""

    message: str
    sender: str | None = None
    to: tuple[str, ...] = ()
    document_id: str | None = None
    number: str | None = None
    notation: str | None = None
    issued: date | None = None
    type: str | None = None
    subject: str | None = None
    signer: str | None = None
    position: str | None = None
    priority: int | None = None
    due: date | None = None
    status_code: str | None = None
    # "0" new, "1" recall, "2" update, "3" replacement.
    business: str | None = None
    attachments: int = 0
    # The rest of the Bussiness block.
    trace: Business | None = None
    references: tuple[Reference, ...] = ()
    other: OtherInfo | None = None
    # When a status was set, as its writer says (without a zone: Vietnam time).
    stated: datetime | None = None
    # Where it lies in the mail.
    path: str = ""
    # It lies in a mail within the mail, and is not said by who sent this one.
    is_forwarded: bool = False

    @property
    def is_recall(self) -> bool:
        """Tell whether it calls a document back: status 13, or a packet of type 1."""
        return self.status_code == "13" or self.business == "1"
