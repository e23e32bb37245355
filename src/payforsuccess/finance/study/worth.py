"""What a true effect is worth to the deal's payors, by `value.yaml`."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from payforsuccess.deal.value import ValueFile
from payforsuccess.finance.study.setting import StudySetting
from payforsuccess.finance.value.lines import EXACT, line_value
from payforsuccess.finance.value.units import beyond_no_success, units_by_year
from payforsuccess.units import CURRENCY_DIGITS


def worth_at(setting: StudySetting, file: ValueFile, truth: float) -> int:
    """What payors can take out of their own budgets at a true effect, in minor units; signed.

    All other results are as the case has them.
    """
    deal = setting.deal
    tick = deal.outcomes[setting.outcome].tick
    own = dict.fromkeys(setting.slots, Fraction(f"{truth:.9f}") / tick)
    results = replace(setting.results, ticks={**setting.results.ticks, **own})
    beyond = beyond_no_success(deal, results, number=EXACT.number)
    worth = 0
    for line in file.lines:
        if line.to_payor:
            each = line.units_each.in_case(setting.case)
            units = units_by_year(deal, line, beyond, setting.people, each=each)
            digits = 10 ** CURRENCY_DIGITS[deal.currency]
            worth += int(
                line_value(line, units, case=setting.case, digits=digits, reading=EXACT).cashable
            )
    return worth
