"""A backtest in words and as plain values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from payforsuccess.finance.study.backtest import PERCENTS, PaidWithout
from payforsuccess.reports.numbers import counted
from payforsuccess.reports.study_plan.backtest import chance_lines, paid_lines
from payforsuccess.runs.columns import in_columns
from payforsuccess.runs.finance.words import findings_plain, money_plain, number_plain
from payforsuccess.units import exact_text, grouped

if TYPE_CHECKING:
    from payforsuccess.runs.plan.backtest import BacktestTold


def backtest_lines(told: BacktestTold) -> Iterator[str]:
    """What was found, line by line."""
    yield f"{told.deal}: paid on people who had no programme, in {told.currency}"
    people = counted(told.people, "person", "people")
    yield f"The terms are {told.standing}. {people} {told.cohort}."
    yield (
        f"{told.splits:,} made-up trials of each effect, seed {told.seed}; ± is the error of "
        "drawing them."
    )
    if told.counted:
        yield ""
        yield "Counted, as it happened without the programme"
        for count in told.counted:
            outcome, when, _ = count.slot
            people = counted(count.people, "person", "people")
            yield f"  {outcome} ({when}): {grouped(count.value)}, of {people}"
    for study in told.placebos:
        placebo = study.placebo
        yield ""
        yield (
            f"Made-up trials of {study.plan}: {study.known:,} people known, "
            f"{study.unknown:,} not; arms of {placebo.treated:,} and {placebo.control:,}"
        )
    for outcome, size in told.paid.made_up:
        people = counted(size, "person", "people")
        yield f"  {outcome} is taken as the made-up arm that is paid for: {people}"
    yield ""
    yield "What would have been paid"
    rows = paid_lines(told.paid, told.currency)
    yield from (f"  {line}" for line in in_columns(rows, right=range(1, len(rows[0]))))
    chances = chance_lines(told.paid)
    if len(chances) > 1:
        yield ""
        yield "Tiers, by chance alone"
        yield from (f"  {line}" for line in in_columns(chances, right=(1,)))
    if told.findings:
        yield ""
        yield "Findings"
        yield from (f"  {finding}" for finding in dict.fromkeys(told.findings))


def backtest_plain(told: BacktestTold) -> dict[str, object]:
    """Amounts as whole minor units, chances as decimal texts with their error."""
    return {
        "deal": told.deal,
        "standing": told.standing,
        "currency": told.currency,
        "cohort": told.cohort,
        "people": told.people,
        "seed": told.seed,
        "splits": told.splits,
        "counted": [
            {
                "outcome": count.slot[0],
                "slot": count.slot[1],
                "value": exact_text(count.value),
                "people": count.people,
            }
            for count in told.counted
        ],
        "trials": [
            {
                "plan": study.plan,
                "known": study.known,
                "not_known": study.unknown,
                "treated": study.placebo.treated,
                "control": study.placebo.control,
            }
            for study in told.placebos
        ],
        "made_up_people": dict(told.paid.made_up),
        "terms": [_paid(term) for term in told.paid.terms],
        "in_all": _paid(told.paid.whole),
        "left_out": list(told.paid.left_out),
        "findings": findings_plain(told.findings),
    }


def _paid(paid: PaidWithout) -> dict[str, object]:
    return {
        "name": paid.name,
        "rests_on_chance": paid.rests_on_chance,
        "anything_paid": number_plain(paid.is_paid),
        "paid": money_plain(paid.mean),
        "percentiles": {
            str(percent): amount for percent, amount in zip(PERCENTS, paid.percentiles, strict=True)
        },
        "most": paid.most,
        "tiers": [{"says": tier.says, "chance": number_plain(tier.chance)} for tier in paid.tiers],
    }
