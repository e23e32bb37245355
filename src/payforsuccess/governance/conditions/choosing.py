"""The competition of concepts, and the one that was chosen (R56, R57)."""

from __future__ import annotations

from payforsuccess.deal.words.phrases import counted
from payforsuccess.governance.conditions.condition import Condition, Met, Theme, Unmet
from payforsuccess.governance.facts import Facts

FEWEST_DEPARTMENTS = 2
MADE_UP = ("practice", "illustrative", "template")


def _selected(facts: Facts) -> Met | Unmet:
    found = facts.selection
    if found is None:
        return Unmet(
            "No competition for concepts is on file.",
            "Put solicitation.yaml with its scores beside the initiative; `pfs rank` ranks it.",
        )
    if found.standing in MADE_UP and facts.initiative.standing not in MADE_UP:
        return Unmet(
            f"The competition beside the initiative is made up ({found.standing}), and the "
            "initiative is not.",
            "Put the competition itself there.",
        )
    if found.departments < FEWEST_DEPARTMENTS:
        return Unmet(
            f"{counted(found.departments, 'department')} took part in the competition.",
            "Open it to other departments: it is run across departments.",
        )
    if found.decided_on is None:
        return Unmet(
            "The competition has not been decided.",
            "Record the award: on which ranking, by whom, when and why.",
        )
    if found.decided_on > facts.on:
        return Unmet(
            f"The competition was decided on {found.decided_on}, after this day.",
            "Ask as of a later day.",
        )
    if found.problems:
        return Unmet(
            f"The award does not stand: {found.problems[0]}",
            "`pfs rank` says all that is wrong with it.",
        )
    return Met(
        f"{found.chosen}, in place {found.place} of {found.proposals} proposals by "
        f"{found.departments} departments; {found.decided_by}, {found.decided_on}"
    )


THEME = Theme(
    "choosing",
    (
        Condition(
            "concept-selected",
            ("R56", "R57"),
            "A competition across departments chose the concept, with its ranking, who decided, "
            "when and why.",
            _selected,
        ),
    ),
)
