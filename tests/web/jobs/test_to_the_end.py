"""Every kind of work, asked for on its page and done by the real worker to its end (deep)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.web.truth.homes import Home

pytestmark = pytest.mark.deep
RESULTS = {
    "load": "Rows kept",
    "link": "People",
    "measure": "Draft statement for period",
    "evaluate": "Plans estimated",
    "report": "Report",
    "checks": "Checks that stand out",
}
"""What the page of a done job shows of each kind."""


def test_every_kind_runs_to_its_end_is_cancelled_or_says_what_stops_it(own_home: Home) -> None:
    found: dict[str, Any] = json.loads(own_home.run("-m", "tests.web.jobs.doing"))

    for kind, label in RESULTS.items():
        job = found[kind]
        assert "Waiting" in job["waits"], kind
        assert any("percent" in said for said in job["seen"]), f"{kind} showed no progress"
        assert "Done" in job["end"] and label in job["end"], job["end"]
    cancelled = found["cancelled"]
    assert cancelled["worker"] == 0 and "Nothing of it was kept" in cancelled["end"]
    for name in ("link of a small deal", "evaluate of a small deal", "load without a file"):
        assert "What went wrong, and what to do" in found[name]["end"], found[name]["end"]
        assert "Traceback" not in found[name]["end"]
