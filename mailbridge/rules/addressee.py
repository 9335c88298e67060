"""Whether a document is addressed to us (Điều 10.1)."""

from mailbridge.model.directory import Directory
from mailbridge.model.edxml import EdxmlHeader
from mailbridge.model.examination import MailView


def is_ours(
    mail: MailView,
    edxml: EdxmlHeader | None,
    own_code: str,
    own_addresses: tuple[str, ...],
    directory: Directory,
) -> bool:
    """Tell whether the mail may be meant for us; an empty To (Bcc) says nothing against it."""
    if edxml is not None and edxml.to:
        return own_code.lower() in {code.lower() for code in edxml.to}
    named = {address.spec for address in (*mail.to, *mail.cc)}
    if named & set(own_addresses):
        return True
    # Only addresses of known agencies show that somebody else is meant: lists and aliases do not.
    return not any(directory.by_address(spec) for spec in named)
