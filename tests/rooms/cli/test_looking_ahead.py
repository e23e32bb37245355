"""What a person sees who simulates, prices, compares, or looks for what matters most."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.lib.looking_ahead import FEW, looking_ahead
from tests.lib.pfs import pfs

LIMIT = {
    "  name: Los Angeles County\nin_force": "  name: Los Angeles County\n"
    "  return_multiple_limit: 0.5\nin_force"
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return looking_ahead(tmp_path_factory.mktemp("deal"))


def test_one_simulation_tells_payors_investors_and_who_bears_what(folder: Path) -> None:
    done = pfs("simulate", folder, *FEW, "--seed", "7")

    assert done.code == 0, done.err
    for part in (
        "Payors: success payments",
        "Investors",
        "Who bears what",
        "seed 7",
        "principal repaid in full",
        "lost in the worst 5% of worlds",
        "rate of the mean flows",
        "mean of the worlds' own rates",
        "left out: worlds that lose all",
        "worlds with several rates",
        "2 scrambles tell little of the error",
    ):
        assert part in done.out
    assert "no taxpayer risk" not in done.out.lower()


def test_the_same_seed_prints_the_same_and_another_does_not(folder: Path) -> None:
    first, again, other = (
        pfs("simulate", folder, *FEW, "--seed", seed, "--json").out for seed in ("7", "7", "8")
    )
    assert first == again
    assert first != other


def test_a_simulation_as_json_has_whole_minor_units_and_exact_texts(folder: Path) -> None:
    plain: Any = pfs("simulate", folder, *FEW, "--json").plain

    assert plain["seed"] == 1
    assert isinstance(plain["payments"][0]["mean"]["value"], int)
    lender = plain["tranches"][0]
    assert 0 <= float(lender["fully_repaid"]["value"]) <= 1
    assert plain["standing"] == "illustrative"


def test_a_simulation_is_kept_with_what_it_read_and_its_seed(folder: Path) -> None:
    pfs("simulate", folder, *FEW, "--seed", "11")
    records = [json.loads(path.read_text()) for path in folder.glob("out/simulate/*/run.json")]
    (record,) = [each for each in records if each["settings"]["seed"] == "11"]

    assert [item["name"] for item in record["inputs"]] == ["deal.yaml", "assumptions"]
    assert record["outputs"][0]["name"] == "simulation.json"


def test_a_mean_return_above_the_limit_stops_with_what_was_found(tmp_path: Path) -> None:
    done = pfs("simulate", looking_ahead(tmp_path, deal=LIMIT), *FEW)

    assert done.code == 10
    assert "Investors" in done.out
    assert "the limit of Los Angeles County" in " ".join(done.err.split())


def test_a_limit_stops_a_price_too(tmp_path: Path) -> None:
    folder = looking_ahead(tmp_path, deal=LIMIT)
    done = pfs("price", folder, "--target", "multiple=0.6", *FEW, "--json")

    assert done.code == 10
    plain: Any = done.plain
    assert "above 0.5" in plain["problems"][0]["what"]


def test_worlds_that_are_no_power_of_two_are_refused_with_the_cure(folder: Path) -> None:
    done = pfs("simulate", folder, "--worlds", "1000")
    assert (done.code, "is no power of two" in done.err) == (10, True)


def test_a_price_is_shown_old_beside_new_with_the_number_of_tries(folder: Path) -> None:
    done = pfs("price", folder, "--target", "paid=4,000,000", *FEW)

    assert done.code == 0, done.err
    assert "prices tried on the same 2 scrambles of 64 worlds, seed 1" in done.out
    assert "milestones[0].price  12,000" in done.out


def test_only_the_terms_named_are_repriced(folder: Path) -> None:
    done = pfs("price", folder, "--target", "paid=8000000", "--term", "jail", *FEW)
    assert done.code == 0, done.err
    assert "milestones" not in done.out


def test_where_no_price_does_it_says_why(folder: Path) -> None:
    done = pfs("price", folder, "--target", "rate=5%", *FEW)
    assert done.code == 0
    assert "No price does, up to ten times the present ones" in " ".join(done.out.split())


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("rate=fast", "“fast” is no number."),
        ("irr=5%", "“irr=5%” is no target."),
        ("rate=900000%", "out of reach"),
        ("rate=5", "a rate of 500% a year"),
        ("multiple=0", "A multiple is above 0."),
        ("paid=-4", "What is paid is above 0."),
        ("paid=value", "There is no value.yaml beside the deal"),
    ],
)
def test_a_target_that_cannot_be_is_refused_with_the_cure(
    folder: Path, target: str, said: str
) -> None:
    done = pfs("price", folder, "--target", target, *FEW)
    assert done.code == 10
    assert said in done.err


def test_the_widest_assumption_stands_first_and_is_drawn(folder: Path) -> None:
    done = pfs("sensitivity", folder, *FEW)

    assert done.code == 0, done.err
    rows = [line for line in done.out.splitlines() if line.startswith("  ") and "." in line]
    assert rows[0].split()[0] in ("outcomes.home_12_months.each_person", "enrolment.reached")
    (page,) = folder.glob("out/sensitivity/*/sensitivity.html")
    text = page.read_text("utf-8")
    assert "<svg" in text
    assert "Illustrative assumptions" in text
    assert "<table" in text


def test_a_figure_that_the_deal_lacks_is_refused_with_those_it_has(folder: Path) -> None:
    done = pfs("sensitivity", folder, "--figure", "term:homess", *FEW)
    assert done.code == 10
    assert "term:homes, term:jail" in " ".join(done.err.split())


def test_a_comparison_of_a_deal_with_itself_finds_nothing(folder: Path) -> None:
    plain: Any = pfs("compare", folder, folder, *FEW, "--json").plain
    assert "Both sides are the same" in str(plain["findings"])
    assert {one["difference"]["value"] for one in plain["differences"]} <= {0, "0.000000000"}
    assert {one["difference"]["error"] for one in plain["differences"]} <= {0, "0.000000000"}


def test_common_draws_make_the_error_of_a_difference_small(tmp_path: Path) -> None:
    folder = looking_ahead(tmp_path / "one")
    other = looking_ahead(tmp_path / "two", deal={"price: 10_000": "price: 10_100"})
    plain: Any = pfs("compare", folder, other, *FEW, "--json").plain

    jail = next(one for one in plain["differences"] if one["says"].strip() == "jail")
    assert jail["difference"]["value"] > 0
    assert jail["difference"]["error"] < jail["first"]["error"] / 10


def test_two_files_of_assumptions_are_compared_for_one_deal(folder: Path, tmp_path: Path) -> None:
    slower = looking_ahead(tmp_path, assumed={"people: 70": "people: 60"}) / "assumptions.yaml"
    usual = folder / "assumptions.yaml"
    done = pfs("compare", folder, "--assumptions", usual, "--assumptions", slower, *FEW)

    assert done.code == 0, done.err
    assert "second less first" in done.out
    assert "success payments" in done.out


def test_one_version_with_one_set_of_assumptions_is_nothing_to_compare(folder: Path) -> None:
    done = pfs("compare", folder, *FEW)
    assert (done.code, "nothing to compare" in done.err) == (10, True)


def test_deals_in_two_currencies_are_not_compared(folder: Path, tmp_path: Path) -> None:
    other = looking_ahead(tmp_path, deal={"currency: USD": "currency: GBP"})
    done = pfs("compare", folder, other, *FEW)
    assert (done.code, "nothing here converts money" in done.err) == (10, True)


VALUE = """\
format: 1
lines:
  - name: jail
    says: Fewer days in jail
    outcome: no_return
    holder: Los Angeles County
    level: county
    fund: General Fund
    unit: jail day
    units_each: {base: 100, source: made up, standing: illustrative}
    average: {base: 180, source: made up, standing: illustrative}
    marginal: {base: 100, source: made up, standing: illustrative}
    cashable: {share: 50%, reason: made up}
    to_payor: PAYOR
    source: made up
    standing: illustrative
