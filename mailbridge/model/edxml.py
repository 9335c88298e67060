"""The edXML header of QCVN 102, as far as it is used here: claims, like all of a mail."""

from dataclasses import dataclass
from datetime import date


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
