"""The demo's office: settings, trust, keys and directory in a folder of its own."""

from pathlib import Path

from mailbridge.demo.agencies import NEIGHBOUR, OWN, SENDER, directory_text, enrolled
from mailbridge.demo.hierarchy import Hierarchy
from mailbridge.demo.server import HOST, MailServer

CLERK = "canbo.du-vidu@hungyen.gov.vn"

_SETTINGS = """# Made by the demo.
[office]
agency = "{own.code}"
clerk = "{clerk}"

[state]
folder = "state"

[directory]
file = "agencies.toml"

[trust]
folder = "trust"

[intake]
start = "all"

[network]
dns = false
fetch_revocation = false

[notices]
batch_minutes = 0

[[mailbox]]
name = "vanthu"
address = "{own.mailbox}"
display = "Văn thư {own.name}"

[mailbox.imap]
host = "{host}"
port = {imap}
security = "none"
user = "{own.mailbox}"
secret = {{ file = "password" }}

[mailbox.smtp]
host = "{host}"
port = {smtp}
security = "none"
user = ""
secret = {{ file = "password" }}

[mailbox.key]
file = "mailbox.p12"
passphrase = {{ file = "passphrase" }}
"""


def set_up(folder: Path, keys: Hierarchy, server: MailServer) -> Path:
    """Write everything that the service needs; gives the settings file."""
    folder.mkdir(parents=True, exist_ok=True)
    keys.write_trust(folder / "trust")
    (folder / "agencies.toml").write_text(_directory(keys), encoding="utf-8")
    (folder / "mailbox.p12").write_bytes(keys.own_mailbox.p12("demo"))
    (folder / "passphrase").write_text("demo", encoding="utf-8")
    (folder / "password").write_text(server.password, encoding="utf-8")
    for secret in ("mailbox.p12", "passphrase", "password"):
        (folder / secret).chmod(0o600)
    settings = folder / "mailbridge.toml"
    settings.write_text(_settings(server), encoding="utf-8")
    return settings


def _directory(keys: Hierarchy) -> str:
    return directory_text(
        (
            SENDER.agency(
                (
                    enrolled(keys.seal.fingerprint, "seal", SENDER.name),
                    enrolled(keys.person.fingerprint, "person", SENDER.signer),
                    enrolled(keys.mailbox.fingerprint, "mailbox", SENDER.mailbox),
                )
            ),
            NEIGHBOUR.agency(
                (enrolled(keys.neighbour_mailbox.fingerprint, "mailbox", NEIGHBOUR.mailbox),)
            ),
            OWN.agency(
                (
                    enrolled(keys.own_seal.fingerprint, "seal", OWN.name),
                    enrolled(keys.own_mailbox.fingerprint, "mailbox", OWN.mailbox),
                )
            ),
        )
    )


def _settings(server: MailServer) -> str:
    return _SETTINGS.format(
        own=OWN, clerk=CLERK, host=HOST, imap=server.imap_port, smtp=server.smtp_port
    )
