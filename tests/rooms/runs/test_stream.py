"""A funding stream: one set of terms over many contracts, and its total (R66, R100, R150)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from payforsuccess.errors import Refusal
from payforsuccess.finance.forecast import forecast
from payforsuccess.payments.history import DealHistory
from payforsuccess.runs.finance.stream import StreamAhead, stream
from tests.lib.assumed import assumed
from tests.lib.deals import a_deal, a_term
from tests.lib.folders import write_deal, write_results
from tests.lib.pfs import pfs

BASE: dict[str, Any] = {
    "name": "south",
    "provider": "Juniper Homes",
    "department": "Housing",
    "source": "existing-stream",
    "kind": "base",
    "amounts": [{"fiscal_year": "2026", "amount": "30000"}],
}
WITHHOLD: dict[str, Any] = {
    **BASE,
    "name": "north",
    "provider": "Cedar Homes",
    "kind": "withhold",
    "tied": "20%",
    "amounts": [
        {"fiscal_year": "2026", "amount": "50000"},
        {"fiscal_year": "2027", "amount": "50000"},
    ],
    "assumptions": "north.yaml",
}
BONUS: dict[str, Any] = {
    **WITHHOLD,
    "name": "east",
    "department": "Health",
    "source": "grant",
    "kind": "bonus",
    "tied": "10%",
    "size": "0.5",
    "on_terms_from": "2026-08-01",
}


def a_stream(folder: Path, *contracts: dict[str, Any], **changes: Any) -> StreamAhead:
    """A stream on the small deal's terms: 1,000 for each of 15 homes in the base case."""
    write_deal(folder / "terms.yaml", a_deal(payments=[a_term(price="1000")]))
    plain = assumed().model_dump(mode="json", by_alias=True, exclude_defaults=True)
    (folder / "north.yaml").write_text(yaml.safe_dump(plain))
    listed = list(contracts) or [WITHHOLD, BONUS, BASE]
    text = {"format": "1", "name": "Homes", "terms": "terms.yaml", "contracts": listed, **changes}
    # By way of JSON, so that what is shared is written out each time.
    (folder / "stream.yaml").write_text(yaml.safe_dump(json.loads(json.dumps(text))))
    return stream(folder)


def test_each_contract_pays_its_base_and_what_the_terms_earn(tmp_path: Path) -> None:
    north, east, south = a_stream(tmp_path).contracts
    assert (north.earned["base"], north.earned["low"]) == (15_000_00, 12_000_00)
    assert (north.pays("base"), north.pays("low")) == (95_000_00, 92_000_00)
    assert (east.earned["base"], east.pays("base")) == (7_500_00, 107_500_00)
    assert south.pays("base") == 30_000_00


def test_the_share_under_outcomes_terms_is_told_by_department_and_year(tmp_path: Path) -> None:
    found = a_stream(tmp_path)
    told = {key: (d.under_terms, d.total) for key, d in found.by_department.items()}
    assert told == {
        ("Health", 2026): (5_000_00, 55_000_00),
        ("Health", 2027): (5_000_00, 55_000_00),
        ("Housing", 2026): (10_000_00, 80_000_00),
        ("Housing", 2027): (10_000_00, 50_000_00),
    }
    assert (found.total.under_terms, found.total.total) == (30_000_00, 240_000_00)
    assert "12.5%" in str(found)


def test_money_moved_to_outcomes_terms_is_a_running_total_by_source(tmp_path: Path) -> None:
    moved = a_stream(tmp_path).moved
    assert moved["existing-stream"] == {2026: 10_000_00, 2027: 20_000_00}
    # it moved in August 2026, which is in fiscal year 2027
    assert moved["grant"] == {2026: 0, 2027: 5_000_00}


def test_results_so_far_stand_in_place_of_what_is_assumed(tmp_path: Path) -> None:
    write_results(tmp_path, homes=["9"])
    found = a_stream(tmp_path, {**WITHHOLD, "results": "results.yaml"})
    assert found.contracts[0].earned["base"] == 19_000_00
    assert found.contracts[0].results == 1


def test_results_of_an_outcome_that_the_terms_lack_are_refused(tmp_path: Path) -> None:
    write_results(tmp_path, hoems=["9"])
    with pytest.raises(Refusal, match="Did you mean `homes`"):
        a_stream(tmp_path, {**WITHHOLD, "results": "results.yaml"})


