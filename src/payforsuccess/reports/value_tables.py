"""The rows of a value: unit costs, amounts by line and budget, pockets, what was found, offsets.

Each is a list of texts with its heading row, for the page and the terminal alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import isnan

from payforsuccess.deal.value import ValueLine
from payforsuccess.finance.simulate.figures import Figure
from payforsuccess.finance.value import CaseValue, HolderValue, LineValue, Value
from payforsuccess.finance.value.odds import HolderOdds, Interval, ValueOdds
from payforsuccess.reports.forecast_tables import Lines
from payforsuccess.reports.numbers import (
    amount_text,
    counted,
    day_text,
    listed,
    name_text,
    number_text,
    percent_text,
)
from payforsuccess.units import CURRENCY_DIGITS

READINGS = {
    "average": "at average cost",
    "marginal": "at the margin",
    "cashable": "cashable",
}
PERSON = "people who start"


def cost_lines(lines: Sequence[ValueLine]) -> Lines:
    """What a unit costs and how much of it counts, line by line, base case, as it is stated."""
    words = ("line", "follows from", "unit", "made up", "cost in steps", "lag")
    rows: Lines = [(*words, "units each", "average cost", "marginal cost", "cashable")]
    rows += [
        (
            line.name,
            PERSON if line.outcome is None else name_text(line.outcome),
            line.unit,
            made_up_text(line),
            "none"
            if line.step is None
            else f"{number_text(line.step.amount)} for {number_text(line.step.units)} a year",
            "none" if line.lag is None else str(line.lag),
            number_text(line.units_each.base),
            number_text(line.average.base),
            number_text(line.marginal.base),
            percent_text(float(line.cashable.share), 0),
        )
        for line in lines
    ]
    return rows


def matrix_lines(one: CaseValue, currency: str) -> Lines:
    """Each outcome and budget holder in one case: units, avoided in both readings, cashable.

    What is determined and what is assumed stand in rows of their own before the two together.
    """
    rows: Lines = [
        (
            "line",
            "holder",
            "level",
            "fund",
            "rests on",
            "units",
            "at average cost",
            "at the margin",
            "steps",
            "cashable",
        )
    ]
    rows += [
        (
            value.line.name,
            value.line.holder,
            value.line.level,
            value.line.fund,
            rests_on,
            number_text(_rounded(value.units)),
            amount_text(value.average, currency),
            amount_text(value.marginal, currency),
            number_text(value.steps),
            amount_text(value.cashable, currency),
        )
        for line in one.lines
        for rests_on, value in _by_standing(line)
    ]
    return rows


def _by_standing(line: LineValue) -> list[tuple[str, LineValue]]:
    """A line as it rests on results or on assumptions; on both, each part and then the sum."""
    if line.determined is None or line.rests_on != "both":
        return [(line.rests_on, line)]
    return [("determined", line.determined), ("assumed", line.assumed), ("both together", line)]


def rests_text(one: CaseValue) -> str:
    """What the lines of a case rest on, and where the two are added up."""
    by = {kind: [e for e in one.lines if e.rests_on == kind] for kind in ("determined", "both")}
    if not any(by.values()):
        return "All of it is assumed: no result is determined yet."
    told = [
        f"{counted(len(lines), 'line')} {'rests' if len(lines) == 1 else 'rest'} on {on}"
        for lines, on in (
            (by["determined"], "determined results alone"),
            (by["both"], "determined results and, for the rest, on what is assumed"),
        )
        if lines
    ]
    rest = len(one.lines) - sum(map(len, by.values()))
    others = f"; {counted(rest, 'line')} on what is assumed alone" if rest else ""
    return (
        f"{'; '.join(told)}{others}. Sums by budget and the offset ratio add determined and "
        "assumed; the sums say how much of them is determined."
    )


def holder_lines(one: CaseValue, currency: str) -> Lines:
    """Each budget in one case: avoided, cashable, what it pays on success and what it bears."""
    some = any(line.determined is not None for line in one.lines)
    parts = ("of it determined",) if some else ()
    heads = ("at average cost", "at the margin", *parts, "cashable", "pays on success")
    rows: Lines = [("holder", "level", "fund", *heads, "bears besides")]
    rows += [
        (
            row.holder,
            row.level,
            row.fund,
            *(
                amount_text(amount, currency)
                for amount in (
                    row.average,
                    row.marginal,
                    *((row.determined,) if some else ()),
                    row.cashable,
                    row.paid,
                    row.bears,
                )
            ),
        )
        for row in one.holders
    ]
    return rows


def pocket_lines(one: CaseValue, odds: ValueOdds, currency: str) -> Lines:
    """Who pays against who saves: cashable less paid, its range over the worlds, in words."""
    told = {each.key: each for each in odds.holders}
    heads = ("cashable less paid", "5% of worlds below", "95% below")
    rows: Lines = [("holder", "belongs to", "so it", *heads)]
    rows += [
        (
            row.holder,
            row.payor or "no payor",
            pocket_text(row, told[row.key]),
            amount_text(row.net_cashable, currency),
            *_ends(told[row.key].net, currency),
        )
        for row in _by_payor(one.holders)
    ]
    return rows


def _by_payor(holders: Sequence[HolderValue]) -> list[HolderValue]:
    """Budgets of one payor together, in the order in which they come; the others last."""
    payors = list(dict.fromkeys(row.payor for row in holders if row.payor))
    last = len(payors)
    return sorted(holders, key=lambda row: payors.index(row.payor) if row.payor else last)


def pocket_text(row: HolderValue, odds: HolderOdds) -> str:
    """Who a budget is in the question of wrong pockets, in words."""
    if row.marginal > 0:
        saves = "saves" if row.cashable > 0 else "avoids, takes out nothing"
    else:
        saves = "costs more" if row.marginal < 0 else ""
    told = " and ".join(filter(None, (saves, "pays" if row.paid else ""))) or "stays as it is"
    if odds.covered is None:
        return told
    return f"{told}; takes that out in {percent_text(odds.covered.value)} of worlds"


def found_lines(value: Value, currency: str) -> Lines:
    """Projected, verified and realised side by side, by agency, line and fiscal year."""
    heads = ("projected", "of it cashable", "verified", "realised")
    rows: Lines = [("holder", "line", "year", *heads)]
    rows += [
        (
            row.line.holder,
            row.line.name,
            str(row.fiscal_year),
            amount_text(row.projected, currency),
            amount_text(row.cashable, currency),
            _money_or_none(row.verified, currency),
            _money_or_none(row.realised, currency),
        )
        for row in sorted(value.found, key=lambda row: _order(value, row.line.holder))
    ]
    return rows


def evidence_lines(value: Value, currency: str) -> Lines:
    """What was verified and realised, each with its day, method, finder and source."""
    heads = ("kind", "line", "year", "amount", "on", "method", "by", "source")
    rows: Lines = [heads]
    rows += [
        (
            each.kind,
            row.line.name,
            str(row.fiscal_year),
            amount_text(each.amount, currency),
            day_text(each.on),
            each.method,
            each.by,
            f"{each.source} ({each.standing})" if each.standing else each.source,
        )
        for row in value.found
        for each in row.evidence
    ]
    return rows


def offset_lines(value: Value, odds: ValueOdds) -> Lines:
    """The offset ratio in its readings: by case, then over the worlds with its error."""
    cases = tuple(value.cases)
    rows: Lines = [("offset", *(f"{case} case" for case in cases), "5%", "50%", "95%", "mean")]
    for name, says in READINGS.items():
        offsets = [value.cases[case].offsets for case in cases]
        worlds = odds.offsets.get(name)
        rows.append(
            (
                says,
                *(
                    "none" if each is None else f"{float(getattr(each, name)):.4f}"
                    for each in offsets
                ),
                *(
                    ("none",) * 4
                    if worlds is None
                    else map(_ratio, (worlds.low, worlds.middle, worlds.high, worlds.mean))
                ),
            )
        )
    return [tuple(_minus(text) for text in row) for row in rows]


def made_up_text(line: ValueLine) -> str:
    """Which numbers of a line are illustrative."""
    told = {"units": line.units_each, "average": line.average, "marginal": line.marginal}
    made_up = [name for name, each in told.items() if each.standing == "illustrative"]
    if not made_up:
        return "nothing"
    return "all" if len(made_up) == len(told) else listed(made_up)


def is_made_up(line: ValueLine) -> bool:
    """Whether at least one number of a line is illustrative."""
    standings = (line.units_each, line.average, line.marginal)
    return any(each.standing == "illustrative" for each in standings)


def _order(value: Value, holder: str) -> int:
    holders = [row.line.holder for row in value.found]
    return holders.index(holder)


def _rounded(units: Fraction) -> Fraction:
    return Fraction(round(units * 100), 100)


def _ends(interval: Interval, currency: str) -> tuple[str, str]:
    return _units(interval.low, currency), _units(interval.high, currency)


def _units(figure: Figure, currency: str) -> str:
    """Whole units with the error: a simulated amount is not exact to the cent."""
    digits = 10 ** CURRENCY_DIGITS[currency]
    value = f"{figure.value / digits:,.0f}"
    value = "0" if value == "-0" else value
    error = "" if isnan(figure.error) else f" ± {figure.error / digits:,.0f}"
    return _minus(f"{value}{error}")


def _ratio(figure: Figure) -> str:
    return f"{figure.value:.4f}" + ("" if isnan(figure.error) else f" ± {figure.error:.4f}")


def _money_or_none(minor: int | None, currency: str) -> str:
    return "nothing yet" if minor is None else amount_text(minor, currency)


def _minus(text: str) -> str:
    return text.replace("-", "\N{MINUS SIGN}") if text[:1] == "-" else text
