"""`pfs price` on a folder: what was stated already is priced anew too, and that is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from payforsuccess.runs.finance.price import price
from tests.lib.assumed import assumed
from tests.lib.folders import a_folder, issued

FEW: dict[str, Any] = {"target": "paid=2000", "worlds": 64, "scrambles": 2}


def test_a_price_after_statements_says_that_they_are_priced_anew(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    plain = assumed().model_dump(mode="json", by_alias=True, exclude_none=True)
    plain = {key: value for key, value in plain.items() if value not in ([], {})}
    (folder / "assumptions.yaml").write_text(yaml.safe_dump(plain, sort_keys=False))
    before = price(folder, **FEW)
    assert before.of_stated == ""
    issued(folder, "5", "4")
    after = price(folder, **FEW)
    assert "Periods 1 to 2 are stated already; they are priced anew too" in str(after)
    assert after.as_plain()["stated_through"] == 2
    page = next(path for path in after.written if path.suffix == ".html")
    assert "priced anew too" in page.read_text("utf-8")
