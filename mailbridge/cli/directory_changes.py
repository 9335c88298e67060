"""What a directory file changes, old → new, for the person who answers for it.

Verdicts rest on the mailboxes and fingerprints that stand in the directory: none changes unseen.
"""

from collections.abc import Iterator
from dataclasses import fields
from itertools import zip_longest

from mailbridge.model.directory import Agency, CertificateRole, Directory, EnrolledCertificate

_NONE = "(không có)"
_LABELS = {
    "name": "tên",
    "symbol": "ký hiệu",
    "kind": "loại cơ quan",
    "parent": "cơ quan cấp trên",
    "mailboxes": "hộp thư",
    "has_party_wan": "có mạng diện rộng của Đảng",
    "valid_from": "có hiệu lực từ",
    "valid_to": "có hiệu lực đến",
    "successor": "cơ quan kế thừa",
    "openpgp": "khóa OpenPGP",
}
_ROLES = {
    CertificateRole.SEAL: "chứng thư số cơ quan",
    CertificateRole.PERSON: "chứng thư số cá nhân",
    CertificateRole.MAILBOX: "chứng thư số hộp thư",
}


def lines(old: Directory, new: Directory, code: str) -> list[str]:
    """List what changes of one agency, one line a value: an agency that comes or goes has all."""
    before = next((one for one in old.agencies if one.code == code), None)
    after = next((one for one in new.agencies if one.code == code), None)
    # What has neither name nor mailbox is what an agency is before it comes and after it went.
    empty = Agency(code, "")
    pair = (before or empty, after or empty)
    return [f"  {label}: {was} → {becomes}" for label, was, becomes in _changed(*pair)]


def _changed(before: Agency, after: Agency) -> Iterator[tuple[str, str, str]]:
    for field in fields(Agency):
        was, becomes = getattr(before, field.name), getattr(after, field.name)
        if field.name != "certificates" and was != becomes:
            yield _LABELS.get(field.name, field.name), _written(was), _written(becomes)
    for role, label in _ROLES.items():
        gone = _of_role(before, after, role)
        come = _of_role(after, before, role)
        for was, becomes in zip_longest(gone, come, fillvalue=_NONE):
            yield label, was, becomes


def _of_role(these: Agency, others: Agency, role: CertificateRole) -> list[str]:
    """Write the certificates of a role that the other state of the agency has not."""
    return [
        _certificate(one)
        for one in these.certificates
        if one.role is role and one not in others.certificates
    ]


def _certificate(one: EnrolledCertificate) -> str:
    since = f", từ {one.since}" if one.since else ""
    until = f", đến {one.until}" if one.until else ""
    holder = f" ({one.holder})" if one.holder else ""
    return f"{one.fingerprint}{holder}{since}{until}"


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or _NONE
    return str(value) if value else _NONE
