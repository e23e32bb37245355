"""What the end of a study must say of the looks that were taken before it."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Finding
from payforsuccess.runs.folder import DealFolder
from payforsuccess.runs.measure.evaluate import Evaluated
from payforsuccess.runs.study.kept import read_looks
from payforsuccess.runs.study.look_decision import standing_of, stopping_looks, taken_looks


def findings_after_looks(
    folder: DealFolder, deal: Deal, evaluated: Evaluated
) -> tuple[Finding, ...]:
    """Of each plan with looks that could stop it: the test with these looks allowed for.

    Where one did stop it, the test was over then, and the estimate at the end describes.
    """
    return tuple(_findings(folder, deal, evaluated))


def _findings(folder: DealFolder, deal: Deal, evaluated: Evaluated) -> Iterator[Finding]:
    looks = read_looks(folder)
    for each in evaluated.plans:
        name = each.estimate.plan
        plan, mine = deal.evaluation[name], [one for one in looks if one.plan == name]
        where = deal.place_of("evaluation", name, "looks")
        stopped = next((one for one in mine if one.stops), None)
        if stopped is not None:
            yield Finding(
                "look",
                f"The look {stopped.look}, read on {stopped.on}, had passed its bound, and the "
                f"test of {name} was over. What is found here describes, and its p-value tests "
                "nothing.",
                where,
            )
            continue
        taken = taken_looks(plan, mine)
        if not taken or plan.monitoring is None or each.estimate.test is None:
            continue
        from payforsuccess.evaluation.looks import decide_at_end

        found = decide_at_end(
            plan.monitoring,
            taken,
            standing_of(each.estimate),
            planned=len(stopping_looks(plan)),
        )
        yield Finding("look", f"{name}: {found.says} {found.method}.", where)
