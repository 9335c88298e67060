"""From findings and seals to the one verdict (Điều 4; DESIGN section 3). Pure."""

from mailbridge.model.directory import CertificateRole
from mailbridge.model.evidence import (
    Coverage,
    Finding,
    Integrity,
    LaterChanges,
    Level,
    Seal,
    Trust,
    Verdict,
)
from mailbridge.model.parcel import File, SealForm

_SPEAKS = {CertificateRole.SEAL, CertificateRole.PERSON}
# What gives a file legal value is on the file itself (Điều 4.1).
ON_FILES = {SealForm.PADES, SealForm.CMS}
_ON_MAILS = {SealForm.SMIME, SealForm.OPENPGP}
# What makes a seal worthless although its octets and its chain are good.
_WEAK = {"weak-algorithm", "weak-key", "weak-chain", "no-signed-attributes"}


def stands(seal: Seal) -> bool:
    """Tell whether a seal is intact, whole, trusted, bound and unchanged since."""
    return (
        seal.integrity is Integrity.INTACT
        and seal.coverage is Coverage.WHOLE
        and seal.trust is Trust.TRUSTED
        and seal.bound
        and seal.later_changes is not LaterChanges.FORBIDDEN
        and not _WEAK & set(seal.why)
    )


def proves_mail(seals: tuple[Seal, ...]) -> bool:
    """Tell whether a seal over the whole mail stands."""
    return any(seal.form in _ON_MAILS and not seal.on_file and stands(seal) for seal in seals)


def proves_origin(seals: tuple[Seal, ...], files: tuple[File, ...]) -> bool:
    """Tell whether the mail, or each of its main files, stands proven (Điều 6.2)."""
    main = main_files(files)
    sealed = [any(_stands_on(seal, file) for seal in seals) for file in main]
    return proves_mail(seals) or (bool(main) and all(sealed))


def _stands_on(seal: Seal, file: File) -> bool:
    return seal.form in ON_FILES and file.path in seal.covers and stands(seal)


def file_roles(
    seals: tuple[Seal, ...], files: tuple[File, ...]
) -> dict[str, tuple[CertificateRole, ...]]:
    """Tell for each main file whose seals stand on it; `rules` know whose are required."""
    return {
        file.path: tuple(
            dict.fromkeys(
                seal.role
                for seal in seals
                if seal.role is not None and seal.role in _SPEAKS and _stands_on(seal, file)
            )
        )
        for file in main_files(files)
    }


def main_files(files: tuple[File, ...]) -> tuple[File, ...]:
    """List the files that must bear a signature: the PDFs, the form in which offices sign."""
    return tuple(file for file in files if file.type == "application/pdf")


def decide(
    findings: tuple[Finding, ...],
    seals: tuple[Seal, ...],
    files: tuple[File, ...],
    roles: dict[int, CertificateRole],
    *,
    origin_proven: bool,
    something: bool,
) -> Verdict | None:
    """Decide: the weakest decides; not checked is never good.

    `roles` names, by index of the seal, for what the directory enrolled its certificate.
    """
    levels = {finding.level for finding in findings}
    if Level.FAIL in levels:
        return Verdict.FAILED
    if Level.UNCHECKED in levels:
        return Verdict.UNDETERMINED
    if not something:
        return None
    main = main_files(files)
    if main and all(_is_signed(file, seals, roles) for file in main):
        return Verdict.LEGAL
    return Verdict.REFERENCE if origin_proven else Verdict.UNDETERMINED


def _is_signed(file: File, seals: tuple[Seal, ...], roles: dict[int, CertificateRole]) -> bool:
    """One intact seal of the agency or of one of its persons on the file itself (Điều 4.1)."""
    return any(
        _stands_on(seal, file) and roles.get(index) in _SPEAKS for index, seal in enumerate(seals)
    )
