"""Tên cơ quan ban hành: superior and issuing body as the left column of a head prints them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mailbridge.reading.rows import Piece

# Names of bodies begin with one of these words; a line that does not goes on with the one before.
_BEGINS = re.compile(
    r"^(?:tinh|thanh|huyen|thi|quan) (?:uy|doan)\b"
    r"|^(?:dang (?:bo|uy|doan)|chi (?:bo|uy|cuc)|ban|van phong|uy ban|ubnd|hdnd|ubmttq|hoi dong|hoi"
    r"|so|bo|cuc|tong cuc|vu|vien|toa an|truong|trung tam|trung uong|bao|dai|doan|lien doan"
    r"|cong doan|cong an|kho bac|bao hiem|benh vien|mat tran|thanh tra|phong|to|dai hoc|hoc vien"
    r"|cong ty|tong cong ty|tap doan|quan khu|quan doi|chinh phu|quoc hoi|thu tuong|chu tich"
    r"|nha xuat ban|ngan hang|thue|chi nhanh|doi|don|khoa|lien hiep|hop tac xa|tieu ban)\b"
)
# A line that ends so is not finished.
_OPEN = re.compile(
    r"(?:,|-| co| va| cua| cac| uy ban| dang uy| dang bo| ban| van phong| hoi dong)$"
)
_MOTTO = re.compile(r"^(?:dang cong san viet|cong hoa xa hoi|doc lap)")
_STOP = re.compile(r"^(?:S[ốô]\b|[Vv]/[Vv]|[Vv]ề việc|\(?[Dd]ự thảo|\(?DỰ THẢO)")
_STAR = " *•·-–—_=."
_LINES = 8
# Superior and issuing body, one line each: what most heads print.
_PLAIN = 2


@dataclass(frozen=True, slots=True)
class Printed:
    """The names as printed, and how sure it is where one ends and the other begins."""

    issuer: str
    superior: str | None
    confidence: float


def printed(lines: Sequence[Piece]) -> Printed | None:
    """Read the names; None where the column holds none."""
    kept: list[Piece] = []
    for line in lines:
        if _STOP.match(line.text):
            break
        starred = not line.text.strip(_STAR)
        if starred and kept:
            # The Party's star stands below the issuing body.
            break
        # "TÒA ÁN NHÂN DÂN KHU VỰC" / "2"
        upper = line.text.isupper() or (kept and line.text.isdigit())
        if upper and not _MOTTO.match(line.bare) and not starred:
            kept.append(line)
    if not kept or len(kept) > _LINES:
        return None
    by_weight = _by_weight(kept)
    return by_weight or _by_words(kept)


def _by_weight(kept: list[Piece]) -> Printed | None:
    """Tell them apart by weight: the issuing body alone is bold (05-HD/VPTW; NĐ 30, PL I)."""
    at = len(kept)
    while at and kept[at - 1].bold:
        at -= 1
    if at == len(kept) or any(line.bold for line in kept[:at]):
        return None
    superior = " ".join(line.text for line in kept[:at]) or None
    issuer = " ".join(line.text for line in kept[at:])
    if superior is None and len(_grouped(kept)) > 1:
        # All of it is bold: whoever typed it may have meant both.
        return _by_words(kept)
    return Printed(issuer, superior, 0.9)


def _by_words(kept: list[Piece]) -> Printed:
    groups = _grouped(kept)
    superior = " ".join(line.text for group in groups[:-1] for line in group) or None
    issuer = " ".join(line.text for line in groups[-1])
    plain = all(len(group) == 1 for group in groups) and len(groups) <= _PLAIN
    return Printed(issuer, superior, 0.85 if plain else 0.7)


def _grouped(kept: list[Piece]) -> list[list[Piece]]:
    groups: list[list[Piece]] = []
    for line in kept:
        # One word is the end of a name: "… VÀ MÔI" / "TRƯỜNG".
        begins = _BEGINS.match(line.bare) is not None and " " in line.bare
        if groups and (not begins or _OPEN.search(groups[-1][-1].bare)):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups
