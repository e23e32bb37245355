"""How the cost of measures grows: against people, and against episodes; figures and a picture.

The synthetic records of `measures.py`, sorted, and its cohort of 10,000: days in jail alone, and
ten measures together, each beside its floor.

    python benchmarks/measures_curves.py [FOLDER]    made anew without a folder
    python benchmarks/measures_curves.py --draw      the picture alone, from the figures kept
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from measured import RESULTS, keep, tell
from measures import (
    ALONE,
    COHORTS,
    EVERYTHING,
    READS,
    TIMES,
    TOGETHER,
    best,
    floor,
    measured,
    opened,
    ratios,
    side,
    write_cohorts,
    write_records,
)

PEOPLE = ((100_000, 10_000_000), (1_000_000, 10_000_000), (10_000_000, 10_000_000))
EPISODES = ((10_000_000, 1_000_000), (10_000_000, 10_000_000), (10_000_000, 100_000_000))
JAIL = "days in jail"
TEN = "ten together"
LOW, OURS = "floor, processor", "ours, processor"


def point(folder: Path, order: str, cohort: int) -> None:
    """One size: days in jail and ten measures, each beside its floor."""
    with opened(folder, order, cohort) as (store, tables):
        low, ours, low_ten, ten = best(
            [
                lambda: floor(store, READS[JAIL][:1]),
                lambda: measured(store, tables, [ALONE[JAIL]]),
                lambda: floor(store, EVERYTHING),
                lambda: measured(store, tables, list(TOGETHER.values())),
            ],
            times=TIMES,
        )
    print(json.dumps({JAIL: ratios(low, ours), TEN: ratios(low_ten, ten)}))
    tell(0)


def swept(folder: Path) -> list[dict[str, Any]]:
    """The figures of every size."""
    rows = []
    for people, episodes in sorted({*PEOPLE, *EPISODES}):
        records = folder / f"{people}-{episodes}"
        if not (records / "events-sorted.parquet").exists():
            records.mkdir(parents=True, exist_ok=True)
            write_records(records, people, episodes)
        write_cohorts(records, people)
        found = side("point", records, "-sorted", COHORTS[0], script=__file__)
        rows.append({"people": people, "episodes": episodes, **found})
        print(json.dumps(rows[-1]), flush=True)
    return rows


def draw(rows: list[dict[str, Any]], target: Path) -> None:
    """Processor seconds against people and against episodes, with the floors, as SVG."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams.update({"svg.hashsalt": "measures", "svg.fonttype": "none"})
    from matplotlib import pyplot

    sizes = {(row["people"], row["episodes"]): row for row in rows}
    figure, axes = pyplot.subplots(1, 2, figsize=(9, 3.6), sharey=True, layout="constrained")
    for axis, steps, at, says in (
        (axes[0], PEOPLE, 0, "people, at 10 million episodes"),
        (axes[1], EPISODES, 1, "episodes, at 10 million people"),
    ):
        along = [step[at] for step in steps]
        for what, colour in ((JAIL, "#1b6ca8"), (TEN, "#b3541e")):
            for line, style, name in ((OURS, "-", what), (LOW, ":", f"floor of {what}")):
                axis.plot(
                    along,
                    [sizes[step][what][line] for step in steps],
                    style,
                    color=colour,
                    marker="o",
                    label=name,
                )
        axis.set(xscale="log", yscale="log", xlabel=says)
    axes[0].set_ylabel("processor seconds, two threads")
    axes[0].legend(frameon=False, fontsize="small")
    figure.suptitle("Measures of a cohort of 10,000 (synthetic records, sorted)", fontsize="medium")
    figure.savefig(target, metadata={"Date": None})


def main(folder: Path) -> None:
    """Sweep, keep the figures, and draw them."""
    rows = swept(folder)
    keep("measures_curves", {"data": "synthetic", "cohort": COHORTS[0], "rows": rows})
    draw(rows, RESULTS / "measures_curves.svg")


if __name__ == "__main__":
    if len(sys.argv) == 5 and sys.argv[1] == "point":
        point(Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
    elif sys.argv[1:] == ["--draw"]:
        kept = json.loads((RESULTS / "measures_curves.json").read_text())
        draw(kept["rows"], RESULTS / "measures_curves.svg")
    elif len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as temporary:
            main(Path(temporary))
