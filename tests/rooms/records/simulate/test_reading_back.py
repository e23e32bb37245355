"""Every file of a simulated county passes its own feed's checks, and becomes canonical rows."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from payforsuccess.deal.data import DataSource
from payforsuccess.records.bench import open_bench
from payforsuccess.records.layouts import LAYOUTS
from payforsuccess.records.reading import read_feed
from payforsuccess.records.simulate.plan import CountyPlan
from payforsuccess.records.simulate.writing import write_county
from payforsuccess.store import open_store
from tests.lib.county import LAYOUT_OF


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("county")
    write_county(CountyPlan(people=3_000, seed=8, enrolled=150), folder)
    return folder


@pytest.mark.parametrize("feed", LAYOUT_OF)
def test_no_row_is_refused_and_states_and_events_come_of_it(feed: str, county: Path) -> None:
    layout = LAYOUTS[LAYOUT_OF[feed]]
    one = county / "feeds" / f"{feed}.csv"
    source = DataSource.model_validate(
        {
            "feed": feed,
            "layout": layout.name,
            "says": "Synthetic.",
            "held_by": [{"name": "Agency"}],
            "public": {"licence": "none", "source": "simulated"},
            "refreshed": "once",
            "complete_through": "2022-09-30",
            "file": f"feeds/{feed}.csv" if one.exists() else f"feeds/{feed}",
        }
    )
    with open_store() as store, open_bench(store) as bench:
        permitted = {file.name: file.columns for file in layout.files}
        found = read_feed(source, layout, county, permitted=permitted, bench=bench)
        made = {name: store.run(table) for name, table in layout.clean(found.feed).items()}
        said = set(made["events"]["kind"].to_pylist()) if "events" in made else set()
        lived = set(made["spells"]["state"].to_pylist()) if "spells" in made else set()

    assert found.refused == 0
    assert found.rows > 100 or feed == "deaths"
    assert "identities" not in made or made["identities"].num_rows > 0
    expected = {
        "jail": {"jailed", "booking", "arrest", "release"},
        "courts": {"case-filed", "hearing", "missed-hearing", "conviction", "diversion"},
        "hmis": {"housed", "sheltered", "unsheltered", "move-in", "bed-night", "exit-permanent"},
        "housing": {"housed", "lease", "move-in", "move-out", "subsidy"},
        "health": {"hospitalised", "emergency-visit", "admission", "crisis", "detox"},
        "wages": {"wages"},
        "deaths": {"death"},
    }
    assert expected.get(feed, set()) <= said | lived


def test_the_register_tells_how_each_referral_went(county: Path) -> None:
    with (county / "feeds" / "register.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert {row["referred_by"] for row in rows} == {"jail-release", "court"}
    for row in rows:
        assert row["referred_on"] <= row["eligible_on"] <= row["assigned_on"]
        assert bool(row["accepted_on"]) == (row["arm"] == "programme")
        assert not row["accepted_on"] or row["accepted_on"] <= row["enrolled_on"]
