"""How the plans of a deal stand to their seals: which are sealed, since when, and what changed.

A plan is sealed by `pfs evaluate --seal`, or by the opening of the lottery that draws for it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from pydantic import TypeAdapter

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.evaluation import EvaluationPlan
from payforsuccess.deal.results import SealNamed
from payforsuccess.deal.study import Seal, SealedPlan
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.payments.history import DealHistory
from payforsuccess.payments.words.changes import changes_between
from payforsuccess.runs.assign.kept import read_list
from payforsuccess.runs.folder import DealFolder
from payforsuccess.runs.study.kept import read_looks, read_seals, seals_folder
from payforsuccess.trail import canonical_bytes, fingerprint_bytes

_PLANS: TypeAdapter[EvaluationPlan] = TypeAdapter(EvaluationPlan)
_MOST_TOLD = 4


@dataclass(frozen=True)
class PlanSeal:
    """A plan's standing seal. plan: as it was sealed, where that is still known.

    by_lottery: sealed at the opening of the lottery, which keeps it for good. written_on: when the
    record was written; None for a lottery, and where the record does not say it.
    """

    name: str
    fingerprint: str
    on: date
    who: str
    plan: EvaluationPlan | None
    sealed: SealedPlan | None = None
    by_lottery: bool = False
    written_on: date | None = None


def stated(plan: EvaluationPlan) -> str:
    """The plan as JSON in one spelling, but for the fingerprint of a lottery's seed."""
    plain = plan.as_plain()
    return canonical_bytes(
        {key: value for key, value in plain.items() if key != "seed_fingerprint"}
    ).decode()


def frozen(plan: EvaluationPlan) -> str:
    """The fingerprint by which a plan is sealed."""
    return fingerprint_bytes(stated(plan).encode())


def seals_standing(folder: DealFolder, history: DealHistory) -> dict[str, PlanSeal]:
    """The seal of each plan that has one: the lottery's, else the latest.

    Refuses records that were changed, exchanged or are missing.
    """
    found = {each.name: each for seal in read_seals(folder) for each in _of_seal(seal)}
    for each in _of_lottery(folder, history):
        kept = found.get(each.name)
        fits = kept is not None and kept.fingerprint == each.fingerprint
        found[each.name] = replace(each, sealed=kept.sealed if kept and fits else None)
    _refuse_missing(folder, found)
    return found


def _refuse_missing(folder: DealFolder, found: Mapping[str, PlanSeal]) -> None:
    """Refuse where a look or a determination names the seal of a plan, and there is none.

    A look is given for a sealed plan alone; a determination names the seals that its results rest
    on.
    """
    named = [
        *((each.plan, f"The look {each.look} of {each.on}") for each in read_looks(folder)),
        *(
            (each.plan, f"Determination {record.number}")
            for record in folder.determinations()
            for each in record.seals
        ),
    ]
    problems = [
        Problem(
            f"{what} rests on a seal of the plan {plan}, and none is on record.",
            "Put the original back under out/study; it was published.",
            Place(str(seals_folder(folder))),
        )
        for plan, what in named
        if plan not in found
    ]
    if problems:
        raise Refusal(problems)


def changed_plans(deal: Deal, seals: dict[str, PlanSeal]) -> tuple[Problem, ...]:
    """A problem for each plan that is not as it was sealed, with what changed in words."""
    return tuple(
        Problem(
            f"The plan {name} was changed after it was sealed on {seal.on} by {seal.who}"
            f"{_in_words(deal, seal)}.",
            "Put the sealed plan back. It decides who was drawn; another plan needs another "
            "lottery."
            if seal.by_lottery
            else "Put the sealed plan back; or amend the deal with `touches: [plan]` and its "
            "consents, before results are known, and seal it again. What is not in the plan can be "
            "shown with --exploratory, and nothing rests on it.",
            deal.place_of("evaluation", name),
        )
        for name, seal in seals.items()
        if name not in deal.evaluation or frozen(deal.evaluation[name]) != seal.fingerprint
    )


def refuse_changed(folder: DealFolder, history: DealHistory) -> dict[str, PlanSeal]:
    """The standing seals. Refuses to go on with a plan that is not the sealed one."""
    seals = seals_standing(folder, history)
    problems = changed_plans(history.latest, seals)
    if problems:
        raise Refusal(problems)
    return seals


def problems_of_results(
    folder: DealFolder, history: DealHistory, outcomes: Iterable[str]
) -> tuple[Problem, ...]:
    """Why results of these outcomes cannot be determined: they rest on a plan that was changed."""
    deal = history.latest
    resting = {deal.outcomes[name].estimate for name in outcomes if name in deal.outcomes}
    if resting <= {None}:
        return ()
    seals = seals_standing(folder, history)
    return changed_plans(deal, {name: seal for name, seal in seals.items() if name in resting})


def seals_behind(
    folder: DealFolder, history: DealHistory, outcomes: Iterable[str]
) -> tuple[SealNamed, ...]:
    """The seals of the plans that results of these outcomes rest on, by plan."""
    deal = history.latest
    resting = {deal.outcomes[name].estimate for name in outcomes if name in deal.outcomes}
    if resting <= {None}:
        return ()
    seals = seals_standing(folder, history)
    return tuple(
        SealNamed(plan=name, sealed=seal.fingerprint, on=seal.on)
        for name, seal in sorted(seals.items())
        if name in resting
    )


def _of_seal(seal: Seal) -> Iterator[PlanSeal]:
    for sealed in seal.plans:
        yield PlanSeal(
            sealed.plan,
            sealed.fingerprint,
            seal.on,
            f"{seal.by} for {seal.party}",
            _PLANS.validate_python(json.loads(sealed.stated)),
            sealed,
            written_on=seal.written_on,
        )


def _of_lottery(folder: DealFolder, history: DealHistory) -> Iterator[PlanSeal]:
    opened = read_list(folder).opened
    if opened is None:
        return
    for name, sealed in opened.plans:
        versions = [version.evaluation.get(name) for version in history.versions]
        plan = next((each for each in versions if each and frozen(each) == sealed), None)
        who = f"{opened.by}, who opened the lottery"
        yield PlanSeal(name, sealed, opened.on, who, plan, by_lottery=True)


def _in_words(deal: Deal, seal: PlanSeal) -> str:
    if seal.name not in deal.evaluation:
        return ": it is not in the deal any more"
    if seal.plan is None:
        return ""
    sealed = deal.model_copy(update={"evaluation": {**deal.evaluation, seal.name: seal.plan}})
    told = [
        f"{change.what.removeprefix(f'evaluation.{seal.name}.')} was "
        f"{', '.join(change.was) or 'not there'} and is {', '.join(change.now) or 'not there'}"
        for change in changes_between(sealed, deal)
        if change.what.startswith(f"evaluation.{seal.name}.")
        and not change.what.endswith(".seed_fingerprint")
    ]
    more = len(told) - _MOST_TOLD
    if more > 0:
        told = [*told[:_MOST_TOLD], f"{more} more"]
    return f": {'; '.join(told)}" if told else ""
