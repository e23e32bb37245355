"""Whether a blueprint report may be issued: what each of its four parts still lacks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Place, Problem
from payforsuccess.governance.blueprint.blueprint import Blueprint
from payforsuccess.governance.blueprint.options import SOUGHT, SoughtRole
from payforsuccess.governance.initiative.initiative import Initiative

Part = Literal["a", "b", "c", "d"]
PARTS: tuple[Part, ...] = ("a", "b", "c", "d")
GROUPS = ("fiscal", "procurement", "other")
KINDS = ("operational", "programmatic")
FEWEST_OPTIONS = 2


@dataclass(frozen=True)
class SetFound:
    """A linked set of criteria as far as the report has to know.

    kinds: the groups of criteria in it. approved_by: the body that approved it; empty without one.
    """

    title: str
    kinds: frozenset[str]
    approved_by: str


@dataclass(frozen=True)
class BlueprintFacts:
    """What a blueprint report is made from, as of a day.

    deal: the deal whose payment structure part c shows, once there is one.
    """

    blueprint: Blueprint
    initiative: Initiative
    on: date
    sets: tuple[SetFound, ...] = ()
    deal: Deal | None = None


@dataclass(frozen=True)
class Missing:
    """Something that a part lacks before the report can be issued: `what`, and as a problem."""

    part: Part
    what: str
    problem: Problem


def missing_of(facts: BlueprintFacts) -> tuple[Missing, ...]:
    """All that stands between the blueprint and its issue (R14, R22 to R27), in the parts' order.

    Part a needs an approved set with criteria of both groups; part b contractual guidelines and,
    for each of the two roles, two options with pros and cons, one of them recommended; part c
    financing guidelines, a payment structure, and the process for augmentations at both levels;
    part d a policy in each of the three groups, or why nothing has to change there.
    """
    return (*_part_a(facts), *_part_b(facts), *_part_c(facts), *_part_d(facts))


def empty_parts(facts: BlueprintFacts) -> tuple[Part, ...]:
    """The parts that hold nothing at all."""
    blueprint = facts.blueprint
    part_b = blueprint.contracting
    part_c = blueprint.financing
    steps = (*part_c.augmentations.county_wide, *part_c.augmentations.department)
    filled = {
        "a": bool(blueprint.criteria.sets),
        "b": bool(part_b.guidelines or part_b.evaluator or part_b.intermediary),
        "c": bool(part_c.guidelines or part_c.structure or steps or facts.deal),
        "d": bool(facts.initiative.policies or blueprint.policies.nothing),
    }
    return tuple(part for part in PARTS if not filled[part])


def unfinished_parts(facts: BlueprintFacts) -> tuple[Part, ...]:
    """The parts that lack something, the empty ones among them."""
    found = {each.part for each in missing_of(facts)}
    return tuple(part for part in PARTS if part in found)


def _part_a(facts: BlueprintFacts) -> Iterator[Missing]:
    where = facts.blueprint.place_of("criteria", "sets")
    if not facts.sets:
        yield _lacks(
            "a",
            "no set of criteria",
            "Name a set and its version under `criteria.sets`, with the body that approved it.",
            where,
        )
        return
    if not any(each.approved_by for each in facts.sets):
        yield _lacks(
            "a",
            "no set of criteria that a body approved",
            "Have a body approve one, and give `approved` with who, when and where.",
            where,
        )
    kinds = {kind for each in facts.sets for kind in each.kinds}
    if lacking := [kind for kind in KINDS if kind not in kinds]:
        yield _lacks(
            "a",
            f"no {' and no '.join(lacking)} criteria",
            "Link a set that holds criteria of both groups.",
            where,
        )


def _part_b(facts: BlueprintFacts) -> Iterator[Missing]:
    place_of = facts.blueprint.place_of
    if not facts.blueprint.contracting.guidelines:
        yield _lacks(
            "b",
            "no contractual guidelines",
            "State them under `contracting.guidelines`.",
            place_of("contracting"),
        )
    for role in SOUGHT:
        yield from _options(facts, role)


def _options(facts: BlueprintFacts, role: SoughtRole) -> Iterator[Missing]:
    options = facts.blueprint.contracting.options(role)
    where = facts.blueprint.place_of("contracting", role)
    if len(options) < FEWEST_OPTIONS:
        found = "only one option" if options else "no options"
        yield _lacks("b", f"{found} for the {role}", "State at least two.", where)
    if options and not any(option.recommended for option in options):
        yield _lacks(
            "b",
            f"no recommendation for the {role}",
            "Say under `recommended` of one option why it is to be taken.",
            where,
        )
    for at, option in enumerate(options):
        for name, values in (("pros", option.pros), ("cons", option.cons)):
            if not values:
                yield _lacks(
                    "b",
                    f"no {name} of the option `{option.name}` for the {role}",
                    "State what speaks for it and what against it.",
                    facts.blueprint.place_of("contracting", role, at, name),
                )


def _part_c(facts: BlueprintFacts) -> Iterator[Missing]:
    financing, deal = facts.blueprint.financing, facts.deal
    where = facts.blueprint.place_of("financing")
    if not financing.guidelines:
        yield _lacks(
            "c", "no financing guidelines", "State them under `financing.guidelines`.", where
        )
    if deal is None and not financing.structure:
        yield _lacks(
            "c",
            "no payment structure",
            "Put deal.yaml beside this file, or state lines under `financing.structure`, each with "
            "the outcome it pays for.",
            where,
        )
    for term in deal.payments if deal is not None else ():
        if not term.outcomes_read():
            yield _lacks(
                "c",
                f"no outcome that the payment line `{term.name}` pays for",
                "Pay for an outcome, or take the line out of the structure.",
                where,
            )
    for said, key, steps in (
        ("county-wide", "county_wide", financing.augmentations.county_wide),
        ("departmental", "department", financing.augmentations.department),
    ):
        if not steps:
            yield _lacks(
                "c",
                f"no process for {said} budget augmentations",
                f"State its steps under `financing.augmentations.{key}`.",
                facts.blueprint.place_of("financing", "augmentations"),
            )


def _part_d(facts: BlueprintFacts) -> Iterator[Missing]:
    covered = {policy.group for policy in facts.initiative.policies}
    covered |= {each.group for each in facts.blueprint.policies.nothing}
    for group in GROUPS:
        if group not in covered:
            yield _lacks(
                "d",
                f"no policy of the group {group}",
                "State each policy and its change under `policies` of initiative.yaml, or say "
                "under `policies.nothing` of this file why nothing has to change.",
                facts.blueprint.place_of("policies"),
            )


def _lacks(part: Part, what: str, do: str, where: Place) -> Missing:
    return Missing(part, what, Problem(f"Part {part} has {what}.", do, where))
