"""A whole run of a deal whose agencies give no name: keyed filters in, a statement out."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from payforsuccess.runs.simulate_county import simulate_county
from payforsuccess.store import open_vault
from payforsuccess.units import add_months
from tests.lib.pfs import Done, pfs

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "just-in-reach" / "deal.yaml"
NAMES = ("given_name", "middle_name", "family_name", "born_on", "ssn", "sex", "street", "postcode")
FIELDS = ("given_name", "family_name", "street", "born_on", "ssn", "postcode")
OWN = {
    "register": ("enrolment_id", "person_ref", "referred_on", "assigned_on", "arm", "enrolled_on"),
    "jail": (
        "bookings.booking_id",
        "bookings.person_ref",
        "bookings.booked_at",
        "bookings.released_at",
        "bookings.release_type",
    ),
}


@dataclass(frozen=True)
class Keyed:
    """The deal's folder, what `pfs run` said, and the truth that no step of it read."""

    folder: Path
    done: Done
    truth: Path

    def rows_of(self, name: str) -> list[dict[str, str]]:
        """A table of the truth."""
        with (self.truth / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


def a_deal_of_filters() -> dict[str, Any]:
    """Just in Reach with two agencies, each of which sends rows by its own numbers, and filters."""
    deal: dict[str, Any] = yaml.safe_load(EXAMPLE.read_text("utf-8"))
    feeds = {source["feed"]: source for source in deal["data"] if source["feed"] in OWN}
    data = []
    for name, source in feeds.items():
        agreement = source["agreement"]
        data.append({**source, "agreement": {**agreement, "permitted_columns": list(OWN[name])}})
        filters = {
            **source,
            "feed": f"{name}_filters",
            "layout": "keyed-identities",
            "says": "Keyed filters of who they are",
            "ids_of": name,
            "file": f"feeds/{name}_filters.csv",
            "agreement": {
                **agreement,
                "permitted_columns": [
                    "person_ref",
                    "known_on",
                    *(f"{field}_filter" for field in FIELDS),
                ],
            },
        }
        data.append(filters)
    no_return = deal["outcomes"]["no_return"]
    measure = {**no_return["measure"], "starts_at": "enrolment", "feeds": ["register", "jail"]}
    del measure["start_event"]
    kept = {k: v for k, v in deal.items() if k not in ("assurance", "equity", "linkage")}
    return {
        **kept,
        "data": data,
        "linkage": {
            "anchor": "register_filters",
            "feeds": ["jail_filters"],
            "method": "keyed-hash",
            "threshold": "0.9",
            "review": {"from": "0.85", "to": "0.95"},
            "key_destroyed_on": "2024-12-31",
        },
        "outcomes": {"no_return": {**no_return, "measure": measure}},
        "payments": [term for term in deal["payments"] if term["name"] == "jail"],
    }


def without_names(source: Path, target: Path) -> None:
    """What the agency sends beside the filters: its rows, no identifier among them."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with source.open(encoding="utf-8", newline="") as read, target.open("w", newline="") as file:
        rows = csv.DictReader(read)
        columns = [name for name in rows.fieldnames or () if name not in NAMES]
        writer = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture(scope="module")
def keyed(tmp_path_factory: pytest.TempPathFactory) -> Keyed:
    """The keeper makes a key, each agency its filters, and whoever runs the deal holds no key."""
    agencies, keeper, folder = (tmp_path_factory.mktemp(name) for name in ("at", "keeper", "deal"))
    simulate_county(agencies, people=2_000, seed=2017, enrolled=200)
    text = json.dumps(a_deal_of_filters(), default=str, indent=1)  # YAML without anchors
    (folder / "deal.yaml").write_text(text, "utf-8")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("PFS_VAULT", str(keeper / "vault"))
        assert pfs("link", "key", folder, "--to", keeper / "key").err == ""
    feeds = folder / "feeds"
    feeds.mkdir()
    for name, layout, file in (
        ("register", "programme-enrolments", agencies / "feeds" / "register.csv"),
        ("jail", "jail-bookings", agencies / "feeds" / "jail"),
    ):
        made = pfs(
            *("link", "filters", file, "--layout", layout, "--key", keeper / "key"),
            *("--to", feeds / f"{name}_filters.csv"),
        )
        assert (made.code, made.err) == (0, "")
    without_names(agencies / "feeds" / "register.csv", feeds / "register.csv")
    without_names(agencies / "feeds" / "jail" / "bookings.csv", feeds / "jail" / "bookings.csv")
    return Keyed(folder, pfs("run", folder), agencies / "truth")


def test_filters_alone_lead_to_a_statement(keyed: Keyed) -> None:
    assert (keyed.done.code, keyed.done.out.count("Practice statement")) == (0, 1)
    assert "  Los Angeles County: USD " in keyed.done.out
    assert "Dollars at risk" in keyed.done.out


def test_results_lie_near_the_truth(keyed: Keyed) -> None:
    """A return is seen where a person's bookings were found by filters; some are missed."""
    booked: dict[str, list[date]] = {}
    for stay in keyed.rows_of("jail"):
        booked.setdefault(stay["person"], []).append(date.fromisoformat(stay["booked_on"]))
    free = []
    for person in keyed.rows_of("programme"):
        if person["arm"] == "programme":
            first = date.fromisoformat(person["enrolled_on"])
            last = add_months(first, 24)
            free.append(not any(first <= day < last for day in booked.get(person["person"], ())))
    (results,) = keyed.folder.glob("out/runs/*/results.json")
    found = json.loads(results.read_text("utf-8"))["results"]
    people = sum(int(result["people"] or 0) for result in found)
    share = sum(int(result["value"]) for result in found) / people

    assert people == len(free) == 200
    assert 0 <= share - sum(free) / len(free) < 0.1


def test_filters_are_all_that_is_read_of_who_people_are(keyed: Keyed) -> None:
    (read,) = keyed.folder.glob("out/runs/*/reads.json")
    text = read.read_text("utf-8")

    assert "given_name_filter" in text
    assert [name for name in NAMES if f'"{name}"' in text] == []


def test_whoever_runs_the_deal_holds_no_name_and_no_key(keyed: Keyed) -> None:
    people = keyed.rows_of("people")
    names = {row["family_name"].encode() for row in people if len(row["family_name"]) > 6}
    files = [path for path in keyed.folder.rglob("*") if path.is_file()]
    held = b"".join(path.read_bytes() for path in files if path.suffix != ".locked")

    assert len(names) > 20
    assert [name for name in names if name in held or name.upper() in held] == []
    assert open_vault(keyed.folder / "vault").keys_of("linkage-key") == ()
