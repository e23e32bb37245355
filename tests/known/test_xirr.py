"""Rates of return agree with pyxirr (made by make_xirr.py)."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy

from payforsuccess.finance.returns import xirr, xirr_of

KNOWN = json.loads(Path(__file__).with_name("xirr.json").read_text())
DAYS = [date.fromisoformat(day) for day in KNOWN["days"]]


def test_rates_of_many_flows_are_those_of_pyxirr() -> None:
    found = xirr(DAYS, KNOWN["flows"])
    assert numpy.abs(found.rate - numpy.array(KNOWN["rates"])).max() < 1e-9
    assert (found.roots == 1).all()


def test_rates_of_single_flows_are_those_of_pyxirr() -> None:
    for flow, rate in zip(KNOWN["flows"][:40], KNOWN["rates"], strict=False):
        found = xirr_of(DAYS, flow)
        assert found.rate is not None
        assert abs(found.rate - rate) < 1e-9
