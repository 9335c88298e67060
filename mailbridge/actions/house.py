"""What the actions work with: live objects and settings, built by `wiring` and by nobody else."""

from dataclasses import dataclass
from pathlib import Path

from mailbridge.actions.examine import Permissions, Rooms
from mailbridge.model.letter import Party
from mailbridge.registry.blobs import Blobs
from mailbridge.registry.database import Database
from mailbridge.rules.judge import Office
from mailbridge.rules.routing import Route


@dataclass(frozen=True, slots=True)
class Telling:
    """Whom of our own people we tell, and when."""

    clerk: str
    head: str | None
    routes: tuple[Route, ...]
    batch_minutes: int
    escalate_hours: int
    # Minutes between notices of urgent documents, by rank of urgency 1 to 3.
    repeat_minutes: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class House:
    """Everything that an action may need."""

    database: Database
    blobs: Blobs
    rooms: Rooms
    permissions: Permissions
    # Folder of roots, intermediates and CRLs.
    trust: Path
    office: Office
    book: str
    telling: Telling
    # Our own agency, by name of mailbox, as the sender of letters.
    parties: dict[str, Party]
    # Own secret: makes Message-IDs that nobody else can guess.
    secret: bytes
