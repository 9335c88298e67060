"""Quyền hạn, chức vụ, họ tên: the block of the signature, at the foot of a paper's last page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mailbridge.reading.rows import Page, Piece

_COMPETENCE = re.compile(
    r"^(?:T ?/ ?M|K ?/ ?T|T ?/ ?L|T ?/ ?U ?Q|TM|KT|TL|TUQ|T\.M|K\.T|T\.L)\b[./]? ?(?=\w)"
)
_ACTING = re.compile(r"^(?:Q|QUYỀN)[./]? (?=\w)")
_POSITION = re.compile(
    r"^(?:q[./]? ?|quyen )?(?:(?:pho )?(?:tong )?(?:bi thu|chu tich|chanh|truong|giam doc|chu nhiem"
    r"|cuc truong|vu truong|vien truong|hieu truong|bien tap|thu ky|chi huy|chinh uy|tu lenh"
    r"|doi truong|tram truong|chi cuc truong)|uy vien|bo truong|thu truong|thu tuong|chinh uy"
    r"|ke toan|thu quy|dai dien|nguoi|thuong truc|kiem toan|tong thanh tra|to truong|to pho)\b"
)
_RANK = re.compile(
    r"^(?:(?:(?:gs|pgs|ts|ths|bs|ds|ks|cn|ls|nsnd|nsưt|ngưt|ngnd|ttưt|bscki+|dscki+|cki+)\b[., ]*"
    r"|(?:đại|thượng|trung|thiếu) (?:tướng|tá|úy|uý)\b ?)+)",
    re.IGNORECASE,
)
_LETTERS = "A-ZĐÀ-ỹ"
_NAME = re.compile(r"^[^\W\d_]['’]?[^\W\d_]*(?:[ -][^\W\d_]['’]?[^\W\d_]*){1,5}$")
# Family names: a line in capitals is a name only with one of them.
_FAMILIES = re.compile(
    r"^(?:nguyễn|trần|lê|phạm|hoàng|huỳnh|phan|vũ|võ|đặng|bùi|đỗ|hồ|ngô|dương|lý|đinh|trịnh|tô|mai"
    r"|cao|lò|quàng|thạch|đoàn|nông|giàng|lâm|lương|lưu|hà|đào|tạ|chu|kiều|thái|la|mã|triệu|hứa|vi"
    r"|vàng|sùng|thào|lù|tống|tăng|châu|phùng|quách|nghiêm|mạc|bạch|khuất|an|âu|sơn|danh|kim|điểu"
    r"|ksor|rcom|siu|y) "
)
_NAME_WORDS, _OFFICE = 5, 50
_NO_NAME = re.compile(r"^(?:noi nhan|da ky|ky boi|nguoi ky|email|co quan|thoi gian|luu|nhu tren)\b")
_TO = re.compile(r"^noi nhan\b")
# So far down from the first line of a block its name may stand, in points.
_HIGH = 330.0
# Of two signatures one may have more lines, and its name stands lower, in points.
_LOWER = 100.0
# Between office and name there is room for a signature, in heights of letters.
_ROOM = 2.2
# The lines of a block have one middle; a table above it has not.
_ASIDE = 85.0
_BOUNDARY = 0.46


@dataclass(frozen=True, slots=True)
class Signer:
    """One signature as printed: lines of competence, position, name without rank."""

    competence: tuple[str, ...]
    position: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Signed:
    """The signatures of a page, from left to right, and where they begin."""

    signers: tuple[Signer, ...]
    # Whether prefix and position frame the name, or it is only likely.
    framed: bool
    y: float


def signed_on(page: Page) -> Signed | None:
    """Find the signatures of a page: the last block of it counts."""
    sides = list(page.sides(_BOUNDARY))
    right = [two for _, two in sides if two is not None]
    found = _block(right)
    if found is None:
        return None
    signer, top, low = found
    beside = [
        one for one, two in sides
        if one is not None and top + 8 >= one.y >= low - _LOWER and one.right < page.width * 0.62
    ]  # fmt: skip
    joint = _block(_before_recipients(beside)) if page.placed else None
    signers = (joint[0], signer) if joint else (signer,)
    framed = all(each.competence or each.position for each in signers)
    return Signed(signers, framed, top)


def _before_recipients(pieces: Sequence[Piece]) -> list[Piece]:
    kept: list[Piece] = []
    for piece in pieces:
        if _TO.match(piece.bare):
            break
        kept.append(piece)
    return kept


def _block(pieces: Sequence[Piece]) -> tuple[Signer, float, float] | None:
    """Search a column from below: a name, above it position and competence."""
    for at in range(len(pieces) - 1, -1, -1):
        name = name_in(pieces[at])
        if name is None:
            continue
        lines = _above(pieces, at)
        loud = pieces[at].text.isupper()
        if lines and loud and lines[-1].y - pieces[at].y < _ROOM * pieces[at].size:
            # A heading in capitals below an office; a name leaves room for the hand.
            continue
        if lines:
            competence, position = _parts(lines)
            return Signer(competence, position, name), lines[0].y, pieces[at].y
    return None


def _above(pieces: Sequence[Piece], at: int) -> list[Piece]:
    """Gather the lines in capitals that head the name; other lines between are drawn by seals."""
    name, lines = pieces[at], list[Piece]()
    for piece in reversed(pieces[:at]):
        if piece.y - name.y > _HIGH:
            break
        if abs(piece.middle - name.middle) > _ASIDE:
            continue
        quiet = _is_office(piece) and not any(line.text.isupper() for line in lines)
        if (piece.text.isupper() or quiet) and not piece.text[:1].isdigit():
            near = not lines or piece.y - lines[-1].y < 2.6 * max(piece.size, lines[-1].size)
            if not near:
                break
            lines.append(piece)
        elif lines:
            break
    lines.reverse()
    heads = [n for n, line in enumerate(lines) if _is_head(line)]
    return lines[heads[0] :] if heads else []


def _is_office(piece: Piece) -> bool:
    """Tell an office in small letters, "Phó Bí thư", from a sentence about one."""
    return _POSITION.match(piece.bare) is not None and len(piece.text) < _OFFICE


def _is_head(line: Piece) -> bool:
    return bool(
        _COMPETENCE.match(line.text) or _ACTING.match(line.text) or _POSITION.match(line.bare)
    )


def _parts(lines: Sequence[Piece]) -> tuple[tuple[str, ...], str | None]:
    """Sort the lines: prefixes begin a competence, words of office a position; others go on."""
    competence: list[str] = []
    position: list[str] = []
    current = position
    for line in lines:
        if _COMPETENCE.match(line.text):
            # "T/L BAN THƯỜNG VỤ / CHÁNH VĂN PHÒNG / K/T …": what stood before is not his own.
            competence += position
            position.clear()
            current = competence
            competence.append(line.text)
        elif _POSITION.match(line.bare) or _ACTING.match(line.text):
            current = position
            position.append(line.text)
        elif current:
            current[-1] = f"{current[-1]} {line.text}"
    return tuple(competence), " ".join(position).rstrip(" ,") or None


def name_in(piece: Piece) -> str | None:
    """Read a person's name, without rank; None where the line is none."""
    text = _RANK.sub("", piece.text).strip(" .,")
    if not _NAME.match(text) or _NO_NAME.match(piece.bare):
        return None
    words = text.split()
    if text.isupper():
        known = _FAMILIES.match(text.lower()) and not _is_head(piece)
        return (
            " ".join(_capital(word) for word in words)
            if known and len(words) <= _NAME_WORDS
            else None
        )
    if not all(word[:1].isupper() for word in words) or _POSITION.match(piece.bare):
        return None
    return text


def _capital(word: str) -> str:
    return word[:1] + word[1:].lower()
