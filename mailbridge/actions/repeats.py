"""A number that repeats: agency, number and notation of another document, with another date."""

from dataclasses import replace

from mailbridge.actions.case import Case
from mailbridge.model.codes import Code
from mailbridge.model.document import DocumentKey
from mailbridge.provenance.words import finding
from mailbridge.registry import similar
from mailbridge.registry.database import Transaction


def marked(tx: Transaction, case: Case, key: DocumentKey, own: int | None = None) -> Case:
    """Add the finding that the clerk reads (NĐ 30/2020, PL VI, III.1.h); no verdict changes.

    `own` is the document itself, where it is examined again.
    """
    others = [one for one in similar.repeated(tx, case.office, key) if one != own]
    if not others:
        return case
    opened = case.examination.opened
    told = finding(Code.NUMBER_REPEATS, what=key.symbol or "")
    evidence = replace(opened.evidence, findings=(*opened.evidence.findings, told))
    examination = replace(case.examination, opened=replace(opened, evidence=evidence))
    return replace(case, examination=examination)
