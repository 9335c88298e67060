"""What mail servers say of a mail on its way: DKIM, ARC, and our own server's results.

It may prove the origin of a mail for reference (Điều 4.2), and never more: a server vouches for its
domain, and not for the agency whose document it carries.
"""

from mailbridge.model.evidence import Integrity
from mailbridge.model.parcel import SealForm
from mailbridge.provenance import arc, authentication_results, dkim, verdict
from mailbridge.provenance.codes import Code
from mailbridge.provenance.question import Question, Record

FORMS = {SealForm.DKIM, SealForm.ARC}


def judge(question: Question, record: Record) -> None:
    """Add seals and findings of the mail's transport; a file has none."""
    if question.message is None or question.source is None:
        return
    with dkim.letterhead(question.source, question.message) as head:
        if head is None:
            record.say(Code.DKIM_INVALID)
            return
        dkim.judge(question, record, head)
        arc.judge(question, record, head)
    domain = dkim.from_domain(question)
    if domain and authentication_results.passes(question, domain):
        record.say(Code.AUTHENTICATION_ALIGNED, what=domain)


def proves_origin(question: Question, record: Record) -> bool:
    """Tell whether the domain of an enrolled From address stands behind the whole mail."""
    own = [seal for seal in record.seals if seal.form is SealForm.DKIM and seal.bound]
    if any(verdict.stands(seal) for seal in own):
        return True
    # Our server tells that a signature passed, not how much it covered: we know that better.
    partly = any(seal.integrity is Integrity.INTACT for seal in own)
    told = any(each.code == Code.AUTHENTICATION_ALIGNED for each in record.findings)
    enrolled = question.directory is None or question.agency is not None
    return told and enrolled and not partly