def test_no_more_is_paid_than_a_contract_puts_on_outcomes(tmp_path: Path) -> None:
    found = a_stream(tmp_path, {**WITHHOLD, "tied": "10%"})
    assert found.contracts[0].pays("base") == 100_000_00
    assert "paid no more than that" in found.findings[0].what


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"tied": "0"}, "which share hangs on outcomes"),
        ({"assumptions": "elsewhere.yaml"}, "no such file"),
        ({"assumptions": "../north.yaml"}, "outside its folder"),
        ({"kind": "base"}, "which share hangs on outcomes"),
        ({"size": "1000000000"}, "1,000,000,000 times as large as the terms"),
        ({"amounts": [{"fiscal_year": "2099", "amount": "5"}]}, "2099 lies far from the terms"),
        (
            {"amounts": [{"fiscal_year": "2026", "amount": "50000.005"}]},
            "50,000.005 is not a whole number of the smallest unit of USD",
        ),
        ({"on_terms_from": "2037-01-01"}, "moves to terms on 2037-01-01 that end on 2027-12-31"),
    ],
)
def test_a_stream_that_does_not_hold_is_refused(
    tmp_path: Path, change: dict[str, Any], told: str
) -> None:
    with pytest.raises(Refusal, match=told):
        a_stream(tmp_path, {**WITHHOLD, **change})


def test_a_folder_without_the_file_says_what_to_write(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"There is no stream\.yaml in this folder") as refusal:
        stream(tmp_path)
    assert "the contracts of the stream" in refusal.value.problems[0].do


def test_the_command_gives_numbers_for_a_program(tmp_path: Path) -> None:
    a_stream(tmp_path)
    plain = pfs("stream", tmp_path, "--json").plain
    assert isinstance(plain, dict)
    assert plain["total"] == {"in_all": 240_000_00, "under_terms": 30_000_00, "share": "0.125"}


def test_the_page_has_every_table_the_picture_and_what_is_made_up(tmp_path: Path) -> None:
    found = a_stream(tmp_path, is_made_up="true")
    page = found.written[0]
    text = page.read_text("utf-8")
    for part in (
        "What each contract puts on outcomes",
        "What each contract pays in all",
        "By department and fiscal year",
        "<svg",
        "Illustrative stream",
        "Illustrative assumptions",
        "12.5% of 240,000.00 in all",
    ):
        assert part in text


def test_a_stream_on_which_nothing_hangs_on_outcomes_has_a_page_too(tmp_path: Path) -> None:
    text = a_stream(tmp_path, BASE).written[0].read_text("utf-8")
    assert "Illustrative assumptions" not in text


def test_a_stream_is_replayed_and_what_changed_of_any_contract_is_named(tmp_path: Path) -> None:
    kept = a_stream(tmp_path).written[0].parent
    same = pfs("replay", kept)
    assert same.code == 0, same.err
    for part in ("input stream.yaml", "input terms.yaml", "input north.yaml", "deal version"):
        assert f"same       {part}" in same.out
    assert "same       output stream.html" in same.out
    text = (tmp_path / "north.yaml").read_text().replace("0.5", "0.4", 1)
    (tmp_path / "north.yaml").write_text(text)
    changed = pfs("replay", kept)
    assert changed.code == 10
    assert "The first difference is input north.yaml" in changed.out


def test_a_stream_under_another_name_and_terms_in_a_folder_is_replayed(tmp_path: Path) -> None:
    a_stream(tmp_path)
    (tmp_path / "deal").mkdir()
    (tmp_path / "terms.yaml").rename(tmp_path / "deal" / "deal.yaml")
    text = (tmp_path / "stream.yaml").read_text().replace("terms.yaml", "deal/deal.yaml")
    (tmp_path / "stream.yaml").rename(tmp_path / "homes.yaml")
    (tmp_path / "homes.yaml").write_text(text)
    kept = stream(tmp_path / "homes.yaml").written[0].parent
    done = pfs("replay", kept)
    assert done.code == 0, done.err
    assert "same       input deal/deal.yaml" in done.out
    (tmp_path / "homes.yaml").unlink()
    assert "is not where it was" in pfs("replay", kept).err


def test_success_payments_are_cash_as_in_every_look_ahead(tmp_path: Path) -> None:
    """15 homes earn 15,000; the only payor pays no more than 9,000."""
    north = a_stream(tmp_path).contracts[0]
    assert north.paid == north.earned
    payors = [{"party": "Alder County", "share": "1", "ceiling": "9000"}]
    deal = a_deal(payments=[a_term(price="1000")], payors=payors)
    write_deal(tmp_path / "terms.yaml", deal)
    found = stream(tmp_path)
    north = found.contracts[0]
    assert (north.earned["base"], north.paid["base"]) == (15_000_00, 9_000_00)
    assert north.pays("base") == 89_000_00
    assert "earns 15,000.00 in the" in " ".join(one.what for one in found.findings)
    ahead = forecast(DealHistory((deal,)), assumed())
    assert north.paid == {case: one.paid for case, one in ahead.cases.items()}
