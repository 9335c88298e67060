"""Three invented agencies, and the file that enrols agencies with their certificates."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from mailbridge.model.directory import Agency, CertificateRole, EnrolledCertificate

# The agency above all three.
PARENT = "Tỉnh ủy Hưng Yên"


@dataclass(frozen=True, slots=True)
class Invented:
    """An agency of the demo: who signs for it, and what its papers print."""

    code: str
    name: str
    symbol: str
    mailbox: str
    superior: str
    position: str
    signer: str

    def agency(self, certificates: Iterable[EnrolledCertificate] = ()) -> Agency:
        """Enrol it with these certificates."""
        return Agency(
            code=self.code,
            name=self.name,
            symbol=self.symbol,
            parent="DEMO.01",
            mailboxes=(self.mailbox,),
            valid_from=date(2025, 7, 1),
            certificates=tuple(certificates),
        )


SENDER = Invented(
    code="DEMO.01.01",
    name="Văn phòng Tỉnh ủy",
    symbol="VPTU",
    mailbox="vanphong.tu-vidu@hungyen.gov.vn",
    superior=PARENT,
    position="PHÓ CHÁNH VĂN PHÒNG",
    signer="Đỗ Thị Minh Nguyệt",
)
OWN = Invented(
    code="DEMO.02.07",
    name="Đảng ủy phường Ví Dụ",
    symbol="ĐU",
    mailbox="vanthu.du-vidu@hungyen.gov.vn",
    superior=PARENT,
    position="PHÓ BÍ THƯ",
    signer="Nguyễn Hữu Ước",
)
NEIGHBOUR = Invented(
    code="DEMO.01.03",
    name="Ban Nội chính Tỉnh ủy",
    symbol="BNCTU",
    mailbox="noichinh.tu-vidu@hungyen.gov.vn",
    superior=PARENT,
    position="PHÓ TRƯỞNG BAN",
    signer="Lưỡng Quý Khoẻ",
)


def enrolled(
    fingerprint: str, role: str, holder: str = "", since: date | None = None
) -> EnrolledCertificate:
    """Write one certificate of the directory; `role` is "seal", "person" or "mailbox"."""
    return EnrolledCertificate(fingerprint, CertificateRole(role), holder, since)


def directory_text(agencies: Iterable[Agency]) -> str:
    """Write a directory file as `directory.file` of the settings names it."""
    return "\n".join(_agency(agency) for agency in agencies)


def _agency(agency: Agency) -> str:
    pairs = {
        "code": agency.code,
        "name": agency.name,
        "symbol": agency.symbol,
        "kind": agency.kind.value,
        "parent": agency.parent,
        "mailboxes": agency.mailboxes,
        "has_party_wan": agency.has_party_wan,
        "valid_from": agency.valid_from,
        "valid_to": agency.valid_to,
        "successor": agency.successor,
        "openpgp": agency.openpgp,
    }
    return "[[agency]]\n" + _pairs(pairs) + "".join(map(_certificate, agency.certificates))


def _certificate(certificate: EnrolledCertificate) -> str:
    pairs = {
        "fingerprint": certificate.fingerprint,
        "role": certificate.role.value,
        "holder": certificate.holder,
        "since": certificate.since,
    }
    return "\n[[agency.certificate]]\n" + _pairs(pairs)


def _pairs(pairs: Mapping[str, object]) -> str:
    return "".join(
        f"{key} = {_value(value)}\n" for key, value in pairs.items() if value is not None
    )


def _value(value: object) -> str:
    """Write a TOML value; its strings, arrays and booleans are written as JSON writes them."""
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)
