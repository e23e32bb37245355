"""A simulated county: the same each time, in the feeds' own form, with what was planted in it."""

from __future__ import annotations

import json
import tracemalloc
from datetime import date
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from pyarrow import csv

from payforsuccess.records.feed import FeedLayout
from payforsuccess.records.layouts import LAYOUTS
from payforsuccess.records.simulate.county import Block, make_block
from payforsuccess.records.simulate.plan import CountyPlan, WritingErrors
from payforsuccess.records.simulate.writing import write_county
from payforsuccess.units import add_months
from tests.lib.county import LAYOUT_OF

SMALL = CountyPlan(people=2_000, seed=11, enrolled=100, block=500)
LARGE = CountyPlan(people=60_000, seed=11, enrolled=6_000)


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("county")
    write_county(SMALL, folder)
    return folder


@pytest.fixture(scope="module")
def large() -> list[Block]:
    return [make_block(LARGE, block) for block in range(LARGE.blocks)]


def together(blocks: list[Block], name: str) -> pa.Table:
    return pa.concat_tables([block.truth[name] for block in blocks])


# The same each time


def test_one_seed_gives_one_county_byte_for_byte(written: Path, tmp_path: Path) -> None:
    write_county(SMALL, tmp_path)

    assert bytes_of(tmp_path) == bytes_of(written)


def test_another_seed_gives_other_people(written: Path, tmp_path: Path) -> None:
    write_county(CountyPlan(people=2_000, seed=12, enrolled=100, block=500), tmp_path)

    same = {
        name for name, data in bytes_of(tmp_path).items() if bytes_of(written).get(name) == data
    }
    assert same == {
        "feeds/README.md",
        "feeds/hmis/Export.csv",
        "feeds/hmis/Project.csv",
        "truth/README.md",
    }


def test_the_order_in_which_blocks_are_made_changes_no_row(written: Path, tmp_path: Path) -> None:
    write_county(SMALL, tmp_path, blocks=[3, 1, 0, 2])

    for name, data in bytes_of(written).items():
        assert sorted(data.splitlines()) == sorted((tmp_path / name).read_bytes().splitlines())


