"""Homes from Jail, the first initiative of the made-up county: what lies beside its deal."""

from __future__ import annotations

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from payforsuccess.runs.amend.proposed import check_proposed, read_proposed
from payforsuccess.runs.finance.budget import budget
from payforsuccess.web.audit.models import Event
from payforsuccess.web.demo.amended import amended
from payforsuccess.web.demo.deal import write_deal
from payforsuccess.web.initiatives.models import Initiative

DAYS = [date(2026, 11, 22), date(2027, 1, 1), date(2028, 2, 29)]


@pytest.mark.parametrize("today", DAYS)
def test_the_amendment_can_be_proposed_on_any_day(tmp_path: Path, today: date) -> None:
    """R125: both payors, the lender and the provider are asked, for money is touched."""
    write_deal(tmp_path, today=today)
    text = (tmp_path / "deal.yaml").read_text("utf-8")

    proposed = read_proposed(tmp_path, amended(text, today=today))

    check_proposed(proposed, on=today)
    assert [(one.of, one.party) for one in proposed.needed] == [
        ("payor", "Example County"),
        ("payor", "Example State"),
        ("lender", "Example Bank"),
        ("provider", ""),
    ]
    assert "illustrative" in proposed.amendment.says


def test_a_county_whose_making_was_stopped_is_made_from_the_start(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("payforsuccess.web.demo.seed.settle", stop)
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            call_command("seed", people=2, stdout=StringIO())

    assert not Initiative.objects.exists() and not Event.objects.exists()


@pytest.mark.parametrize("today", DAYS[:2])
def test_the_budget_has_an_appropriation_a_reserve_and_a_forecast(
    tmp_path: Path, today: date
) -> None:
    write_deal(tmp_path, today=today)

    told = str(budget(tmp_path))

    assert "the budget is illustrative" in told
    assert "Reserve ledger" in told and "Success payment reserve" in told
    assert "Sinking fund that would pay the base case" in told
