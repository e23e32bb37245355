"""Just in Reach pays once for one person, however often the programme enrols them."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from payforsuccess.runs.statement.pay import pay_through
from tests.lib.folders import sign

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "just-in-reach" / "deal.yaml"
ON = date(2022, 10, 10)
PERIODS = range(1, 9)


def test_two_enrolments_of_one_person_are_paid_for_once(tmp_path: Path) -> None:
    shutil.copy(EXAMPLE, tmp_path / "deal.yaml")
    rows = ["outcome,period,person,quantity,source"]
    rows += ["no_return,6,ana,1,register:1", "no_return,8,ana,1,register:9"]
    rows += ["no_return,8,ben,1,register:2"]
    rows += [
        f"{name},{at},ana,0," for name in ("home_6_months", "home_12_months") for at in PERIODS
    ]
    rows += [f"no_return,{at},ben,0," for at in PERIODS if at not in (6, 8)]
    (tmp_path / "people.csv").write_text("\n".join(rows) + "\n", "utf-8")
    sign(tmp_path, party="RAND", on=ON)
    drafts = pay_through(tmp_path, through=8, as_of=ON).drafts
    paid = {(line.term, line.period): line.amount for d in drafts for line in d.statement.lines}
    assert {key: amount for key, amount in paid.items() if amount} == {
        ("jail", 6): 10_000_00,
        ("jail", 8): 10_000_00,
    }
