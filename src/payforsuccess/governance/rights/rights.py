"""Decision rights: who prepares, answers for, is asked about and is told of each decision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import Text, WholeFromOne
from payforsuccess.deal.model import refuse
from payforsuccess.deal.whole_file import WholeFile
from payforsuccess.governance.initiative.decisions import PartInDecision
from payforsuccess.governance.initiative.initiative import Initiative


class DecisionRights(WholeFile):
    """A file of `rights`: who has which part, by decision."""

    format: WholeFromOne = Field(description="The format of the file; this version writes 1.")
    says: Text = Field(description="Whose it is; a proposal of the product says so.")
    decisions: tuple[PartInDecision, ...] = Field(min_length=1, description="By decision.")

    @model_validator(mode="after")
    def _once(self) -> Self:
        names = [each.decision for each in self.decisions]
        if len(set(names)) != len(names):
            refuse("A decision stands twice.", "Keep one.", field="decisions")
        return self


@dataclass(frozen=True)
class Right:
    """Who has which part in a decision, and whether the initiative states it or it is proposed."""

    part: PartInDecision
    is_proposed: bool


def rights_of(initiative: Initiative, default: DecisionRights) -> tuple[Right, ...]:
    """The rights of an initiative: its own, then those proposed for decisions it leaves out."""
    own = {each.decision for each in initiative.decision_parts}
    return (
        *(Right(each, False) for each in initiative.decision_parts),
        *(Right(each, True) for each in default.decisions if each.decision not in own),
    )
