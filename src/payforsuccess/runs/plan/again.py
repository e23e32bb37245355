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
            rows = [item.path for item in record.inputs if item.name == "people"]
            return _backtest(settings, root, _lying(rows[0], root, beside) if rows else None)
        told = next(item.path for item in record.inputs if item.name == "assumptions")
        return _plan(settings, root, _lying(told, root, beside))
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


def _lying(told: str, root: Path, beside: Path) -> Path:
    if not told:
        raise Refusal(
            Problem(
                "What this was made from lay neither in the deal's folder nor beside it.",
                "Put the files into the folder and do it again; then it can be replayed.",
            )
        )
    return (beside if told.startswith("../") else root) / told


def _backtest(settings: dict[str, str], root: Path, rows: Path | None) -> Path:
    from payforsuccess.runs.plan.backtest import backtest

    return backtest(
        root,
        arm=settings["arm"] or None,
        started_from=_day(settings["started_from"]),
        started_to=_day(settings["started_to"]),
        people=int(settings["people"]) if settings["people"] else None,
        splits=int(settings["splits"]),
        seed=int(settings["seed"]),
        as_of=_day(settings["as_of"]),
        rows=rows,
    ).written[0]


def _day(told: str) -> date | None:
    return date.fromisoformat(told) if told else None
