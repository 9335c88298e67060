"""What the settings of the gateway say together and must not: one sentence a fault."""

import ipaddress
from collections.abc import Iterator

from pydantic import SecretStr

from mailbridge.settings.schema import Settings
from mailbridge.settings.schema_of_gateway import Gateway, Person, SubmissionDoor


def of_gateway(settings: Settings) -> Iterator[str]:
    """Say what is wrong with the doors, and with mailboxes that no mail could reach."""
    gateway = settings.gateway
    if gateway.submission is not None:
        yield from _of_submission(gateway, gateway.submission)
    lmtp = gateway.lmtp
    if lmtp is not None and lmtp.socket is None and not is_loopback(lmtp.host):
        yield (
            "gateway.lmtp.host: LMTP không có đăng nhập nên chỉ nghe trên chính máy này; "
            "dùng 127.0.0.1, ::1 hoặc gateway.lmtp.socket."
        )
    codes = {office.agency for office in settings.office}
    for index, person in enumerate(gateway.person):
        yield from _of_person(f"gateway.person[{index}]", person, codes)
    addresses = [person.address for person in gateway.person]
    for address in sorted({one for one in addresses if addresses.count(one) > 1}):
        yield f"gateway.person.address: {address} bị trùng; mỗi người cần một địa chỉ riêng."
    for index, mailbox in enumerate(settings.mailbox):
        if mailbox.imap is None and lmtp is None:
            yield (
                f"mailbox[{index}].imap: còn thiếu; hộp thư không đọc qua IMAP thì cần "
                "[gateway.lmtp] để nhận thư."
            )


def _of_submission(gateway: Gateway, door: SubmissionDoor) -> Iterator[str]:
    if door.security == "none" and not is_loopback(door.host):
        yield (
            'gateway.submission.security: "none" chỉ dùng cho máy nội bộ (127.0.0.1); '
            'hãy dùng "starttls".'
        )
    if door.security == "starttls" and not (door.certificate and door.key):
        yield "gateway.submission.certificate: STARTTLS cần certificate và key (tệp PEM)."
    if not gateway.person:
        yield "gateway.person: chưa có ai được gửi; khai [[gateway.person]] hoặc bỏ cổng này."


def _of_person(key: str, person: Person, codes: set[str]) -> Iterator[str]:
    if person.office not in (codes if len(codes) > 1 else {*codes, None}):
        listed = ", ".join(sorted(codes))
        yield f"{key}.office: phải là mã của một bảng [[office]]: {listed}."
    # The value itself is not repeated: it is a password.
    if isinstance(person.password, SecretStr) and not _is_hash(person.password):
        yield (
            f"{key}.password: không ghi mật khẩu ở đây; ghi mã băm do "
            "`mailbridge gateway password` in ra, hoặc { file = … }."
        )


def _is_hash(written: SecretStr) -> bool:
    return written.get_secret_value().startswith("$argon2id$")


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach that address."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
