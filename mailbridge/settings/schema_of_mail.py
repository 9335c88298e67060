"""The settings of mailboxes and mail servers; `schema` holds the rest."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from mailbridge.settings.secret import Secret

Security = Literal["tls", "starttls", "none"]
Lower = Annotated[str, AfterValidator(str.lower)]


class Table(BaseModel):
    """A table of the TOML file: no unknown key, nothing changed after it was read."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Server(Table):
    """A mail server and how to log in."""

    host: str = Field(description="Host name, as its certificate says.")
    port: int = Field(ge=1, le=65535, description="Port.")
    security: Security = Field("tls", description='"tls", "starttls"; "none" on loopback alone.')
    user: str = Field(description="Login name.")
    secret: Secret = Field(description="Where the password or token lies.")
    ca_file: Path | None = Field(None, description="Roots for TLS, if not the system's.")
    timeout_seconds: float = Field(30.0, gt=0, description="Longest wait for an answer.")


class Imap(Server):
    """The IMAP side of a mailbox."""

    auth: Literal["password", "xoauth2", "oauthbearer"] = Field(
        "password", description="How the secret is used."
    )
    folder: str = Field("INBOX", description="Folder that is watched.")
    watch: Literal["idle", "noop"] = Field(
        "idle", description='"idle" waits; "noop" asks, which is quicker and busier.'
    )
    noop_seconds: float = Field(0.1, gt=0, description="Pause between questions of noop.")
    poll_seconds: int = Field(60, ge=1, description="Safety poll, whatever the server announces.")


class Smtp(Server):
    """Where the letters of a mailbox are submitted."""

    auth: Literal["password", "xoauth2"] = Field("password", description="How the secret is used.")


class Filing(Table):
    """Where mails are put once they are settled; an empty name leaves them in place."""

    method: Literal["auto", "move", "copy", "keywords", "none"] = Field(
        "auto", description="auto: the best that the server can do."
    )
    registered: str = Field("Đã vào sổ", description="Folder of registered documents.")
    held: str = Field("", description="Folder of what waits for the clerk.")
    duplicate: str = Field("Trùng lặp", description="Folder of duplicates.")
    quarantined: str = Field("Cách ly", description="Folder of what could not be examined.")
    noted: str = Field("", description="Folder of other correspondence.")
    sent: str = Field(
        "Sent", description="Folder that gets one copy of each document sent; empty: none."
    )


class Token(Table):
    """A PKCS#11 token: the key signs there and never leaves it."""

    module: Path = Field(description="The vendor's PKCS#11 library, e.g. libsofthsm2.so.")
    label: str = Field(description="Label of the token.", min_length=1)
    pin: Secret = Field(description="Where the user PIN lies.")
    certificate: Path | None = Field(
        None, description="PEM of the certificate and its chain, if they are not on the token."
    )
    key: str | None = Field(
        None, description="Label of the private key, if not the one that fits the certificate."
    )


class Key(Table):
    """The mailbox's own key for signing letters, in a file or a token; never the agency's seal."""

    file: Path | None = Field(None, description="PKCS#12 or PEM file with key and certificate.")
    passphrase: Secret | None = Field(None, description="Where the passphrase lies, if any.")
    token: Token | None = Field(None, description="The PKCS#11 token, in place of the file.")
    tsa: str | None = Field(
        None,
        description="http address of who time-stamps each signature (RFC 3161 §3.4).",
    )


class OpenPgp(Table):
    """The mailbox's OpenPGP key, which signs for agencies that read nothing else."""

    key: Path = Field(description="The secret key as gpg exports it.")
    fingerprint: str = Field(description="Its fingerprint, 40 hexadecimal digits.")
    passphrase: Secret | None = Field(None, description="Where the passphrase lies, if any.")


class Mailbox(Table):
    """One official mailbox."""

    name: str = Field(
        pattern=r"^[a-z0-9][a-z0-9-]{0,31}$", description="Short name, never changed."
    )
    office: str | None = Field(
        None, description="Identifier of the agency whose it is, where there are several."
    )
    address: Lower = Field(description="Its address.")
    display: str = Field("Văn thư", description="Name shown in letters.")
    aliases: tuple[Lower, ...] = Field((), description="Other addresses that lead here.")
    imap: Imap | None = Field(
        None, description="Where mail is read; None: it is delivered to [gateway.lmtp]."
    )
    smtp: Smtp | None = Field(None, description="Where letters are submitted.")
    filing: Filing = Field(Filing(), description="Where settled mails go.")
    key: Key | None = Field(None, description="Key that signs letters.")
    openpgp: OpenPgp | None = Field(
        None, description="Key that signs for agencies of which no certificate is known."
    )
