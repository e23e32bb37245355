"""A recorded look ahead done again, in a copy of its deal's folder."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from payforsuccess.deal.assumptions import CASES, Case
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.runs.record import RECORD, read_record
from payforsuccess.trail import RunRecord

KINDS = (
    "forecast",
    "simulate",
    "sensitivity",
    "price",
    "compare",
    "budget",
    "capital",
    "tied",
    "value",
)
"""The look aheads that can be done again from their record alone."""


def look_again(record: RunRecord, root: Path, *, beside: Path) -> tuple[RunRecord, Path]:
    """The new record and its folder; `root` is a copy of the deal's folder as it is now.

    Files in folders `beside` the deal's own are read where they lie. Refuses a record without
    settings, or of files that lay elsewhere.
    """
    if record.kind == "compare":
        written = _compared(record, root, beside)
    elif record.kind == "capital":
        written = _stood(record, root, beside)
    else:
        written = _done(record, root, _input(record, "assumptions", root, beside))
    return read_record(written.parent / RECORD), written.parent


def _input(record: RunRecord, name: str, root: Path, beside: Path) -> Path:
    """Where a file of the record is read from: the copy, or a folder beside the deal's own."""
    told = next((item.path for item in record.inputs if item.name == name), "")
    if not told:
        raise Refusal(
            Problem(
                "What this look ahead was made from lay neither in the deal's folder nor beside "
                "it.",
                "Put the files into the folder and look ahead again; then it can be replayed.",
            )
        )
    return (beside if told.startswith("../") else root) / told


def _done(record: RunRecord, root: Path, assumptions: Path) -> Path:
    """The first file that the look ahead writes."""
    from payforsuccess.runs.finance.budget import budget
    from payforsuccess.runs.finance.forecast import forecast
    from payforsuccess.runs.finance.price import price
    from payforsuccess.runs.finance.sensitivity import sensitivity
    from payforsuccess.runs.finance.simulate import simulate
    from payforsuccess.runs.finance.tied import tied
    from payforsuccess.runs.finance.value import value

    match record.kind:
        case "forecast":
            return forecast(root, assumptions=assumptions).written[0]
        case "budget":
            return budget(root, assumptions=assumptions).written[0]
        case "tied":
            return tied(root, assumptions=assumptions).written[0]
    settings = dict(record.settings)
    worlds, scrambles, seed = _draws(settings)
    if record.kind == "value":
        return value(
            root, assumptions=assumptions, worlds=worlds, scrambles=scrambles, seed=seed
        ).written[0]
    if record.kind == "sensitivity":
        return sensitivity(
            root,
            figure=_text(settings, "figure"),
            assumptions=assumptions,
            worlds=worlds,
            scrambles=scrambles,
            seed=seed,
        ).written[0]
    case = _case(settings)
    if record.kind == "price":
        return price(
            root,
            target=_text(settings, "target"),
            of=_text(settings, "of"),
            terms=[name for key, name in record.settings if key.startswith("term ")],
            assumptions=assumptions,
            case=case,
            worlds=worlds,
            scrambles=scrambles,
            seed=seed,
        ).written[0]
    return simulate(
        root, assumptions=assumptions, case=case, worlds=worlds, scrambles=scrambles, seed=seed
    ).written[0]


def _compared(record: RunRecord, root: Path, beside: Path) -> Path:
    from payforsuccess.runs.finance.compare import compare

    settings = dict(record.settings)
    worlds, scrambles, seed = _draws(settings)
    what = _text(settings, "compares")
    first, second = (
        _input(record, name, root, beside) for name in ("assumptions", "second assumptions")
    )
    deals = [root]
    if what == "deals":
        # The first input of each side is its deal file.
        name = next(item.name for item in record.inputs if item.name.startswith("second "))
        deals.append(_input(record, name, root, beside))
    return compare(
        deals,
        assumptions=[first] if what == "versions" else [first, second],
        case=_case(settings),
        worlds=worlds,
        scrambles=scrambles,
        seed=seed,
    ).written[0]


def _stood(record: RunRecord, root: Path, beside: Path) -> Path:
    """The investors' page of a day; the record of capital is the last thing that was read."""
    from payforsuccess.runs.finance.capital import capital

    try:
        as_of = date.fromisoformat(_text(dict(record.settings), "as_of"))
    except ValueError:
        raise _incomplete() from None
    books = _input(record, record.inputs[-1].name, root, beside)
    return capital(root, as_of=as_of, record=books, pack=True).written[0]


def _draws(settings: Mapping[str, str]) -> tuple[int, int, int]:
    try:
        worlds, scrambles, seed = (int(settings[k]) for k in ("worlds", "scrambles", "seed"))
    except (KeyError, ValueError):
        raise _incomplete() from None
    return worlds, scrambles, seed


def _case(settings: Mapping[str, str]) -> Case:
    for case in CASES:
        if case == settings.get("case"):
            return case
    raise _incomplete()


def _text(settings: Mapping[str, str], key: str) -> str:
    if key not in settings:
        raise _incomplete()
    return settings[key]


def _incomplete() -> Refusal:
    return Refusal(
        Problem(
            "This record does not say with which draws it was made.",
            "Put the original back; records of this kind are never edited.",
            Place(RECORD),
        )
    )
