"""The ethics record without which nobody is drawn (R114)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Place, Problem, Refusal, sentence
from payforsuccess.governance.conditions.condition import Unmet
from payforsuccess.governance.conditions.ethics import THEME, why_not_in_force
from payforsuccess.governance.facts import Facts
from payforsuccess.governance.initiative import Initiative
from payforsuccess.governance.initiative.voice import EthicsRecord
from payforsuccess.runs.folder import DealFolder
from payforsuccess.runs.initiative.files import FILE, InitiativeFolder
from payforsuccess.trail import fingerprint


@dataclass(frozen=True)
class EthicsInForce:
    """The record on which people are drawn on a day."""

    record: EthicsRecord
    fingerprint: str

    def __str__(self) -> str:
        one = self.record
        return f"{one.board}, {one.on}: {one.decision.replace('-', ' ')}, until {one.expires_on}"


def ethics_in_force(folder: DealFolder, deal: Deal, *, on: date) -> EthicsInForce:
    """The newest record in force on a day, whole.

    It stands in `initiative.yaml` beside the deal. Refuses where there is none: where a record is
    missing, of a later day, refused, over, without a last day, or silent on the basis for people in
    custody; and where the initiative says that nobody is assigned at random.
    """
    initiative = InitiativeFolder(folder.root).read(Initiative, FILE)
    if initiative is None:
        raise Refusal(
            Problem(
                sentence("There is no {file} beside the deal, and so no ethics record.", file=FILE),
                sentence(
                    "Record the board's decision with its basis under `ethics`; assign nobody "
                    "before."
                ),
                Place(str(folder.root)),
            )
        )
    facts = Facts(initiative, on, deal=deal, versions=(deal,))
    problems = list(THEME.problems(facts))
    for condition in THEME.conditions:
        found = condition.look(facts)
        if isinstance(found, Unmet):
            where = found.where or initiative.place_of("ethics")
            problems.append(Problem(found.found, found.do, where))
    holding = [
        (number, each)
        for number, each in enumerate(initiative.ethics)
        if not why_not_in_force(each, facts)
    ]
    lasting = [(number, each) for number, each in holding if each.expires_on is not None]
    if not problems and not lasting:
        problems.append(
            Problem(
                sentence("The ethics record does not say until when it holds."),
                sentence("Write the last day under `expires_on`; assign nobody before."),
                initiative.place_of("ethics", holding[-1][0] if holding else 0),
            )
        )
    if problems:
        raise Refusal(problems)
    record = lasting[-1][1]
    return EthicsInForce(record, fingerprint(record.as_plain()))