"""


def test_the_payors_break_even_price_pays_out_what_it_can_take_out_of_its_budget(
    tmp_path: Path,
) -> None:
    folder = looking_ahead(tmp_path)
    (folder / "value.yaml").write_text(VALUE.replace("PAYOR", "true"), "utf-8")
    plain: Any = pfs("price", folder, "--target", "paid=value", *FEW, "--json").plain

    # 300 people, 180 of whom do not return, 100 days each at 100 a day, half of it cashable.
    assert plain["target"]["value"] == 180 * 100 * 100 * 50
    assert plain["reached"]["value"] >= plain["target"]["value"]


def test_value_to_others_is_no_break_even_of_the_payors(tmp_path: Path) -> None:
    folder = looking_ahead(tmp_path)
    other = VALUE.replace("PAYOR", "false").replace("Los Angeles County", "Courts")
    (folder / "value.yaml").write_text(other, "utf-8")
    done = pfs("price", folder, "--target", "paid=value", *FEW)
    assert done.code == 10
    assert "worth nothing that can be taken out" in " ".join(done.err.split()), done.err


def test_the_first_and_the_latest_version_are_compared(tmp_path: Path) -> None:
    folder = looking_ahead(tmp_path)
    (folder / "amendments").mkdir()
    text = (folder / "deal.yaml").read_text("utf-8").replace("price: 10_000", "price: 12_000")
    amended = text.replace(
        "in_force_from: 2017-10-01\n",
        "in_force_from: 2018-10-01\namendment: {number: 1, says: A higher price, signed_on: "
        "2018-08-01, touches: [money], governs: period}\n",
    )
    (folder / "amendments" / "0001.yaml").write_text(amended, "utf-8")

    done = pfs("compare", folder, *FEW)

    assert done.code == 0, done.err
    assert "First : in force from 2017-10-01" in done.out
    assert "Second: in force from 2018-10-01" in done.out


def test_a_provider_out_of_pocket_is_told_with_its_worst(tmp_path: Path) -> None:
    bears = {"    kind: each-slot\n": "    kind: each-slot\n    borne_by: provider\n"}
    done = pfs("simulate", looking_ahead(tmp_path, assumed=bears), *FEW)

    assert done.code == 0, done.err
    assert "Providers: the most each is ever out of pocket" in done.out
    assert "DHS intensive case management providers" in done.out.split("Who bears what")[0]


DRAWN = (*FEW, "--seed", "5")


@pytest.mark.parametrize(
    ("command", "more"),
    [
        ("forecast", ()),
        ("simulate", DRAWN),
        ("sensitivity", DRAWN),
        ("price", ("--target", "paid=8000000", "--term", "jail", *DRAWN)),
    ],
)
def test_a_look_ahead_is_replayed_and_a_changed_assumption_is_named(
    tmp_path: Path, command: str, more: tuple[str, ...]
) -> None:
    folder = looking_ahead(tmp_path)
    assert pfs(command, folder, *more).code == 0
    (kept,) = (folder / "out" / command).iterdir()

    same = pfs("replay", kept)
    assert same.code == 0, same.out + same.err
    assert "every result came out again" in same.out

    looking_ahead(tmp_path, assumed={"people: 70": "people: 60"})
    other = pfs("replay", kept)
    assert other.code == 10
    assert "The first difference is input assumptions.yaml" in other.out


def replayed(kept: Path) -> str:
    done = pfs("replay", kept)
    assert done.code == 0, done.out + done.err
    return done.out


def test_a_comparison_of_two_deals_is_kept_with_both_and_replayed(tmp_path: Path) -> None:
    folder = looking_ahead(tmp_path / "one")
    other = looking_ahead(tmp_path / "two", deal={"price: 10_000": "price: 10_100"})
    assert pfs("compare", folder, other, *DRAWN).code == 0
    (kept,) = (folder / "out" / "compare").iterdir()

    record = json.loads((kept / "run.json").read_text())
    told = {item["name"]: item["path"] for item in record["inputs"]}
    assert told["second deal.yaml"] == "../two/deal.yaml"
    assert "second less first" in (kept / "compare.html").read_text("utf-8").lower()
    assert "every result came out again" in replayed(kept)
    assert not (other / "out").exists()

    looking_ahead(tmp_path / "two", deal={"price: 10_000": "price: 10_200"})
    changed = pfs("replay", kept)
    assert changed.code == 10
    assert "input ../two/deal.yaml: its content has changed" in changed.out


def test_a_comparison_of_two_assumptions_is_replayed(tmp_path: Path) -> None:
    folder = looking_ahead(tmp_path)
    text = (folder / "assumptions.yaml").read_text("utf-8")
    (folder / "slower.yaml").write_text(text.replace("people: 70", "people: 60"), "utf-8")
    files = ("--assumptions", folder / "assumptions.yaml", "--assumptions", folder / "slower.yaml")
    assert pfs("compare", folder, *files, *DRAWN).code == 0
    (kept,) = (folder / "out" / "compare").iterdir()
    assert "every result came out again" in replayed(kept)


def test_what_lay_elsewhere_cannot_be_compared_again_and_it_says_so(tmp_path: Path) -> None:
    folder = looking_ahead(tmp_path / "deals" / "one")
    other = looking_ahead(tmp_path / "elsewhere")
    assert pfs("compare", folder, other, *DRAWN).code == 0
    (kept,) = (folder / "out" / "compare").iterdir()
    done = pfs("replay", kept)
    assert done.code == 10
    assert "neither in the deal's folder nor beside it" in " ".join(done.out.split())


def test_the_page_of_a_price_shows_now_and_then(tmp_path: Path) -> None:
    folder = looking_ahead(tmp_path)
    done = pfs("price", folder, "--target", "paid=4,000,000", *FEW)
    (page,) = folder.glob("out/price/*/price.html")
    assert f"Kept  {page}" in done.out
    text = page.read_text("utf-8")
    assert "Prices now and then (USD)" in text
    assert "milestones[0].price" in text
    assert "Illustrative assumptions" in text


def test_the_page_of_a_price_out_of_reach_says_why(tmp_path: Path) -> None:
    folder = looking_ahead(tmp_path)
    pfs("price", folder, "--target", "rate=5%", *FEW)
    (page,) = folder.glob("out/price/*/price.html")
    assert "No price does" in page.read_text("utf-8")


def test_what_is_tied_is_replayed(tmp_path: Path) -> None:
    folder = looking_ahead(tmp_path)
    deal = (folder / "deal.yaml").read_text("utf-8")
    before, _, after = deal.partition("capital:\n")
    (folder / "deal.yaml").write_text(before + after[after.index("overpayment:") :], "utf-8")
    assert pfs("tied", folder).code == 0
    (kept,) = (folder / "out" / "tied").iterdir()
    assert "same       output tied.html" in replayed(kept)


def test_a_price_at_what_outcomes_are_worth_names_the_file_it_read(tmp_path: Path) -> None:
    folder = looking_ahead(tmp_path)
    (folder / "value.yaml").write_text(VALUE.replace("PAYOR", "true"), "utf-8")
    assert pfs("price", folder, "--target", "paid=value", *FEW).code == 0
    (kept,) = (folder / "out" / "price").iterdir()
    assert "same       input value.yaml" in replayed(kept)
