"""The settings as frozen values. `description` is what `mailbridge config explain` prints."""

from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field

from mailbridge.settings.schema_of_books import Book, with_defaults
from mailbridge.settings.schema_of_digests import Digests
from mailbridge.settings.schema_of_examination import Examination, Network, Reading, Secrecy
from mailbridge.settings.schema_of_gateway import Gateway
from mailbridge.settings.schema_of_mail import Lower, Mailbox, Table
from mailbridge.settings.schema_of_recalls import Recall
from mailbridge.settings.schema_of_sending import Sending
from mailbridge.settings.schema_of_telling import Notices, Route
from mailbridge.settings.secret import Secret


class Office(Table):
    """Whose mailboxes these are."""

    agency: str = Field(description="Identifier (mã định danh) of our own agency in the directory.")
    clerk: Lower = Field(description="Address of the clerk (văn thư), the default handler.")
    head: Lower | None = Field(None, description="Address of the office head; gets urgent notices.")
    allowed_domains: tuple[Lower, ...] = Field(
        ("hungyen.gov.vn",),
        description="Mail domains that documents are exchanged with (Điều 3.8).",
    )
    book: str = Field("den", description="Book of incoming documents, if no [[book]] names one.")
    keys: Path | None = Field(
        None,
        description=(
            "Folder of the private keys that open what is sent to this agency; default: keys/ of "
            "the trust folder. Of several agencies each needs its own."
        ),
    )


class State(Table):
    """Where the service keeps what it must not lose."""

    folder: Path = Field(description="Folder of the register, the blobs and the lock.")
    database: str | None = Field(
        None,
        description=(
            "URL of a PostgreSQL register, without its password: "
            "postgresql+psycopg://mailbridge@db.hungyen.gov.vn/mailbridge. Default: SQLite."
        ),
    )
    database_password: Secret | None = Field(None, description="Where its password lies.")


class Intake(Table):
    """What is taken in."""

    start: Literal["now", "all"] | date = Field(
        "now",
        description='First mail of a new mailbox: "now", "all", or a date such as 2026-11-24.',
    )
    number_when: Literal["proven", "confirmed"] = Field(
        "proven", description='"proven" numbers by itself; "confirmed" waits for the clerk.'
    )
    watch_gaps: bool = Field(
        default=False,
        description="Show the clerk numbers that are missing between those that a sender sent.",
    )


class Policy(Table):
    """Which verdict is registered by itself."""

    legal: Literal["register", "hold"] = Field("register", description="Signed and proven.")
    reference: Literal["register", "hold"] = Field(
        "register", description="Unsigned file of a proven origin; labelled as reference only."
    )
    undetermined: Literal["hold"] = Field("hold", description="Always waits for the clerk.")
    failed: Literal["hold"] = Field("hold", description="Always waits for the clerk.")


class Rules(Table):
    """What local practice decides about the regulation's rules."""

    file: Path | None = Field(
        None, description="Paper in parallel, authority, handling times; default: as shipped."
    )
    calendar: Path | None = Field(
        None, description="Days off and worked, hours of the office; default: as shipped."
    )
    statuses: Path | None = Field(
        None,
        description="Statuses of documents and who sets them (Điều 11.8); default: as shipped.",
    )


class Prints(Table):
    """How books and slips are printed."""

    books: Path | None = Field(
        None,
        description=(
            "Folder with the office's own layouts of books: so-den.toml, so-di.toml, "
            "theo-doi.toml, buu-dien.toml; what is not there is printed as shipped."
        ),
    )


class Directory(Table):
    """The agencies that documents are exchanged with."""

    file: Path = Field(description="Directory file, loaded at the first start.")


class Trust(Table):
    """Roots, intermediates and CRLs."""

    folder: Path = Field(description="Folder with roots/, certs/ and crls/ (PEM or DER files).")


class Required(Table):
    """Whose signatures a document needs (Điều 4.1). The first that fits decides."""

    seals: Literal["any"] | tuple[Literal["seal", "person"], ...] = Field(
        description='"any": of the agency or of one of its persons; ["seal", "person"]: of both.'
    )
    agency_kind: Literal["party", "state", "mass", "other"] | None = Field(
        None, description="Kind of the sending agency, as in the directory."
    )
    type: str | None = Field(None, description="Type of document, e.g. Quyết định.")


class Settings(Table):
    """The whole file."""

    office: tuple[Office, ...] = Field(
        min_length=1,
        description="Our own agency as [office]; several in one installation as [[office]].",
    )
    state: State = Field(description="What is kept.")
    directory: Directory = Field(description="The agencies.")
    trust: Trust = Field(description="Roots and CRLs.")
    rules: Rules = Field(Rules(), description="Data of the rules.")
    intake: Intake = Field(Intake(), description="What is taken in.")
    policy: Policy = Field(Policy(), description="What is registered by itself.")
    examination: Examination = Field(Examination(), description="Limits.")
    reading: Reading = Field(Reading(), description="Machine reading of scans.")
    network: Network = Field(Network(), description="What may be asked of the network.")
    secrecy: Secrecy = Field(Secrecy(), description="What bears a mark of secrecy.")
    notices: Notices = Field(Notices(), description="Telling our people.")
    digest: Digests = Field(Digests(), description="Morning and evening digests.")
    sending: Sending = Field(Sending(), description="How documents leave.")
    recall: Recall = Field(Recall(), description="What others call back from us.")
    prints: Prints = Field(Prints(), description="Books and slips on paper.")
    gateway: Gateway = Field(Gateway(), description="Doors for mail programs and a mail server.")
    mailbox: tuple[Mailbox, ...] = Field(min_length=1, description="The mailboxes, one or more.")
    book: tuple[Book, ...] = Field((), description="Books, where the two default ones will not do.")
    route: tuple[Route, ...] = Field((), description="Rules for passing on.")
    required: tuple[Required, ...] = Field((), description="Signatures that documents need.")

    def mailboxes_of(self, office: Office) -> tuple[Mailbox, ...]:
        """List the mailboxes of an office; where there is one office, all are its."""
        if len(self.office) == 1:
            return self.mailbox
        return tuple(one for one in self.mailbox if one.office == office.agency)

    def books_of(self, office: Office) -> tuple[Book, ...]:
        """List the books of an office; a direction for which none is named has a default one."""
        return with_defaults(self.book, office.agency, office.book, alone=len(self.office) == 1)
