"""The subjects that the federal law on social impact partnerships asks for (42 USC 1397n).

A summary of the law, for use as a form; Counsel checks it against the text before it is used.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from payforsuccess.reports import federal_known as told
from payforsuccess.reports.federal_known import Known, Told


@dataclass(frozen=True)
class Item:
    """One subject: its title, what the files tell of it, and who writes what they do not."""

    title: str
    told: Callable[[Known], Told]
    write: str


GOALS = Item("Outcome goals", told.goals, "The parties write the goals.")
INTERVENTIONS = Item("Interventions", told.interventions, "The provider says what is done.")
POPULATION = Item("Target population", told.population, "The parties say whom it serves.")
BENEFITS = Item("Expected social benefits", told.benefits, "The department says what is expected.")
ROLES = Item("Roles and responsibilities", told.roles, "The parties say who does what.")
TERMS = Item("Payment terms and method", told.terms, "The parties write the terms.")
BUDGET = Item("Project budget", told.budget, "The department writes the budget.")
TIMELINE = Item("Project timeline", told.timeline, "The parties write the days.")
ELIGIBILITY = Item(
    "Eligibility, identification, referral and enrolment",
    told.eligibility,
    "The department says how people are found, referred and enrolled.",
)
DESIGN = Item(
    "Evaluation design", told.design, "The evaluator writes the design, random where feasible."
)
METRICS = Item("Metrics, and how they are measured", told.metrics, "The evaluator writes them.")
SAVINGS = Item(
    "Savings by level of government and programme",
    told.savings,
    "The department estimates them, federal ones by programme.",
)

APPLICATION = (
    GOALS,
    INTERVENTIONS,
    Item("Evidence that it works", told.evidence, "The evaluator names the studies."),
    POPULATION,
    BENEFITS,
    Item("Costs by level of government", told.costs, "The department estimates costs."),
    SAVINGS,
    Item(
        "How likely State or local savings are to be realised",
        told.realised,
        "The fiscal officer says what can be taken out of a budget.",
    ),
    Item("Plan of delivery", told.delivery, "The provider writes the plan."),
    Item("Expertise of the provider", told.unknown, "The provider says what it has done before."),
    Item(
        "Experience in raising capital",
        told.unknown,
        "Who raises capital says what was raised before.",
    ),
    ROLES,
    Item(
        "Experience of the provider with these people",
        told.unknown,
        "The provider says whom it served.",
    ),
    Item("Unmet need", told.unknown, "The department shows the need, with its source."),
    TERMS,
    BUDGET,
    TIMELINE,
    ELIGIBILITY,
    DESIGN,
    METRICS,
    Item(
        "Why no one who is paid by results can bend the metrics",
        told.out_of_reach,
        "The parties say who holds the records.",
    ),
    Item("Independence of the evaluator", told.independence, "The evaluator declares it."),
    Item("Capacity for the volume", told.volume, "The provider says how many it can serve."),
    Item(
        "Funding after success", told.sustained, "The government says how it goes on after success."
    ),
)
"""The 24 subjects of an application."""

FOR_AN_INTERMEDIARY = 9
"""How many further subjects apply to an intermediary; no source at hand lists them."""

AWARD = (
    GOALS,
    INTERVENTIONS,
    POPULATION,
    BENEFITS,
    ROLES,
    TERMS,
    BUDGET,
    TIMELINE,
    ELIGIBILITY,
    DESIGN,
    METRICS,
    SAVINGS,
)
"""The 12 subjects of the public notice of an award."""
