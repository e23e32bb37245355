"""An initiative on which every kind of work has something to do, over a simulated county.

Denver's published rule with its linkage, its fall in jail days estimated by a plan of the
evaluation, and a band of pairs that people look at. All people are made up.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import yaml

from payforsuccess.runs.simulate_county import simulate_county

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "denver-supportive-housing"
PLAN: dict[str, Any] = {
    "design": "randomised",
    "says": "Days in jail of everyone as the lottery assigned them.",
    "clause": "Made up for a test",
    "assignment": "individual",
    "arms": {"treated": "programme", "control": "comparison"},
    "estimand": "itt",
    "estimator": "difference-in-means",
    "as": "percent-reduction",
    "standard_errors": "hc2",
    "confidence": "95%",
    "test": "wald",
    "decision": {"pays_on": "point-estimate"},
}


def a_whole_folder(folder: Path) -> Path:
    """The deal's folder with the feeds of a thousand made-up people."""
    plain = yaml.safe_load((EXAMPLE / "deal.yaml").read_text("utf-8"))
    outcome = plain["outcomes"]["jail_reduction"]
    plan = {**PLAN, "measure": outcome.pop("measure")["of"]}
    plain["outcomes"]["jail_reduction"] = {**outcome, "estimate": "jail_days"}
    plain["evaluation"] = {"jail_days": plan}
    plain["linkage"]["review"] = {"from": "80%", "to": "95%"}
    folder.mkdir(parents=True)
    (folder / "deal.yaml").write_text(yaml.safe_dump(plain, sort_keys=False), "utf-8")
    simulate_county(folder, people=1_000, seed=2017, enrolled=60, starts=date(2015, 12, 1))
    return folder
