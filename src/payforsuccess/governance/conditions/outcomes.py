"""The outcomes of the deal: each one wholly defined before it can be paid for (R10, R80)."""

from __future__ import annotations

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.outcomes import Outcome
from payforsuccess.deal.words.phrases import counted
from payforsuccess.governance.conditions.condition import Condition, Met, Theme, Unmet
from payforsuccess.governance.facts import Facts


def blanks_of(outcome: Outcome, deal: Deal) -> tuple[str, ...]:
    """What an outcome does not say yet; any blank keeps it a draft.

    Definition and unit are in every deal. Population, window and data source come with a measure,
    or with the plan that estimates it, as do counterfactual and rigour, which are the plan's
    design. A measured outcome without a plan is a verified count, which has no counterfactual, and
    it says so by having none.
    """
    if outcome.measure is None and outcome.estimate is None:
        return ("population", "window", "data source", "counterfactual", "rigour")
    if outcome.estimate is not None:
        plan = deal.evaluation.get(outcome.estimate)
        return () if plan is not None else ("counterfactual", "rigour")
    return ()


def _defined(facts: Facts) -> Met | Unmet:
    deal = facts.deal
    if deal is None:
        return Unmet("There is no deal yet.", "Write `deal.yaml` beside the initiative.")
    drafts = {
        name: blanks for name, each in deal.outcomes.items() if (blanks := blanks_of(each, deal))
    }
    if drafts:
        first = next(iter(drafts))
        said = "; ".join(f"{name} lacks {', '.join(blanks)}" for name, blanks in drafts.items())
        return Unmet(
            f"Still drafts: {said}.",
            "Give each a `measure`, or the evaluation plan that estimates it.",
            deal.place_of("outcomes", first),
        )
    are = "is" if len(deal.outcomes) == 1 else "are"
    return Met(
        f"{counted(len(deal.outcomes), 'outcome')} {are} measured or estimated as the deal says"
    )


THEME = Theme(
    "outcomes",
    (
        Condition(
            "outcomes-defined",
            ("R10",),
            "Every outcome has its population, window, data source and counterfactual.",
            _defined,
        ),
    ),
)
