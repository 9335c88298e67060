"""The eight mails of the demo, and how each must end."""

from dataclasses import dataclass, replace
from datetime import timedelta

from mailbridge.clock import in_vietnam
from mailbridge.demo import mails, seals
from mailbridge.demo.agencies import OWN, SENDER
from mailbridge.demo.hierarchy import Hierarchy
from mailbridge.demo.mails import Head
from mailbridge.demo.papers import Paper, pdf
from mailbridge.model.evidence import Verdict
from mailbridge.model.outcome import OutcomeName

_COVER = "Kính gửi Đảng ủy phường Ví Dụ văn bản kèm theo thư này."


@dataclass(frozen=True, slots=True)
class Scene:
    """One mail with what must become of it; `verdict` where a document was judged."""

    title: str
    octets: bytes
    outcome: OutcomeName
    verdict: Verdict | None = None


def scenes(keys: Hierarchy) -> tuple[Scene, ...]:
    """Write the eight mails, in the order in which they are sent."""
    legal = _mail(keys, "215", _with_paper(_sealed(keys, "215"), "215"))
    return (
        Scene("Công văn có chữ ký số (PAdES)", legal, OutcomeName.REGISTERED, Verdict.LEGAL),
        _signed_mail(keys),
        Scene(
            "Thư và tệp đều không ký",
            _mail(keys, "217", _with_paper(_plain(keys, "217"), "217")),
            OutcomeName.HELD,
            Verdict.UNDETERMINED,
        ),
        _tampered(keys),
        _spoofed(keys),
        Scene(
            "Văn bản có dấu MẬT",
            _mail(keys, "220", _with_paper(_sealed(keys, "220", secrecy="MẬT"), "220")),
            OutcomeName.IMPOUNDED,
        ),
        Scene("Gửi lại đúng thư thứ nhất", legal, OutcomeName.DUPLICATE),
        _out_of_office(keys),
    )


def outgoing(keys: Hierarchy) -> bytes:
    """Print and seal the one document that our own office sends."""
    paper = Paper(
        "1",
        "CV/ĐU",
        in_vietnam(keys.now).date(),
        "về việc báo cáo kết quả thực hiện nhiệm vụ",
        issuer=OWN.name.upper(),
        superior=OWN.superior.upper(),
        place="Ví Dụ",
    )
    return seals.seal_pdf(pdf(paper), keys.own_seal, keys.now)


def _signed_mail(keys: Hierarchy) -> Scene:
    entity = _with_paper(_plain(keys, "216"), "216")
    signed = seals.sign_mail(entity, keys.mailbox, keys.now)
    title = "Thư có chữ ký số (S/MIME), tệp không ký"
    return Scene(title, _mail(keys, "216", signed), OutcomeName.REGISTERED, Verdict.REFERENCE)


def _tampered(keys: Hierarchy) -> Scene:
    changed = seals.overlay_pdf(_sealed(keys, "218"))
    octets = _mail(keys, "218", _with_paper(changed, "218"))
    return Scene("Tệp bị sửa sau khi ký", octets, OutcomeName.HELD, Verdict.FAILED)


def _spoofed(keys: Hierarchy) -> Scene:
    entity = _with_paper(_plain(keys, "219"), "219")
    signed = seals.sign_mail(entity, keys.neighbour_mailbox, keys.now)
    octets = _mail(keys, "219", signed)
    return Scene("Mạo danh: khóa của cơ quan khác", octets, OutcomeName.HELD, Verdict.FAILED)


def _out_of_office(keys: Hierarchy) -> Scene:
    head = replace(
        _head(keys, "vang-mat"),
        subject="Trả lời tự động: đồng chí văn thư đi công tác",
        extra="Auto-Submitted: auto-replied\r\n",
    )
    octets = mails.mail(head, mails.text("Tôi đi công tác đến hết tuần."))
    return Scene("Trả lời tự động", octets, OutcomeName.NOTED)


def _mail(keys: Hierarchy, number: str, entity: bytes) -> bytes:
    return mails.mail(_head(keys, number), entity)


def _head(keys: Hierarchy, number: str) -> Head:
    return Head(
        sender=SENDER.mailbox,
        to=OWN.mailbox,
        subject=f"Văn bản số {number}-CV/{SENDER.symbol}",
        when=keys.now,
        message_id=f"demo.{number}.{keys.now:%Y%m%d%H%M%S}@hungyen.gov.vn",
        name=SENDER.name,
    )


def _with_paper(document: bytes, number: str) -> bytes:
    return mails.with_file(_COVER, document, f"{number}-CV-{SENDER.symbol}.pdf")


def _plain(keys: Hierarchy, number: str, secrecy: str = "") -> bytes:
    day = in_vietnam(keys.now - timedelta(days=1)).date()
    return pdf(
        Paper(
            number,
            f"CV/{SENDER.symbol}",
            day,
            "triển khai gửi, nhận văn bản điện tử qua hộp thư công vụ",
            addressees=(OWN.name,),
            body=("Đề nghị các cơ quan rà soát hộp thư công vụ và chứng thư số.",),
            prefix="K/T CHÁNH VĂN PHÒNG",
            position=SENDER.position,
            signer=SENDER.signer,
            secrecy=secrecy,
        )
    )


def _sealed(keys: Hierarchy, number: str, secrecy: str = "") -> bytes:
    return seals.seal_pdf(_plain(keys, number, secrecy), keys.seal, keys.now)
