"""One recall as it is asked for: who asks, and what proves it now, or may prove it later."""

from dataclasses import dataclass

from mailbridge.actions.case import Case
from mailbridge.actions.claims import Said
from mailbridge.actions.house import House
from mailbridge.actions.recall_doubts import Doubt
from mailbridge.actions.recall_waits import Hope
from mailbridge.model.directory import Agency
from mailbridge.model.examination import WantKind
from mailbridge.model.recall import Strength
from mailbridge.model.sending import StrayKind
from mailbridge.rules.recalls import may_become, strength_of_recall


@dataclass(frozen=True, slots=True)
class Asked:
    """One claim, who makes it, by what it is proven, and by what it may be proven later."""

    case: Case
    said: Said
    agency: Agency
    strength: Strength
    hope: Hope
    # Its name among several in one mail.
    about: str

    @property
    def spec(self) -> str:
        """The address in From: it is enrolled for the agency."""
        return self.case.mail.from_[0].spec

    @property
    def is_sealed(self) -> bool:
        """Tell whether a key of the agency's has signed it, known to stand or not."""
        return max(self.strength, self.hope.strength) > Strength.SERVER

    def doubt(self, why: str, kind: StrayKind = StrayKind.FORGED) -> Doubt:
        """Say what is wrong with it."""
        return Doubt(kind, why, self.agency.code, self.is_sealed, self.about)


def asked_by(house: House, case: Case, agency: Agency, said: Said, of: int) -> Asked:
    """Weigh one of `of` recalls in a mail."""
    found, network = case.examination.opened.evidence, house.permissions.network
    asks_names = network is not None and WantKind.TXT in network.kinds
    strength = strength_of_recall(said.covers, found, agency.code)
    later = may_become(said.covers, found, agency.code, asks_names=asks_names)
    about = said.claim.recall_id if of > 1 else ""
    return Asked(case, said, agency, strength, Hope(agency.code, later), about)
