"""The terms of a lottery: what a plan says of how chance decides, and what must be said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from payforsuccess.deal.evaluation import EvaluationPlan, Randomised
from payforsuccess.deal.fields import Duration
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.evaluation.lottery.keys import cluster_look_of
from payforsuccess.trail import fingerprint

NO_PLACE = Place()


@dataclass(frozen=True)
class LotteryTerms:
    """How chance decides, and what stands beside it.

    share: of people (or clusters) sent to the treated arm. strata: the facts that make them;
    values: for each fact, every value that a draw may have. sizes: of blocks, one of which chance
    takes for each block; without any, each position is drawn on its own. cluster: the fact whose
    groups are drawn whole. in_rounds: whether places are drawn as they open, among all who wait.
    excluded_for: how long a person not drawn waits.
    """

    treated: str
    control: str
    share: Fraction
    excluded_for: Duration
    strata: tuple[str, ...] = ()
    values: tuple[tuple[str, ...], ...] = ()
    sizes: tuple[int, ...] = ()
    cluster: str | None = None
    in_rounds: bool = False

    @property
    def facts(self) -> tuple[str, ...]:
        """Every fact that a referral states."""
        return (*self.strata, *((self.cluster,) if self.cluster else ()))

    def as_plain(self) -> dict[str, object]:
        """For the record that opens a lottery."""
        return {
            "treated": self.treated,
            "control": self.control,
            "share": self.share,
            "strata": list(self.strata),
            "values": [list(each) for each in self.values],
            "sizes": list(self.sizes),
            "cluster": self.cluster,
            "in_rounds": self.in_rounds,
            "excluded_for": str(self.excluded_for),
        }

    @property
    def fingerprint(self) -> str:
        """What the seed is bound to, so that it decides no other lottery."""
        return fingerprint(self.as_plain())


def plans_drawn(plans: Mapping[str, EvaluationPlan]) -> dict[str, Randomised]:
    """The plans that a lottery is drawn for."""
    return {name: plan for name, plan in plans.items() if isinstance(plan, Randomised)}


def frozen_plans(plans: Mapping[str, EvaluationPlan]) -> dict[str, str]:
    """The fingerprint of each randomised plan, but for the seal, which is known only later."""
    return {
        name: fingerprint(
            {key: value for key, value in plan.as_plain().items() if key != "seed_fingerprint"}
        )
        for name, plan in plans_drawn(plans).items()
    }


def terms_of(
    plans: Mapping[str, EvaluationPlan], *, places: Mapping[str, Place] | None = None
) -> LotteryTerms:
    """The terms on which all randomised plans of a deal rest: one lottery decides for all of them.

    Refuses a deal without such a plan, plans that draw differently, one that leaves something out
    that the lottery needs, and shares that no block can hold.
    """
    drawn = plans_drawn(plans)
    if not drawn:
        raise Refusal(
            Problem(
                "No plan of the deal assigns people at random.",
                "State one under `evaluation`, with `design: randomised`.",
            )
        )
    at = places or {}
    problems: list[Problem] = []
    found: dict[str, LotteryTerms] = {}
    for name, plan in drawn.items():
        told = list(_problems(plan, at.get(name, NO_PLACE)))
        problems += told
        if not told:
            found[name] = _terms(plan)
    first = next(iter(found.values()), None)
    for name, terms in found.items():
        if terms != first:
            problems.append(
                Problem(
                    f"The plans {next(iter(found))} and {name} draw people in different ways.",
                    "Let all randomised plans of a deal state one lottery: arms, share, strata, "
                    "cluster and `lottery` alike.",
                    at.get(name, NO_PLACE),
                )
            )
    if problems or first is None:
        raise Refusal(problems)
    return first


def _terms(plan: Randomised) -> LotteryTerms:
    lottery = plan.lottery
    assert lottery is not None
    return LotteryTerms(
        treated=plan.arms.treated,
        control=plan.arms.control,
        share=plan.treated_share,
        strata=plan.strata,
        values=tuple(tuple(lottery.values[fact]) for fact in plan.strata),
        sizes=tuple(sorted(lottery.block_sizes)),
        cluster=plan.cluster,
        in_rounds=lottery.draws == "as-places-open",
        excluded_for=lottery.excluded_for,
    )


def _problems(plan: Randomised, where: Place) -> Iterator[Problem]:
    lottery = plan.lottery
    if lottery is None:
        yield Problem(
            "The plan does not say how its lottery is run.",
            "Add `lottery`, with `excluded_for`: how long someone not drawn waits before they can "
            "be served outside of the comparison.",
            where,
        )
        return
    if plan.treated_share in (0, 1):
        yield Problem(
            "With this share everyone is sent to one arm, and chance decides nothing.",
            "Write a `treated_share` between 0 and 1.",
            where,
        )
    if plan.assignment == "blocked" and not lottery.block_sizes:
        yield Problem(
            "Blocks of one size that everybody knows let the last person of a block be guessed.",
            "Write two sizes or more under `lottery`, such as `block_sizes: [4, 6, 8]`; chance "
            "takes one for each block, and nobody sees which.",
            where,
        )
    for fact in plan.strata:
        if not lottery.values.get(fact):
            yield Problem(
                f"The plan does not say which values the stratum {fact} can have.",
                "List them under `lottery`, in `values`: a value written in another way would make "
                "a stratum of its own.",
                where,
            )
        looks = [cluster_look_of(value) for value in lottery.values.get(fact, ())]
        if len(set(looks)) != len(looks):
            yield Problem(
                f"Two values of the stratum {fact} differ in capitals, hyphens or spaces alone.",
                "Write each value once: two spellings would be two strata.",
                where,
            )
    yield from _block_problems(lottery.block_sizes, plan.treated_share, where)
    if lottery.draws == "as-places-open" and (plan.strata or plan.cluster or lottery.block_sizes):
        yield Problem(
            "Places drawn as they open are drawn among everyone who waits, and this version does "
            "so without strata, clusters and blocks.",
            "Take them away, or draw on referral.",
            where,
        )


def _block_problems(sizes: Sequence[int], share: Fraction, where: Place) -> Iterator[Problem]:
    if len(set(sizes)) != len(sizes) or len(sizes) == 1:
        yield Problem(
            "Block sizes are two or more, each written once.",
            "Write several, such as [4, 6, 8].",
            where,
        )
    uneven = [size for size in sizes if (size * share).denominator != 1]
    if uneven:
        yield Problem(
            f"A block of {uneven[0]} cannot hold the share {share} of people in the treated arm.",
            f"Write multiples of {share.denominator}.",
            where,
        )
