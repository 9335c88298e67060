"""Read a submission: a mail that a person handed in becomes the draft of a document."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mailbridge.actions.examine import Examined, Matter, examine
from mailbridge.actions.house import House
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.examination import MailView
from mailbridge.model.parcel import File
from mailbridge.model.sending import Draft, DraftFile, Submission
from mailbridge.registry import agencies
from mailbridge.rules.submitted import wishes


@dataclass(frozen=True, slots=True)
class Read:
    """The draft, and the mail that is answered."""

    draft: Draft
    message_id: str | None
    subject: str
    # Lines of the mail that looked like a wish and were not understood.
    odd: tuple[str, ...] = ()


def read_submission(house: House, submission: Submission, now: datetime) -> Read:
    """Open the mail and keep its files; raises RefusedError, ChildDiedError or BugError."""
    chancery = house.of_office(submission.office)
    with house.database.reading() as tx:
        directory = agencies.directory(tx)
    source = house.blobs.path(submission.fingerprint)
    matter = Matter(source, house.trust, now, directory, keys=chancery.keys)
    with examine(house.rooms, matter) as found:
        opened = found.examination.opened
        mail = opened.mail or MailView()
        files = tuple(_kept(house, found, file) for file in _handed(opened.files))
        said = wishes(opened.texts[0].text if opened.texts else "")
    draft = Draft(
        office=submission.office,
        files=files,
        to=submission.recipients,
        subject=mail.subject,
        fields=dict(said.fields),
        urgency=said.urgency,
        number=said.number,
        ground=said.ground,
        due=said.due,
        encrypt=said.encrypt,
        overrule=said.overrule,
    )
    return Read(draft, mail.message_id, mail.subject, said.odd)


def _handed(files: tuple[File, ...]) -> tuple[File, ...]:
    """List what the person attached: not what lies inside it, nor what is about the mail."""
    paths = [file.path for file in files]
    return tuple(
        file
        for file in files
        if file.stored
        and not file.about
        and not any(file.path.startswith(f"{one}.") for one in paths if one != file.path)
    )


def _kept(house: House, found: Examined, file: File) -> DraftFile:
    house.blobs.put_file(_inside(found.folder, file.stored), file.sha256)
    return DraftFile(file.name, file.size, file.sha256)


def _inside(folder: Path, stored: str) -> Path:
    # Hostile: the name is the child's word, and the child has handled foreign octets.
    if Path(stored).name != stored or stored in {".", ".."}:
        raise RefusedError(Reason.TRAVERSAL, "a child named a file outside its scratch folder")
    return folder / stored
