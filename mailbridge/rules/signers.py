"""Whether who signed with a personal certificate is who the document names (Điều 10.1)."""

import re
import unicodedata

from mailbridge.model.directory import CertificateRole
from mailbridge.model.evidence import Evidence, Integrity
from mailbridge.model.reading import FieldName, Reading
from mailbridge.rules.wording import folded

# Before a name stand ranks and courtesies; after it, in certificates, an office or an address.
_BEFORE = re.compile(
    r"^(?:(?:đồng chí|đ/c|ông|bà|gs|pgs|ts|ths|cn|ks|bs|luật sư|giáo sư|phó giáo sư|tiến sĩ|"
    r"thạc sĩ|cử nhân|kỹ sư|bác sĩ|đại tướng|thượng tướng|trung tướng|thiếu tướng|đại tá|"
    r"thượng tá|trung tá|thiếu tá|đại úy|thượng úy|trung úy|thiếu úy)(?:\.\s*|\s+))+"
)
_AFTER = re.compile(r"\s*(?:[(<,;|]|\s[-–—]\s|\S+@).*$")
# Grave, acute, tilde, hook above, dot below: Vietnamese writes a tone over either of two vowels.
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def differing(evidence: Evidence, reading: Reading) -> tuple[tuple[str, str], ...]:
    """List (path of the seal, name in its certificate) of persons who are not the signer read.

    Nothing where no signer was read, or where one of the persons is he: others countersign.
    """
    read = reading.value(FieldName.SIGNER)
    persons = [
        seal
        for seal in evidence.seals
        if seal.role is CertificateRole.PERSON
        and seal.integrity is Integrity.INTACT
        and seal.signer is not None
        and evidence.file_roles.keys() & set(seal.covers)
    ]
    names = [(seal.path, seal.signer.name) for seal in persons if seal.signer]
    # Of several who signed, each may have a certificate.
    signers = read.split(";") if read else []
    if not read or any(same_person(name, one.strip()) for _, name in names for one in signers):
        return ()
    return tuple(dict.fromkeys(names))


def same_person(certified: str, read: str) -> bool:
    """Compare two spellings of a name: Unicode form, case, spaces, ranks and places of tones aside.

    A certificate that was written without any accents is compared without them.
    """
    one, other = _name(certified), _name(read)
    if one.isascii():
        return bool(one) and one == folded(_name(read))
    return one == other


def _name(text: str) -> str:
    plain = " ".join(unicodedata.normalize("NFC", text).lower().split())
    plain = _BEFORE.sub("", _AFTER.sub("", plain))
    return " ".join(_toned(word) for word in plain.split())


def _toned(word: str) -> str:
    """Move the tone to the end of its word: "hoà" and "hòa" become one."""
    letters = unicodedata.normalize("NFD", word)
    tones = "".join(letter for letter in letters if letter in _TONES)
    bare = "".join(letter for letter in letters if letter not in _TONES)
    return unicodedata.normalize("NFC", bare) + tones
