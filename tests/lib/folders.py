"""A deal's folder on disk, and the runs on it in one line each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from payforsuccess.deal.deal import Deal
from payforsuccess.runs.statement.determine import determine
from payforsuccess.runs.statement.pay import Draft, pay
from payforsuccess.runs.statement.statements import Issued, issue
from tests.lib.deals import EVALUATOR, a_deal

SIGNED_ON = date(2028, 1, 31)
MADE_ON = date(2028, 1, 31)


def write_deal(path: Path, deal: Deal) -> None:
    """The deal as a file."""
    plain = deal.model_dump(mode="json", by_alias=True, exclude_none=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(_as_text(plain), sort_keys=False), encoding="utf-8")


def _as_text(value: Any) -> Any:
    """Without empty lists and mappings, which the models have by default."""
    if isinstance(value, dict):
        return {key: _as_text(item) for key, item in value.items() if item not in ([], {}, ())}
    return [_as_text(item) for item in value] if isinstance(value, list) else value


def write_results(folder: Path, *results: Mapping[str, object], **columns: Sequence[str]) -> None:
    """`results.yaml` from results, or from outcomes with one value a period."""
    found: list[Mapping[str, object]] = [*results]
    for name, values in columns.items():
        for number, value in enumerate(values, 1):
            found.append({"outcome": name, "period": number, "value": value})
    text = yaml.safe_dump({"format": "1", "results": [dict(each) for each in found]})
    (folder / "results.yaml").write_text(text, encoding="utf-8")


def a_folder(
    path: Path, deal: Deal | None = None, people: str = "", **columns: Sequence[str]
) -> Path:
    """A folder with the small deal, and results or rows by person."""
    write_deal(path / "deal.yaml", deal or a_deal())
    if columns:
        write_results(path, **columns)
    if people:
        header = "outcome,period,person,quantity,source"
        (path / "people.csv").write_text(f"{header}\n{people}\n", encoding="utf-8")
    return path


def sign(folder: Path, **changes: Any) -> Any:
    """Have the evaluator determine everything in the results file."""
    usual: dict[str, Any] = {
        "party": EVALUATOR,
        "role": "evaluator",
        "signed_by": "Jo Fir",
        "on": SIGNED_ON,
    }
    return determine(folder, **{**usual, **changes})


def draft(folder: Path, period: int | None = None, **changes: Any) -> Draft:
    """The draft for a period."""
    return pay(folder, period=period, **{"as_of": MADE_ON, **changes})


def issued(folder: Path, *values: str) -> list[Issued]:
    """One issued statement a period for `homes`, each determined first."""
    made: list[Issued] = []
    for number in range(1, len(values) + 1):
        write_results(folder, homes=values[:number])
        sign(folder)
        draft(folder)
        made.append(issue(folder))
    return made
