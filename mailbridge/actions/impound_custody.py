"""What the cơ yếu officer, and nobody else, does with impounded mails: lists, takes out, erases.

He proves himself with the key of the certificate that they are locked for, or is on this machine
as the account that the settings name. Each act is a line of the journal.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from mailbridge.actions.house import House
from mailbridge.model.impounded import Impoundment, ImpoundState
from mailbridge.model.slot import Fingerprint
from mailbridge.parcel import officer
from mailbridge.registry import impounded, journal
from mailbridge.registry.custody import Custody
from mailbridge.registry.database import Transaction


class NotTheOfficerError(Exception):
    """Who asks has not proved that he is the officer; the text says why, in Vietnamese."""


class NoSuchImpoundedError(Exception):
    """There is no such incident, or nothing of it is kept here."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What somebody offers: a key file with its passphrase, and the user that he is logged in as.

    `user` is the name of the process's real user, as the kernel has it.
    """

    user: str
    key: Path | None = None
    passphrase: bytes | None = None


def proved(custody: Custody, proof: Proof) -> str:
    """Name how the officer proved himself; raises NotTheOfficerError."""
    if proof.key is not None:
        if custody.certificate is None:
            raise NotTheOfficerError("Cấu hình chưa có chứng thư của cán bộ cơ yếu.")
        try:
            is_his = officer.holds(proof.key, proof.passphrase, custody.certificate)
        except ValueError as error:
            raise NotTheOfficerError("Không mở được tệp khóa, hoặc sai mật khẩu.") from error
        if not is_his:
            raise NotTheOfficerError("Khóa này không thuộc chứng thư của cán bộ cơ yếu.")
        return f"key:{sha256(custody.certificate).hexdigest()[:16]}"
    if custody.account is not None and proof.user == custody.account:
        return f"account:{proof.user}"
    raise NotTheOfficerError(
        "Chỉ cán bộ cơ yếu được thực hiện: dùng --key với khóa của chứng thư đã cấu hình, "
        "hoặc đăng nhập bằng tài khoản nêu ở secrecy.officer_account."
    )


def listed(house: House, by: str, office: str | None, now: datetime) -> tuple[Impoundment, ...]:
    """List the incidents of an office, or of all."""
    with house.database.transaction() as tx:
        found = impounded.impoundments(tx, office)
        journal.append(tx, office or journal.HOUSE, "impounded-listed", "", {"by": by}, now)
    return found


def export(house: House, number: int, to: Path, by: str, now: datetime) -> Impoundment:
    """Copy the locked form to a new file; raises NoSuchImpoundedError, FileExistsError, OSError."""
    with house.database.reading() as tx:
        found = _kept(tx, house, number)
    octets = house.custody.path(found.digest).read_bytes()
    with to.open("xb") as file:
        file.write(octets)
    with house.database.transaction() as tx:
        _note(tx, found, "impounded-exported", by, now)
    return found


def erase(house: House, number: int, by: str, now: datetime) -> Impoundment:
    """Close an incident and erase the locked form; raises NoSuchImpoundedError, TryLaterError.

    The row goes first: who dies before the file is gone leaves it to the next start.
    """
    with house.database.transaction() as tx:
        found = impounded.get(tx, number)
        if found is None or found.state is ImpoundState.ERASED:
            raise NoSuchImpoundedError(f"Không có sự việc số {number}, hoặc đã xóa.")
        impounded.erased(tx, number, by, now)
        _note(tx, found, "impounded-erased", by, now)
        is_kept = impounded.is_kept(tx, Fingerprint(found.digest))
    if not is_kept:
        house.custody.erase(found.digest)
    return found


def _kept(tx: Transaction, house: House, number: int) -> Impoundment:
    found = impounded.get(tx, number)
    if found is None or found.state is not ImpoundState.KEPT or not house.custody.has(found.digest):
        raise NoSuchImpoundedError(f"Không giữ bản mã hóa nào của sự việc số {number}.")
    return found


def _note(tx: Transaction, found: Impoundment, event: str, by: str, now: datetime) -> None:
    data = {"by": by, "mail": str(found.ledger), "sha256": found.digest}
    journal.append(tx, found.office, event, f"impounded:{found.id}", data, now)
