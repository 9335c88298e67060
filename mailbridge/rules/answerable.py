"""Whether a person may act on a document by reply: it is in the register and in their hands."""

from enum import StrEnum

from mailbridge.model.document import Document, DocumentState


class Hold(StrEnum):
    """What a person has to do with a document."""

    ACTS = "acts"
    # It is somebody else's to handle (Điều 5.2).
    PASSED_ON = "passed-on"
    # Returned, called back, replaced, or found to be none of the register's.
    GONE = "gone"


def hold(document: Document | None, person: str, *, leads: bool) -> Hold:
    """Tell it; `leads`: the person is the clerk or the head, to whom all of the office goes."""
    if document is None or document.state is not DocumentState.REGISTERED:
        return Hold.GONE
    if leads or (document.handler or "").lower() == person.lower():
        return Hold.ACTS
    return Hold.PASSED_ON
