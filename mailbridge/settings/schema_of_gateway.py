"""The settings of the gateway: both doors are closed until they are named here."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr

from mailbridge.settings.schema_of_mail import Lower, Table
from mailbridge.settings.secret import Secret


class SubmissionDoor(Table):
    """Where our people's mail programs hand in documents to be sent (SMTP)."""

    host: str = Field("127.0.0.1", description="Address that is listened at.")
    port: int = Field(1587, ge=0, le=65535, description="Port; 0 takes a free one.")
    security: Literal["starttls", "none"] = Field(
        "starttls",
        description='"starttls": nothing is heard before TLS; "none" on loopback alone.',
    )
    certificate: Path | None = Field(None, description="Certificate with its chain (PEM).")
    key: Path | None = Field(None, description="Its private key (PEM, without a passphrase).")
    hostname: str = Field("localhost", description="Name of this server, as its certificate says.")


class LmtpDoor(Table):
    """Where the local mail server delivers (LMTP), instead of being polled."""

    socket: Path | None = Field(None, description="Unix socket; None: a port of this machine.")
    host: str = Field("127.0.0.1", description="Loopback address that is listened at.")
    port: int = Field(1024, ge=0, le=65535, description="Port; 0 takes a free one.")
    hostname: str = Field("localhost", description="Name that is told to the mail server.")


class Person(Table):
    """A person who may submit. The login name is the address."""

    name: str = Field(description="Name, as the register shows who sent.")
    address: Lower = Field(description="Own address: login, sender, and where answers go.")
    office: str | None = Field(
        None, description="Identifier of our agency that it is for, where there are several."
    )
    password: SecretStr | Secret = Field(
        description=(
            "Hash that `mailbridge gateway password` prints, or where hash or password lies: "
            "{ file = … }, { credential = … }, { command = … }."
        )
    )


class Gateway(Table):
    """Doors for mail programs and for a mail server; each is closed unless it is named."""

    submission: SubmissionDoor | None = Field(None, description="Door for mail programs (SMTP).")
    lmtp: LmtpDoor | None = Field(None, description="Door for the local mail server (LMTP).")
    person: tuple[Person, ...] = Field((), description="People who may submit.")
