"""Amended deals for tests of the web."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from payforsuccess.web.amendments.actions import propose
from payforsuccess.web.amendments.models import Proposal
from tests.lib.deals import a_deal, a_term
from tests.lib.folders import write_deal
from tests.web.cast import Cast

SAYS = "A higher price for each home"


def amended(amendment: dict[str, Any] | None = None, **changes: Any) -> str:
    """The small deal at a price of 120 from its second period on, as a file."""
    said = {"number": "1", "says": SAYS, "touches": ["money"], **(amendment or {})}
    stated = {
        "in_force_from": "2026-04-01",
        "payments": [a_term(price="120")],
        "amendment": said,
        **changes,
    }
    with TemporaryDirectory() as folder:
        file = Path(folder) / "amended.yaml"
        write_deal(file, a_deal(**stated))
        return file.read_text("utf-8")


def proposed(cast: Cast) -> Proposal:
    """An amendment that the coordinator proposed."""
    return propose(by=cast.access("coordinator"), text=amended())


def a_proposal(cast: Cast | None) -> dict[str, object]:
    """Under its public id."""
    return {"code": proposed(cast).public_id if cast else "one"}


def an_answer(cast: Cast | None) -> dict[str, object]:
    """The payor's, which the matrix of the small deal asks first."""
    return {**a_proposal(cast), "which": 0, "said": "consented"}
