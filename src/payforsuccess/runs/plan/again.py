"""A recorded plan or backtest done again, in a copy of its deal's folder."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from payforsuccess.deal.assumptions import CASES
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.runs.record import RECORD
from payforsuccess.trail import RunRecord


def plan_again(record: RunRecord, root: Path, beside: Path) -> Path:
    """The first file that it writes, from the settings on record.

    Refuses a record without settings, and one of assumptions that lay elsewhere.
    """
    settings = dict(record.settings)
    try:
        if record.kind == "backtest":
            return _backtest(settings, root)
        told = next(item.path for item in record.inputs if item.name == "assumptions")
        return _plan(settings, root, (beside if told.startswith("../") else root) / told)
    except (KeyError, ValueError, StopIteration):
        raise Refusal(
            Problem(
                "This record does not say with which draws it was made.",
                "Put the original back; records of this kind are never edited.",
                Place(RECORD),
            )
        ) from None


def _plan(settings: dict[str, str], root: Path, assumptions: Path) -> Path:
    from payforsuccess.runs.plan.plan import plan

    case = next(case for case in CASES if case == settings["case"])
    return plan(
        root,
        assumptions=assumptions,
        case=case,
        studies=int(settings["studies"]),
        seed=int(settings["seed"]),
    ).written[0]


def _backtest(settings: dict[str, str], root: Path) -> Path:
    from payforsuccess.runs.plan.backtest import backtest

    return backtest(
        root,
        arm=settings["arm"] or None,
        started_from=_day(settings["started_from"]),
        started_to=_day(settings["started_to"]),
        people=int(settings["people"]) if settings["people"] else None,
        splits=int(settings["splits"]),
        seed=int(settings["seed"]),
        as_of=date.fromisoformat(settings["as_of"]),
    ).written[0]


def _day(told: str) -> date | None:
    return date.fromisoformat(told) if told else None
