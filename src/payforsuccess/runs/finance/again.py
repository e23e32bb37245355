"""A recorded look ahead done again, in a copy of its deal's folder."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from payforsuccess.deal.assumptions import CASES, Case
from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.runs.folder import open_folder, read_deal
from payforsuccess.runs.plan.again import plan_again
from payforsuccess.runs.record import RECORD, read_record
from payforsuccess.trail import RunRecord
from payforsuccess.units import exact

KINDS = (
    "backtest",
    "forecast",
    "simulate",
    "sensitivity",
    "price",
    "compare",
    "budget",
    "capital",
    "plan",
    "stream",
    "tied",
    "value",
    "wind-down",
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
    elif record.kind == "stream":
        written = _streamed(record, root, beside)
    elif record.kind == "wind-down":
        written = _ended(record, root, beside)
    elif record.kind in ("plan", "backtest"):
        written = plan_again(record, root, beside)
    else:
        written = _done(record, root, _input(record, "assumptions", root, beside))
    return read_record(written.parent / RECORD), written.parent


def main_file(record: RunRecord) -> str:
    """The file by which the folder of what was recorded is known."""
    told = (item.path for item in record.inputs if item.name == "stream")
    return next(told, "") if record.kind == "stream" else "deal.yaml"


def terms_now(record: RunRecord, root: Path) -> Deal:
    """The terms as they lie there now, in the version that the look ahead would take."""
    if record.kind != "stream":
        return open_folder(root).history().latest
    return read_deal(_input(record, "terms", root, root))


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


def _streamed(record: RunRecord, root: Path, beside: Path) -> Path:
    from payforsuccess.runs.finance.stream import stream

    return stream(_input(record, "stream", root, beside)).written[0]


def _ended(record: RunRecord, root: Path, beside: Path) -> Path:
    """The end of the deal on the same day, by the same word, with the same files."""
    from payforsuccess.runs.finance.wind_down import wind_down
    from payforsuccess.runs.finance.wound_down_kept import IN_SERVICE, RESULTS

    settings, read = dict(record.settings), {item.name for item in record.inputs}
    results, people = (
        _input(record, name, root, beside) if name in read else None
        for name in (RESULTS, IN_SERVICE)
    )
    try:
        told_on = settings.get("told_on")
        costs, count = settings.get("wind_up_costs"), settings.get("not_measured")
        return wind_down(
            root,
            event=_text(settings, "event"),
            on=date.fromisoformat(_text(settings, "on")),
            by=settings.get("by"),
            told_on=None if told_on is None else date.fromisoformat(told_on),
            results=results,
            people=people,
            wind_up_costs=None if costs is None else exact(costs),
            not_measured=None if count is None else int(count),
        ).written[0]
    except ValueError:
        raise _incomplete() from None


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
            "This record does not say all that it was made with.",
            "Put the original back; records of this kind are never edited.",
            Place(RECORD),
        )
    )
