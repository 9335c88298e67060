"""The last table of a digest: whether the register adds up, and how long its keys speak."""

from collections.abc import Iterator

from mailbridge.letters.words import day
from mailbridge.model.digested import KeyEnd, Material, Standing
from mailbridge.model.letter import Section
from mailbridge.model.outcome import OutcomeName

_OUTCOMES = {
    OutcomeName.REGISTERED: "vào sổ",
    OutcomeName.HELD: "chờ xử lý",
    OutcomeName.DUPLICATE: "trùng",
    OutcomeName.IMPOUNDED: "có dấu hiệu mật",
    OutcomeName.QUARANTINED: "cách ly",
    OutcomeName.APPLIED: "phản hồi đã ghi nhận",
    OutcomeName.NOTED: "thư khác",
    OutcomeName.DEFERRED: "hoãn",
    OutcomeName.REFUSED: "trả lại",
    None: "đang kiểm tra",
}


def sections(material: Material) -> Iterator[Section]:
    """Tell how register and keys stand, to who reads of the whole office."""
    standing = material.standing
    if standing is None:
        return
    rows = [("Sổ thư", _equality(standing))]
    if material.impounded:
        # Điều 5.1: a number alone, and nothing of what it is.
        rows.append(("Thư có dấu hiệu mật đang giữ", str(material.impounded)))
    closing = standing.closing
    if closing is not None:
        words = f"ngày {_day_of(closing.day)}: {closing.entries} dòng sổ, mã {closing.digest}"
        rows.append(("Khóa sổ gần nhất", words))
    rows.append(("Nhật ký", f"mã đầu chuỗi {standing.journal}"))
    rows += [("Chứng thư số", _key(one)) for one in standing.keys]
    rows += [("Tài khoản tạm dừng", f"{name}: {why}") for name, why in standing.suspended.items()]
    if standing.proposals:
        words = f"{standing.proposals} chứng thư chờ đối chiếu (mailbridge cert list --proposed)"
        rows.append(("Chứng thư mới", words))
    bad = {"Tài khoản tạm dừng", "Chứng thư số"}
    alarms = [at for at, (name, _) in enumerate(rows) if name in bad]
    if not standing.mails.is_equal:
        alarms.insert(0, 0)
    yield Section(
        title="Sổ sách và khóa",
        columns=("Mục", "Tình trạng"),
        rows=tuple(rows),
        command="mailbridge book verify",
        alarms=tuple(alarms),
    )


def _equality(standing: Standing) -> str:
    mails = standing.mails
    parts = ", ".join(
        f"{_OUTCOMES[name]} {count}"
        for name, count in sorted(mails.by_outcome.items(), key=lambda one: -one[1])
    )
    fits = "khớp" if mails.is_equal else "KHÔNG KHỚP, báo quản trị viên"
    counted = f"{mails.registered} thư vào sổ, {mails.documents} văn bản: {fits}"
    return f"{mails.rows} thư ({parts}); {counted}" if parts else "chưa có thư"


def _key(one: KeyEnd) -> str:
    whose = "khóa ký thư của ta" if one.own else one.whose
    until = f"hết hạn {day(one.until)}" if one.until else "không mở được khóa"
    return f"{whose}: {until}"


def _day_of(iso: str) -> str:
    return "/".join(reversed(iso.split("-")))
