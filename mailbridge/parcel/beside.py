"""Signatures that lie beside the file that they sign: matched by name, proven by digest."""

import hashlib

from asn1crypto import cms as asn1_cms

from mailbridge.model.errors import RefusedError
from mailbridge.model.parcel import File, SealClaim, SealForm
from mailbridge.parcel import cms, cms_files, openpgp_files
from mailbridge.parcel.unpacking import Place, Unpacking

_TYPES = {"application/pkcs7-signature", "application/pkcs7-mime"}
_SUFFIXES = (".p7s", ".p7m", ".sig", ".p7", ".cms", ".pem", ".der")
# A hundred signatures beside a hundred files: each pair costs a digest, which is kept.
_SIGNATURES = 64


def match(work: Unpacking) -> None:
    """Claim each detached signature for the file that it signs (RFC 5652 §5.2)."""
    openpgp_files.match(work)
    found = [file for file in work.files if file.type in _TYPES and not file.refused]
    digests: dict[tuple[str, str], bytes] = {}
    for number, file in enumerate(found):
        try:
            one = cms_files.read(work, file)
        except RefusedError:
            continue
        if one.is_detached and number < _SIGNATURES:
            _claim(work, file, one, digests)
        elif one.is_detached:
            work.unsupported.append((file.path, "cms-detached-file"))


def _claim(
    work: Unpacking, file: File, one: cms.Cms, digests: dict[tuple[str, str], bytes]
) -> None:
    """Claim it, for whichever file; without one its content is missing, and said to be."""
    signed = _given(work, file)
    if not signed:
        others = [each for each in work.files if each.path != file.path and each.stored]
        signed = _by_name(file, others) or _by_digest(work, one, others, digests)
    target = signed[0] if signed else None
    work.claims.append(
        SealClaim(
            SealForm.CMS,
            file.path,
            signature=work.write([one.der]).stored,
            signed=target.stored if target else "",
            end=target.size if target else 0,
            covers=tuple(each.path for each in signed),
            whole=target is not None and target.size > 0,
            on_file=True,
            unlocked_by=file.unlocked_by,
        )
    )


def _given(work: Unpacking, file: File) -> list[File]:
    """Take the content that the caller named for a signature given alone."""
    path = work.means.content
    if path is None or file.path != "1" or len(work.files) != 1:
        return []
    place = Place(file.path, on_file=True).inside(1)
    name = _stem(file.name) or path.name
    with path.open("rb") as opened:
        return [work.add_file(place, name, iter(lambda: opened.read(1 << 20), b""))]


def _by_name(file: File, others: list[File]) -> list[File]:
    """Find the file of its name in the same container: "a.pdf" beside "a.pdf.p7s" or "a.p7s"."""
    beside = [each for each in others if _holder(each) == _holder(file)]
    stem = _stem(file.name).lower()
    same = [each for each in beside if stem and each.name.lower() == stem]
    if not same:
        same = [each for each in beside if stem and each.name.lower().rpartition(".")[0] == stem]
        same = [each for each in same if each.type not in _TYPES]
    # Two files of one name: only the digest tells.
    return same if len(same) == 1 else []


def _holder(file: File) -> str:
    return file.path.rpartition(".")[0]


def _stem(name: str) -> str:
    return next((name[: -len(end)] for end in _SUFFIXES if name.lower().endswith(end)), "")


def _by_digest(
    work: Unpacking, one: cms.Cms, others: list[File], digests: dict[tuple[str, str], bytes]
) -> list[File]:
    """Find the files of which the signed message digest is (RFC 5652 §11.2)."""
    try:
        wanted = set(_wanted(one))
    except cms.UNREADABLE:
        return []
    found = []
    for each in others:
        for name, digest in wanted:
            if (name, each.stored) not in digests:
                with (work.scratch / each.stored).open("rb") as file:
                    digests[name, each.stored] = hashlib.file_digest(file, name).digest()
            if digests[name, each.stored] == digest:
                found.append(each)
    return found


def _wanted(one: cms.Cms) -> list[tuple[str, bytes]]:
    wanted = []
    for info in list(one.info["content"]["signer_infos"])[:4]:
        name = info["digest_algorithm"]["algorithm"].native
        if name not in {"sha1", "sha224", "sha256", "sha384", "sha512"}:
            continue
        wanted += [(name, digest) for digest in _digests(info)]
    return wanted


def _digests(info: asn1_cms.SignerInfo) -> list[bytes]:
    attributes = info["signed_attrs"] or ()
    return [
        each["values"][0].native for each in attributes if each["type"].native == "message_digest"
    ]
