"""Whose signatures a document needs on each of its files, by sender and type (Điều 4.1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from mailbridge.model.directory import AgencyKind, CertificateRole
from mailbridge.model.evidence import Evidence, Verdict
from mailbridge.model.reading import FieldName, Reading
from mailbridge.rules.wording import folded

ROLE_WORDS = {
    CertificateRole.SEAL: "chữ ký số của cơ quan",
    CertificateRole.PERSON: "chữ ký số của người ký",
}


class Written(Protocol):
    """A requirement as the settings write it."""

    @property
    def seals(self) -> Sequence[str]:
        """The roles, or "any"."""

    @property
    def agency_kind(self) -> str | None:
        """Kind of the sending agency."""

    @property
    def type(self) -> str | None:
        """Type of document."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """All of `seals` must stand on every main file; none named: one of either is enough."""

    seals: tuple[CertificateRole, ...] = ()
    # What it is for; None is any.
    agency_kind: AgencyKind | None = None
    type: str | None = None

    @classmethod
    def of(cls, written: Written) -> "Requirement":
        """Take one from the settings, which hold their words closed."""
        seals = () if written.seals == "any" else tuple(map(CertificateRole, written.seals))
        kind = AgencyKind(written.agency_kind) if written.agency_kind else None
        return cls(seals, kind, written.type)


def missing(
    evidence: Evidence,
    reading: Reading,
    kind: AgencyKind | None,
    requirements: tuple[Requirement, ...],
) -> tuple[tuple[str, str], ...]:
    """List (path, what) for each main file that lacks a required signature.

    The first requirement that fits decides. What cannot be told fits: a document of an unread type
    may be of the type that needs more. Without one, any seal of the agency or of its persons does.
    """
    read = reading.value(FieldName.TYPE)
    fitting = (one for one in requirements if _fits(one, kind, read))
    required = next(fitting, Requirement()).seals
    lacking = []
    for path, roles in evidence.file_roles.items():
        wanted = [ROLE_WORDS[role] for role in required if role not in roles]
        if not required and not roles:
            wanted = [" hoặc ".join(ROLE_WORDS.values())]
        if wanted:
            lacking.append((path, " và ".join(wanted)))
    return tuple(lacking)


def lowered(verdict: Verdict | None, lacking: tuple[tuple[str, str], ...]) -> Verdict | None:
    """Take legal value from what lacks a required signature: for reference it stays (Điều 4.2)."""
    return Verdict.REFERENCE if verdict is Verdict.LEGAL and lacking else verdict


def _fits(requirement: Requirement, kind: AgencyKind | None, read: str | None) -> bool:
    of_kind = None in {requirement.agency_kind, kind} or requirement.agency_kind is kind
    if requirement.type is None or read is None:
        return of_kind
    return of_kind and folded(requirement.type) == folded(read)
