"""Invented papers: a PDF with what is known of it, the same for the same set and index."""

from dataclasses import dataclass, replace

from mailbridge.model.reading import FieldName, Urgency
from tests.papers.drafts import PARTY, Draft, draft
from tests.papers.layout import laid_out
from tests.papers.looks import Look, look
from tests.papers.printing import printed


@dataclass(frozen=True, slots=True)
class Known:
    """A printed paper with its truth: a field that it does not name must stay empty."""

    which: str
    index: int
    pdf: bytes
    draft: Draft
    look: Look
    truth: dict[FieldName, str]
    urgency: Urgency


def paper(which: str, index: int, *, for_scanner: bool = False) -> Known:
    """Make one paper of the set "build" or "held-out".

    `for_scanner` makes all letters visible: what a scanner's own layer of text lies on is paper.
    """
    made, chance = draft(which, index)
    chosen = look(chance, which)
    if for_scanner and chosen.emission == "layer":
        chosen = replace(chosen, emission="lines", lean=0.0)
    old = "old font" in made.odd
    chosen = replace(
        chosen,
        struck="struck twice" in made.odd,
        old_font=old,
        turned=0 if made.odd & {"stamped number", "stamped day"} else chosen.turned,
        decomposed=chosen.decomposed and not old,
        emission="lines" if old else chosen.emission,
    )
    sheet = laid_out(made, chosen, chance)
    octets = printed(sheet, chance)
    urgency = next(
        (
            each
            for each in Urgency
            if each.value.upper() == made.urgency.replace("Ả", "Ỏ").replace("HOỎ", "HỎA")
        ),
        Urgency.NORMAL,
    )
    return Known(
        which,
        index,
        octets,
        made,
        chosen,
        _truth(made, len(sheet.pages) - ("second document" in made.odd)),
        urgency,
    )


def _truth(made: Draft, pages: int) -> dict[FieldName, str]:
    known = {
        FieldName.NUMBER: made.number,
        FieldName.NOTATION: made.notation,
        FieldName.SYMBOL: made.symbol if made.number else "",
        FieldName.DATE: "" if made.odd & {"blank day", "impossible day"} else made.day.isoformat(),
        FieldName.TYPE: made.kind.capitalize() or "Công văn",
        FieldName.SUMMARY: made.summary[:500],
        FieldName.ISSUER: made.agency.name,
        FieldName.SUPERIOR: made.agency.superior,
        FieldName.PLACE: made.agency.place,
        FieldName.SIGNER: "; ".join(block.name for block in made.blocks),
        FieldName.POSITION: "; ".join(" ".join(block.position) for block in made.blocks),
        FieldName.COMPETENCE: "; ".join(one for block in made.blocks for one in block.competence),
        FieldName.ADDRESSEES: "; ".join(made.addressees),
        FieldName.RECIPIENTS: "; ".join(made.recipients),
        FieldName.DEADLINE: made.deadline.isoformat() if made.deadline else "",
        FieldName.ENCLOSURES: "; ".join(made.appendices),
        FieldName.PAGES: str(pages),
    }
    return {name: value for name, value in known.items() if value}


__all__ = ["PARTY", "Known", "paper"]
