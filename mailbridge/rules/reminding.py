"""Whether a reminder is its sender's own word, as is demanded of receipts. Pure.

Whoever knows the name of a mail could else have the clerk read that its sender reminds of it.
"""

from datetime import datetime

from mailbridge.model.directory import Agency
from mailbridge.model.evidence import Evidence
from mailbridge.model.examination import Opened
from mailbridge.model.exchange import Weight
from mailbridge.model.parcel import SealForm
from mailbridge.model.statement import Sender
from mailbridge.rules.acceptance import signs_mails

_ON_FILES = {SealForm.PADES, SealForm.CMS}


def reminded(
    opened: Opened, sender: Sender, agency: Agency | None, now: datetime
) -> tuple[Weight, tuple[str, ...]] | None:
    """Give the mails that are reminded of, and how sure it is; None where nobody stands behind it.

    Only of an agency that signs no mails, its domain's word is taken, and then only weakly.
    """
    if opened.mail is None or agency is None or sender.contradicts or sender.is_failed:
        return None
    signed = opened.answers.signed
    # A seal on a file says nothing of the mail that it came in.
    if opened.evidence.vouched and signed is not None:
        # RFC 9788 §4.4: what is signed, for whoever has a signed mail may send it under any header.
        return (Weight.PROVEN if sender.is_good else Weight.WEAK), signed.in_reply_to
    if signs_mails(agency, now) or not _is_of_domain(opened.evidence):
        return None
    return Weight.WEAK, opened.mail.references


def _is_of_domain(evidence: Evidence) -> bool:
    """Tell whether the origin of the mail is proven, and not that of a document put into it."""
    on_files = any(seal.on_file or seal.form in _ON_FILES for seal in evidence.seals)
    return evidence.origin_proven and not on_files
