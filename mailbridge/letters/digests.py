"""Digests (bản tổng hợp): the one letter that an office reads in the morning and the evening."""

from itertools import chain

from mailbridge.clock import in_vietnam
from mailbridge.letters import digest_gaps, digest_sent
from mailbridge.letters.digest_sections import sections
from mailbridge.letters.ids import message_id
from mailbridge.model.digested import Material
from mailbridge.model.letter import DigestFacts, Letter, LetterKind, Offer, Section

_EDITIONS = {"morning": "Sáng", "evening": "Chiều"}


def letter_id(secret: bytes, office: str, to: str, day: str, edition: str) -> str:
    """Name the digest of one edition of one day to one person: owed once, whoever asks again."""
    return message_id(secret, "digest", office, to, day, edition)


def facts(material: Material, agency: str, edition: str, *, sheet: bool) -> DigestFacts:
    """Write everything that a digest says."""
    shown = in_vietnam(material.at)
    tables = sections(material)
    when = f"{_EDITIONS.get(edition, edition)} {shown:%d/%m}"
    return DigestFacts(
        title=f"Tình hình văn bản điện tử {when.lower()}/{shown:%Y}",
        agency=agency,
        at=material.at,
        since=material.since,
        headline=f"{when}: {'; '.join(_said(material)) or 'không có việc cần xử lý'}",
        sections=tables,
        sheet=sheet,
        documents=_named(material),
        offers=_offers(material, tables),
    )


def _offers(material: Material, tables: tuple[Section, ...]) -> tuple[Offer, ...]:
    """List what a reply may act on: what is left out of its table shows no code."""
    shown = {code for table in tables for code in table.codes}
    return tuple(Offer(code, of) for of, code in material.codes.items() if code in shown)


def _named(material: Material) -> tuple[int, ...]:
    """Name the documents of which it tells something."""
    lists = (material.came, material.urgent, material.overdue, material.refused)
    paired = (*(one for _, one in material.recalled), *(one for _, one in material.papers))
    showing = (one.shown_by for one in material.missing or () if one.shown_by is not None)
    every = (*chain(*lists), *paired, *showing, *(one.document for one in material.sent))
    return tuple(sorted({one.id for one in every}))


def _said(material: Material) -> list[str]:
    """Give the facts of the subject, the gravest first; what is nought is not said."""
    sent = material.sent
    standing = material.standing
    counted = (
        (len([one for one in material.recalled if one[0].code == "13"]), "yêu cầu thu hồi"),
        (len(material.urgent), "văn bản khẩn chưa xác nhận"),
        (len([x for x in sent if x.exchange.state in digest_sent.RETURNED]), "văn bản đi bị trả"),
        (len([x for x in sent if digest_sent.is_late(x, material)]), "nơi nhận quá hạn phản hồi"),
        (len(material.overdue), "văn bản quá hạn xử lý"),
        (len(material.held), "thư chờ văn thư"),
        (len([x for x in sent if x.exchange.is_disputed]) + len(material.strays), "mâu thuẫn"),
        (digest_gaps.count(material), "số văn bản còn thiếu"),
        (len([x for x in sent if digest_sent.is_silent(x)]), "nơi nhận chờ phản hồi"),
        (len(material.came), "văn bản đến mới"),
    )
    said = [f"{count} {words}" for count, words in counted if count]
    if standing is not None and not standing.mails.is_equal:
        said.insert(0, "SỔ THƯ KHÔNG KHỚP")
    # A subject of a dozen numbers is not read.
    return said[:5]


def digest(made: DigestFacts, name: str, to: str, mailbox: str) -> Letter:
    """Make the letter."""
    return Letter(
        id=name,
        kind=LetterKind.DIGEST,
        mailbox=mailbox,
        to=to,
        facts=made,
        owed_at=made.at,
        not_before=made.at,
        urgent=False,
    )
