"""How the cost of whole lifetimes grows: with worlds, quarters and tranches; figures and a picture.

The deal of `lifetimes.py`, ours beside the same model by hand in numpy. Seconds of the processor.

    python benchmarks/lifetimes_curves.py           all sizes, and the picture
    python benchmarks/lifetimes_curves.py --draw    the picture alone, from the figures kept
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # a waiting thread counts as processor time

from lifetime_deal import Size
from lifetimes import HAND_BLOCKS, by_hand, by_us, in_turn, seconds
from measured import RESULTS, in_own_process, keep, tell

WORLDS = (2**14, 2**16, 2**18, 2**20)
QUARTERS = (12, 20, 28, 40)
TRANCHES = (4, 6, 10, 18)
TIMES = 3
TIMED = 2**18
"""Worlds at each number of quarters and tranches."""


def point(worlds: int) -> None:
    """So many worlds in this process: our seconds and peak of memory."""
    work = by_us(Size(), worlds)
    tell(seconds(work))


def swept() -> dict[str, list[dict[str, Any]]]:
    """The figures along each of the three."""
    rows: dict[str, list[dict[str, Any]]] = {"worlds": [], "quarters": [], "tranches": []}
    for worlds in WORLDS:
        ours = in_own_process(__file__, "point", str(worlds))
        block = max(HAND_BLOCKS)
        hand = seconds(lambda worlds=worlds, block=block: by_hand(Size(), worlds, block))
        rows["worlds"].append(
            {
                "worlds": worlds,
                "ours": round(ours.seconds, 3),
                "by hand": round(hand, 3),
                "megabytes": round(ours.megabytes),
            }
        )
    for name, sizes in (
        ("quarters", [Size(quarters=number) for number in QUARTERS]),
        ("tranches", [Size(tranches=number) for number in TRANCHES]),
    ):
        for size in sizes:
            mine, hand, _ = in_turn(size, times=TIMES, worlds=TIMED)
            rows[name].append(
                {
                    name: getattr(size, name),
                    "ours": round(mine * TIMED / 1e6, 3),
                    "by hand": round(hand * TIMED / 1e6, 3),
                }
            )
    return rows


def draw(rows: dict[str, list[dict[str, Any]]], target: Path) -> None:
    """Processor seconds along worlds, quarters and tranches, ours and by hand, as SVG."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams.update({"svg.hashsalt": "lifetimes", "svg.fonttype": "none"})
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(1, 3, figsize=(9, 3.4), layout="constrained")
    for axis, (name, says) in zip(
        axes,
        (
            ("worlds", "worlds (28 quarters, 4 tranches)"),
            ("quarters", f"quarters ({TIMED:,} worlds)"),
            ("tranches", f"tranches ({TIMED:,} worlds)"),
        ),
        strict=True,
    ):
        along = [row[name] for row in rows[name]]
        for line, style, colour, label in (
            ("ours", "-", "#1b6ca8", "from the deal's terms"),
            ("by hand", ":", "#b3541e", "by hand in numpy"),
        ):
            axis.plot(
                along,
                [row[line] for row in rows[name]],
                style,
                color=colour,
                marker="o",
                label=label,
            )
        if name == "worlds":
            axis.set(xscale="log", yscale="log")
        else:
            axis.set_ylim(bottom=0)
        axis.set(xlabel=says)
    axes[0].set_ylabel("processor seconds")
    axes[0].legend(frameon=False, fontsize="small")
    figure.suptitle("Whole lifetimes of a made-up deal", fontsize="medium")
    figure.savefig(target, metadata={"Date": None})


def main() -> None:
    """Sweep, keep the figures, and draw them."""
    load = os.getloadavg()[0]
    rows = swept()
    figures = {"data": "a made-up deal", "load_at_start": round(load, 1), **rows}
    keep("lifetimes_curves", figures)
    draw(rows, RESULTS / "lifetimes_curves.svg")


if __name__ == "__main__":
    if sys.argv[1:2] == ["point"]:
        point(int(sys.argv[2]))
    elif sys.argv[1:] == ["--draw"]:
        kept = json.loads((RESULTS / "lifetimes_curves.json").read_text())
        draw(kept, RESULTS / "lifetimes_curves.svg")
    else:
        main()
