"""A recorded look ahead done again, in a copy of its deal's folder."""

from __future__ import annotations

from pathlib import Path

from payforsuccess.deal.assumptions import CASES
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.runs.record import RECORD, read_record
from payforsuccess.trail import RunRecord

KINDS = ("forecast", "simulate", "sensitivity")
"""The look aheads that can be done again from their record alone."""


def look_again(record: RunRecord, root: Path) -> tuple[RunRecord, Path]:
    """The new record and its folder; `root` is the folder of the deal as it is now.

    Refuses a record without settings, or whose assumptions lay outside the deal's folder.
    """
    file = next((item.path for item in record.inputs if item.name == "assumptions"), "")
    if not file:
        raise Refusal(
            Problem(
                "The assumptions of this look ahead lay outside the deal's folder.",
                "Put the file into the folder and look ahead again; then it can be replayed.",
            )
        )
    folder = _done(record, root, root / file).parent
    return read_record(folder / RECORD), folder


def _done(record: RunRecord, root: Path, assumptions: Path) -> Path:
    """The first file that the look ahead writes."""
    from payforsuccess.runs.finance.forecast import forecast
    from payforsuccess.runs.finance.sensitivity import sensitivity
    from payforsuccess.runs.finance.simulate import simulate

    if record.kind == "forecast":
        return forecast(root, assumptions=assumptions).written[0]
    settings = dict(record.settings)
    try:
        worlds, scrambles, seed = (int(settings[k]) for k in ("worlds", "scrambles", "seed"))
        if record.kind == "sensitivity":
            return sensitivity(
                root,
                figure=settings["figure"],
                assumptions=assumptions,
                worlds=worlds,
                scrambles=scrambles,
                seed=seed,
            ).written[0]
        (case,) = (case for case in CASES if case == settings["case"])
    except (KeyError, ValueError):
        raise Refusal(
            Problem(
                "This record does not say with which draws it was made.",
                "Put the original back; records of this kind are never edited.",
                Place(RECORD),
            )
        ) from None
    return simulate(
        root, assumptions=assumptions, case=case, worlds=worlds, scrambles=scrambles, seed=seed
    ).written[0]