def test_memory_does_not_grow_with_the_county(tmp_path: Path) -> None:
    def most_held(people: int) -> int:
        tracemalloc.start()
        before = pa.total_allocated_bytes()
        held = []
        plan = CountyPlan(people=people, seed=1, enrolled=people // 40, block=250)
        write_county(
            plan,
            tmp_path / str(people),
            told=lambda done, of: held.append(pa.total_allocated_bytes() - before),
        )
        most = tracemalloc.get_traced_memory()[1] + max(held)
        tracemalloc.stop()
        return most

    most_held(250)  # what is loaded once is loaded now
    few, many = most_held(750), most_held(3_000)

    assert many < 1.3 * few


def test_what_was_begun_and_not_finished_leaves_nothing(tmp_path: Path) -> None:
    def stop(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_county(SMALL, tmp_path, told=stop)

    assert not list(tmp_path.iterdir())


# In the feeds' own form


@pytest.mark.parametrize("feed", LAYOUT_OF)
def test_columns_are_those_of_the_layout(feed: str, written: Path) -> None:
    layout: FeedLayout = LAYOUTS[LAYOUT_OF[feed]]
    for file in layout.files:
        one = written / "feeds" / f"{feed}.csv"
        path = one if len(layout.files) == 1 else one.with_suffix("") / f"{file.name}.csv"
        if file.may_be_missing and not path.exists():
            continue
        header = path.read_text("utf-8").splitlines()[0].split(",")
        needed = {column.name for column in file.columns if not column.may_be_missing}
        assert set(header) <= {column.name for column in file.columns}
        assert needed <= set(header)
        assert len(set(header)) == len(header)


def test_files_say_that_they_are_synthetic(written: Path) -> None:
    assert "made up" in (written / "feeds" / "README.md").read_text("utf-8")
    assert "synthetic" in (written / "feeds" / "hmis" / "Export.csv").read_text("utf-8")
    assert "Synthetic" in (written / "truth" / "README.md").read_text("utf-8")
    assert "Synthetic" in json.loads((written / "truth" / "planted.json").read_text())["says"]


def test_every_number_of_a_file_is_whose_the_truth_says(large: list[Block]) -> None:
    records = together(large, "records")
    for feed in LAYOUT_OF:
        mine = records.filter(pc.equal(records["feed"], feed))
        numbers = mine["person_ref"].to_pylist()
        assert len(set(numbers)) == len(numbers)
        people_file = {"hmis": "Client", "housing": "tenants", "jail": "bookings"}.get(feed)
        used = set()
        for block in large:
            files = block.feeds[feed]
            table = files.get(people_file or "", next(iter(files.values())))
            used |= set(table["PersonalID" if feed == "hmis" else "person_ref"].to_pylist())
        assert used == set(numbers)


def test_no_two_agencies_share_a_number(large: list[Block]) -> None:
    records = together(large, "records")
    digits = pc.utf8_slice_codeunits(records["person_ref"], 1)
    by_person = dict(zip(records["person"].to_pylist(), digits.to_pylist(), strict=True))
    same = sum(
        by_person[person] == number
        for person, number, feed in zip(
            records["person"].to_pylist(), digits.to_pylist(), records["feed"].to_pylist(),
            strict=True,
        )
        if feed == "register"
    )  # fmt: skip
    assert same <= 1


# With what was planted in it


def within_chance(count: float, of: float, share: float) -> bool:
    """Whether a count is one that chance gives all but once in a million times (4.9 sigma)."""
    return abs(count - of * share) <= 4.9 * (of * share * (1 - share)) ** 0.5


def test_agencies_err_as_often_as_planned(large: list[Block]) -> None:
    records = together(large, "records")
    plain = records.filter(pc.equal(records["is_alias"], 0))
    rates = WritingErrors()
    planned = {
        "given_typo": rates.typo,
        "family_typo": rates.typo,
        "surname_changed": rates.surname_changed,
        "names_swapped": rates.names_swapped,
        "birth_date_wrong": rates.birth_date_wrong,
        "has_moved": rates.has_moved,
        "zip_missing": rates.zip_missing,
    }
    for name, share in planned.items():
        assert within_chance(pc.sum(plain[name]).as_py(), len(plain), share), name
    for feed, share in {"jail": 0.55, "courts": 0.55, "hmis": 0.35, "health": 0.35}.items():
        mine = plain.filter(pc.equal(plain["feed"], feed))
        assert within_chance(pc.sum(mine["ssn_missing"]).as_py(), len(mine), share), feed


def test_the_lottery_is_even_and_as_large_as_planned(large: list[Block]) -> None:
    arms = together(large, "programme")["arm"].to_pylist()

    assert arms.count("programme") == arms.count("comparison") == LARGE.enrolled


def test_homes_are_kept_as_long_as_planned(large: list[Block]) -> None:
    programme = together(large, "programme")
    housed = len(programme) - programme["moved_in_on"].null_count
    held = programme["held_12_months"]

    assert within_chance(housed, LARGE.enrolled, LARGE.take_up)
    assert within_chance(pc.sum(held).as_py(), len(held) - held.null_count, LARGE.retention)


def test_the_programme_prevents_as_many_jail_stays_as_planned(large: list[Block]) -> None:
    """Both arms' stays are Poisson but for few that overlapped, so each differs by its root."""
    programme = together(large, "programme")
    stays = {
        arm: pc.sum(
            programme.filter(pc.equal(programme["arm"], arm))["jail_stays_24_months"]
        ).as_py()
        for arm in ("programme", "comparison")
    }
    expected = stays["comparison"] * (1 - LARGE.effect)
    sigma = (stays["programme"] + (1 - LARGE.effect) ** 2 * stays["comparison"]) ** 0.5

    # People differ in how often they are jailed (men more than women): twice a Poisson's variance.
    assert abs(stays["programme"] - expected) < 4.9 * sigma * 2**0.5


def test_true_outcomes_follow_from_true_days(large: list[Block]) -> None:
    for row in together(large, "programme").to_pylist()[:2_000]:
        start, end = row["moved_in_on"], row["moved_out_on"]
        if start is None:
            assert row["held_12_months"] is None and row["jail_returns_24_months"] is None
            continue
        year_on = add_months(start, 12)
        if row["died_on"] is not None and row["died_on"] < year_on:
            assert row["held_12_months"] is None
        else:
            assert row["held_12_months"] == (end is None or end >= year_on)
        assert row["referred_on"] < row["assigned_on"] <= row["enrolled_on"] < start
        assert row["held_12_months"] != 1 or row["stable_days"] > 0


def test_a_death_ends_everything(large: list[Block]) -> None:
    people = together(large, "people")
    died = {
        person: day
        for person, day in zip(
            people["person"].to_pylist(), people["died_on"].to_pylist(), strict=True
        )
        if day
    }
    for row in together(large, "programme").to_pylist():
        day = died.get(row["person"], date.max)
        ends = [row[name] for name in ("moved_out_on", "again_out_on") if row[name]]
        assert all(end <= day for end in ends)
    assert 0.01 < len(died) / len(people) < 0.08


# Late rows


def test_an_earlier_extract_has_fewer_rows_under_the_same_numbers() -> None:
    plan = CountyPlan(people=3_000, seed=4, enrolled=200)
    earlier = CountyPlan(people=3_000, seed=4, enrolled=200, as_of=date(2019, 12, 31))
    late, full = make_block(earlier, 0).feeds, make_block(plan, 0).feeds
    keys = {
        "bookings": ("booking_id", "booked_at"),
        "cases": ("case_id", "filed_on"),
        "leases": ("lease_id", "leased_on"),
        "encounters": ("encounter_id", "started_on"),
        "Enrollment": ("EnrollmentID", "EntryDate"),
        "Services": ("ServicesID", "DateProvided"),
        "payments": ("payment_id", "paid_on"),
        "Client": ("PersonalID", "LastName"),
        "tenants": ("person_ref", "family_name"),
        "deaths": ("person_ref", "died_on"),
    }
    for feed, files in full.items():
        for name, table in files.items():
            if name not in keys:
                continue
            whole, part = (
                set(zip(*(t[column].to_pylist() for column in keys[name]), strict=True))
                for t in (table, late[feed][name])
            )
            assert part < whole, name


def test_some_rows_come_late_and_an_open_stay_has_no_end() -> None:
    earlier = CountyPlan(people=20_000, seed=4, enrolled=1_000, as_of=date(2019, 12, 31))
    later = CountyPlan(people=20_000, seed=4, enrolled=1_000)
    then, now = (
        pa.concat_tables([make_block(plan, at).feeds["jail"]["bookings"] for at in range(2)])
        for plan in (earlier, later)
    )
    due = now.filter(pc.less_equal(now["booked_at"], date(2019, 12, 25)))
    missing = len(due) - len(then.filter(pc.less_equal(then["booked_at"], date(2019, 12, 25))))

    assert 0 < missing < 0.01 * len(due)
    assert then["released_at"].null_count > 0
    assert "projected" in set(then["release_type"].to_pylist())


def test_dates_read_back_as_days(written: Path) -> None:
    bookings = csv.read_csv(written / "feeds" / "jail" / "bookings.csv")

    assert bookings.schema.field("booked_at").type == pa.date32()
    assert pc.all(pc.greater_equal(bookings["released_at"], bookings["booked_at"])).as_py()


def test_nobody_moves_into_a_home_from_jail(large: list[Block]) -> None:
    stays: dict[int, list[tuple[date, date]]] = {}
    for row in together(large, "jail").to_pylist():
        stays.setdefault(row["person"], []).append((row["booked_on"], row["released_on"]))
    for row in together(large, "programme").to_pylist():
        if row["moved_in_on"]:
            assert not any(
                start <= row["moved_in_on"] <= end for start, end in stays.get(row["person"], [])
            )


def test_the_order_of_rows_tells_nothing_of_who_is_who(large: list[Block]) -> None:
    people = {
        row["person_ref"]: row["person"]
        for row in large[0].truth["records"].select(["person_ref", "person"]).to_pylist()
    }
    tenants = [
        people[ref] for ref in large[0].feeds["housing"]["tenants"]["person_ref"].to_pylist()
    ]
    rises = sum(one < other for one, other in pairwise(tenants))

    assert within_chance(rises, len(tenants) - 1, 0.5)
