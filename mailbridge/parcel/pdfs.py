"""PDF files: the seals inside, and whether they are locked."""

from mailbridge.model.parcel import File, LockForm, LockWhy, SealClaim, SealForm
from mailbridge.parcel.unpacking import Place, Unpacking

_TAIL = 4096


def open_pdf(work: Unpacking, file: File, place: Place) -> None:
    """Claim the seals of a PDF (ISO 32000-2 §12.8), and name its lock."""
    octets = (work.scratch / file.stored).read_bytes()
    if b"/ByteRange" in octets:
        work.claims.append(
            SealClaim(
                SealForm.PADES,
                file.path,
                signed=file.stored,
                end=file.size,
                covers=(file.path,),
                on_file=True,
                unlocked_by=place.unlocked_by,
            )
        )
    if b"/Encrypt" in octets[-_TAIL:]:
        work.lock(LockForm.PDF, place, LockWhy.UNSUPPORTED)
        work.unsupported.append((file.path, "pdf-locked"))
