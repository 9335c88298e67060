"""Appends copies of what we sent to a folder, each once, over a connection of its own.

The watched folder stays selected elsewhere: who selects another one there loses what it announces.
"""

from collections.abc import Iterable, Iterator
from functools import partial

from mailbridge.mailbox.account import Account
from mailbridge.mailbox.errors import edge
from mailbridge.mailbox.filing import into
from mailbridge.mailbox.session import Session, open_session, server_name, shut

# RFC 3501 §2.3.2: what we wrote ourselves nobody has to read.
_FLAGS = (b"\\Seen",)


def append_once(account: Account, folder: str, mails: Iterable[tuple[str, bytes]]) -> Iterator[str]:
    """Append each mail, named by its Message-ID, unless the folder has it; gives their names.

    A death between the appending and its row leaves the copy there: it is found, and not doubled.
    """
    session = open_session(account)
    try:
        target = server_name(folder, session.prefix, session.delimiter)
        for message_id, octets in mails:
            if not _has(session, target, message_id):
                append = partial(session.client.append, target, octets, flags=_FLAGS)
                into(session, target, append)
            yield message_id
    finally:
        shut(session.client)


def _has(session: Session, target: str, message_id: str) -> bool:
    with edge("look for a copy"):
        if not session.client.folder_exists(target):
            return False
        session.client.select_folder(target, readonly=True)
        return bool(session.client.search(["HEADER", "Message-ID", message_id]))
