"""Hold what was proven to what was read, and both to the regulation; only now are both known."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from mailbridge.clock import in_vietnam
from mailbridge.model.directory import Agency, Directory
from mailbridge.model.evidence import Evidence, Finding, Verdict
from mailbridge.model.examination import Opened
from mailbridge.model.incident import Incident
from mailbridge.model.reading import FieldName, Reading
from mailbridge.provenance.codes import Code
from mailbridge.provenance.words import finding
from mailbridge.rules import channel, form, paper, required, signers
from mailbridge.rules.identifiers import succession
from mailbridge.rules.regulation import Regulation
from mailbridge.rules.required import Requirement


@dataclass(frozen=True, slots=True)
class Standards:
    """Against what a document is held."""

    directory: Directory
    at: datetime
    required: tuple[Requirement, ...] = ()
    # None: nobody's office is meant, as in `mailbridge check`.
    own: Agency | None = None
    regulation: Regulation | None = None
    incidents: tuple[Incident, ...] = ()


def compared(opened: Opened, reading: Reading, standards: Standards) -> Opened:
    """Add what a person must know; the verdict falls only where a required seal is missing."""
    evidence = opened.evidence
    agency = standards.directory.by_code(evidence.sender) if evidence.sender else None
    lacking = _lacking(evidence, reading, agency, standards)
    names = {file.path: file.name for file in opened.files}
    found = [
        finding(Code.DOCUMENT_SEAL_MISSING, path=path, what=names.get(path, path), signer=what)
        for path, what in lacking
    ]
    read = reading.value(FieldName.SIGNER) or ""
    found += [
        finding(Code.SIGNER_NAME_DIFFERS, path=path, what=read, signer=name)
        for path, name in signers.differing(evidence, reading)
    ]
    found += [finding(Code.READING_CONFLICT, what=each) for each in reading.conflicts]
    found += [finding(Code.READING_NOTE, what=each) for each in reading.notes]
    verdict = required.lowered(evidence.verdict, lacking)
    found += _by_rules(reading, agency, verdict, standards)
    evidence = replace(evidence, verdict=verdict, findings=(*evidence.findings, *found))
    return replace(opened, evidence=evidence) if found else opened


def _lacking(
    evidence: Evidence, reading: Reading, agency: Agency | None, standards: Standards
) -> tuple[tuple[str, str], ...]:
    # What is not legal for other reasons is not told that it lacks something, too.
    if evidence.verdict is not Verdict.LEGAL:
        return ()
    kind = agency.kind if agency else None
    return required.missing(evidence, reading, kind, standards.required)


def _by_rules(
    reading: Reading, agency: Agency | None, verdict: Verdict | None, standards: Standards
) -> Iterator[Finding]:
    """Say what the regulation says of a document of a known agency, sent to us."""
    if standards.regulation is None or standards.own is None or agency is None:
        return
    day = in_vietnam(standards.at).date()
    for code, what in form.remarks(reading, agency, day, standards.regulation.authority):
        yield finding(code, what=what)
    ended = succession(standards.directory, agency, day)
    if ended is not None:
        yield finding(Code.AGENCY_ENDED, what=ended.in_words)
    yield _channel(channel.channel(agency, standards.own, standards.incidents, standards.at))
    due = paper.paper(reading, verdict or Verdict.UNDETERMINED, standards.regulation.paper)
    if due.expected and due is not paper.UNSIGNED:
        yield finding(Code.PAPER_EXPECTED, what=f"{due.code}: {due.ground}")


def _channel(way: channel.Channel) -> Finding:
    if way.rule is channel.Rule.AXIS:
        return finding(Code.CHANNEL_AXIS)
    if way.ground is None:
        return finding(Code.CHANNEL_WAN)
    # Điều 5.3: why mail was used stays on record with the document.
    return finding(Code.CHANNEL_MAIL, what=way.why)
