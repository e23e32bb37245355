"""A value as plain data for a program: whole minor units, exact texts, ranges with errors."""

from __future__ import annotations

from payforsuccess.finance.value import CaseValue, HolderKey, LineValue, Value
from payforsuccess.finance.value.found import SideBySide
from payforsuccess.finance.value.odds import HolderOdds, Interval, ValueOdds
from payforsuccess.runs.finance.words import money_plain, number_plain
from payforsuccess.units import exact_text

Plain = dict[str, object]


def value_plain(value: Value, odds: ValueOdds) -> Plain:
    """Cases, ranges over the worlds, and what was found."""
    return {
        "cases": {case: _case(one) for case, one in value.cases.items()},
        "worlds": {
            "seed": odds.seed,
            "worlds": odds.worlds,
            "scrambles": odds.scrambles,
            "varies": odds.varies,
            "holders": [_odds(each) for each in odds.holders],
            "offsets": {
                name: {
                    "5%": number_plain(each.low),
                    "50%": number_plain(each.middle),
                    "95%": number_plain(each.high),
                    "mean": number_plain(each.mean),
                }
                for name, each in odds.offsets.items()
            },
            "offset_in_full": number_plain(odds.offset_in_full),
        },
        "found": [_found(each) for each in value.found],
    }


def _case(one: CaseValue) -> Plain:
    offsets = one.offsets
    return {
        "programme_cost": one.programme_cost,
        "offsets": None
        if offsets is None
        else {name: exact_text(ratio) for name, ratio in vars(offsets).items()},
        "lines": [_line(each) for each in one.lines],
        "holders": [
            {
                **_key(each.key),
                "payor": each.payor,
                "average": each.average,
                "marginal": each.marginal,
                "cashable": each.cashable,
                "paid": each.paid,
                "bears": each.bears,
                "verified": each.verified,
                "realised": each.realised,
                "marginal_determined": each.determined,
            }
            for each in one.holders
        ],
    }


def _line(each: LineValue) -> Plain:
    line = each.line
    return {
        "line": line.name,
        "outcome": line.outcome,
        **_key(HolderKey(line.holder, line.level, line.fund)),
        "units": exact_text(each.units),
        "steps": each.steps,
        "average": each.average,
        "marginal": each.marginal,
        "cashable": each.cashable,
        "by_year": {str(year): amount for year, amount in each.by_year.items()},
        "rests_on": each.rests_on,
        "determined": None if each.determined is None else _part(each.determined),
        "source": line.source,
        "standing": {
            "units": line.units_each.standing,
            "average": line.average.standing,
            "marginal": line.marginal.standing,
        },
        "cashable_confirmed_by": line.cashable.confirmed_by,
    }


def _part(each: LineValue) -> Plain:
    return {
        "units": exact_text(each.units),
        "steps": each.steps,
        "average": each.average,
        "marginal": each.marginal,
        "cashable": each.cashable,
    }


def _odds(each: HolderOdds) -> Plain:
    return {
        **_key(each.key),
        "marginal": _amounts(each.marginal),
        "cashable": _amounts(each.cashable),
        "paid": _amounts(each.paid),
        "cashable_less_paid": _amounts(each.net),
        "takes_out_what_it_pays": number_plain(each.covered),
    }


def _amounts(interval: Interval) -> Plain:
    return {
        "5%": money_plain(interval.low),
        "50%": money_plain(interval.middle),
        "95%": money_plain(interval.high),
        "mean": money_plain(interval.mean),
    }


def _found(row: SideBySide) -> Plain:
    return {
        "line": row.line.name,
        "holder": row.line.holder,
        "fiscal_year": row.fiscal_year,
        "projected": row.projected,
        "cashable": row.cashable,
        "verified": row.verified,
        "realised": row.realised,
        "evidence": [{**vars(each), "on": str(each.on)} for each in row.evidence],
    }


def _key(key: HolderKey) -> Plain:
    return {"holder": key.holder, "level": key.level, "fund": key.fund}
