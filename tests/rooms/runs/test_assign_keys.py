"""Keys that only look different, people under two keys, and texts that name nobody."""

from __future__ import annotations

import csv
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from payforsuccess.errors import Refusal
from payforsuccess.evaluation.lottery.checks import check_enrolled
from payforsuccess.evaluation.lottery.listed import arms_of
from payforsuccess.evaluation.lottery.told import PLACED
from payforsuccess.runs.assign import share_file
from payforsuccess.runs.assign.arms_file import write_arms
from payforsuccess.runs.assign.draw import Given
from payforsuccess.runs.assign.kept import LIST, read_list
from payforsuccess.runs.assign.note import (
    note_alias,
    note_departure,
    note_withdrawal,
    place_outside,
)
from payforsuccess.runs.assign.verify import verify_assignments
from payforsuccess.runs.folder import open_folder
from tests.lib.sealed import DRAWN, TODAY, Sealed, a_folder_for_draws, an_open_lottery, writer

AGAIN = DRAWN + timedelta(1)


@pytest.fixture(autouse=True)
def quick_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pad of a passphrase is slow on purpose; the tests make many."""
    monkeypatch.setattr(share_file, "COST", 16)


@pytest.fixture
def sealed(tmp_path: Path, quick_passphrases: None) -> Sealed:
    return an_open_lottery(tmp_path)


def refused(act: Any, *given: Any, **changes: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        act(*given, **changes)
    return str(refusal.value)


def arms(sealed: Sealed) -> dict[str, str]:
    return arms_of(read_list(open_folder(sealed.deal)))


def in_the_list(sealed: Sealed) -> str:
    return (sealed.deal / "out" / "assignments" / LIST).read_text("utf-8")


def of_two_arms(sealed: Sealed) -> tuple[str, str, str]:
    """Two drawn keys of different arms, the first draw first, and what the second was told."""
    told = {each.person: each.says for each in sealed.draw(*"abcdefghijkl").told}
    second = next(key for key in told if told[key] != told["a"])
    return "a", second, told[second]


# Keys that only look different


@pytest.mark.parametrize("key", ["T7HXA4NE", "t7hx-a4ne", "T7_hx-a4ne"])
def test_a_key_that_was_retyped_is_not_drawn_a_second_time(sealed: Sealed, key: str) -> None:
    """R116, R137."""
    sealed.draw("t7hxa4ne", "other")
    before = in_the_list(sealed)

    told = refused(sealed.draw, given=Given(person=key), on=AGAIN)
    assert "differs from another in capitals, hyphens or underscores alone" in told
    assert key not in told
    assert "differs from another" in refused(
        place_outside, sealed.deal, key, writer(), authority="A court"
    )
    assert "differs from another" in refused(note_alias, sealed.deal, "other", key, writer())
    assert "as it stands in the list" in refused(note_withdrawal, sealed.deal, key, writer())
    assert in_the_list(sealed) == before


def test_two_rows_of_one_file_that_look_alike_draw_nobody(sealed: Sealed) -> None:
    assert "referrals.csv:3" in refused(sealed.draw, "ab-c", "ABC")
    place_outside(sealed.deal, "z9", writer(), authority="A court")
    assert "differs from another" in refused(sealed.draw, "Z9")


def test_both_spellings_in_the_records_are_one_person_by_an_alias(sealed: Sealed) -> None:
    sealed.draw("t7hxa4ne", "other")
    note_alias(sealed.deal, "t7hxa4ne", "T7HXA4NE", writer())

    (told,) = sealed.draw("T7HXA4NE").told
    assert told.met_again
    assert arms(sealed)["T7HXA4NE"] == arms(sealed)["t7hxa4ne"]


def test_a_cluster_that_was_retyped_is_not_drawn_a_second_time(tmp_path: Path) -> None:
    homes = an_open_lottery(
        tmp_path,
        assignment="clustered",
        lottery="    cluster: home\n    lottery: {excluded_for: 1 year}\n",
    )
    homes.draw(given=Given(homes.rows("a", "b", home=["house-1", "1-11"])))

    for other in ("House-1", "house_1", "HOUSE1"):
        assert "this row's cluster differs" in refused(
            homes.draw, given=Given(homes.rows("c", home=[other]))
        )
    homes.draw(given=Given(homes.rows("c", home=["11-1"])))
    assert verify_assignments(homes.deal, on=TODAY).difference is None


# People under two keys


def test_who_was_drawn_under_two_keys_is_analysed_by_the_first_and_told_the_same(
    sealed: Sealed,
) -> None:
    """R137: an alias turns round nothing that was told, and the list tells of both arms."""
    first, second, was_told = of_two_arms(sealed)
    told = note_alias(sealed.deal, second, "new-key", writer())
    assert "holds for both keys" in str(told)
    note = str(note_alias(sealed.deal, "new-key", first, writer()))

    assert "the first draw holds in the analysis" in note
    assert "coach" not in note
    assert {arms(sealed)[key] for key in (first, second, "new-key")} == {arms(sealed)[first]}
    again = {each.person: each for each in sealed.draw(second, on=AGAIN).told}
    assert again[second].says == was_told
    assert (again[second].until is None) == (was_told == PLACED)
    (of_alias,) = sealed.draw("new-key", on=AGAIN).told
    assert of_alias.says == was_told

    found = verify_assignments(sealed.deal, on=TODAY)
    assert (found.people, found.draws, found.aliases, found.in_both_arms) == (11, 12, 2, 1)
    assert "11 people drawn (12 draws), 2 alias entries" in str(found)
    assert "1 person was drawn under two keys into both arms" in str(found)
    assert found.difference is None
    sealed.reveal("payor")
    sealed.reveal("evaluator")
    opened = verify_assignments(sealed.deal, on=TODAY)
    assert (opened.is_sealed, opened.difference, opened.problems) == (False, None, ())


def test_a_chain_of_aliases_ends_at_the_earliest_draw(sealed: Sealed) -> None:
    """R137: in whatever order the aliases are found."""
    sealed.draw(*"abcdefgh")
    drawn = arms(sealed)
    for one, other in (("h", "x"), ("x", "y"), ("y", "d"), ("c", "d"), ("b", "h")):
        note_alias(sealed.deal, one, other, writer())

    assert {arms(sealed)[key] for key in "bcdhxy"} == {drawn["b"]}
    assert verify_assignments(sealed.deal, on=TODAY).people == 5


def test_the_file_of_arms_marks_a_key_that_was_told_otherwise(sealed: Sealed) -> None:
    first, second, _ = of_two_arms(sealed)
    note_alias(sealed.deal, first, second, writer())
    to = sealed.deal.parent / "arms.csv"
    written = write_arms(sealed.deal, to)
    rows = list(csv.DictReader(to.open(encoding="utf-8")))

    assert [row["person"] for row in rows if row["told_otherwise"]] == [second]
    assert "into both arms; analysis goes by the first draw" in str(written)
    assert json.dumps(written.in_both_arms) == "1"


def test_one_person_of_the_list_counts_once_in_the_records(sealed: Sealed) -> None:
    """R83: two keys that no link joined would count twice."""
    sealed.draw("a", "b")
    note_alias(sealed.deal, "a", "a-again", writer())
    found = check_enrolled(arms(sealed), read_list(open_folder(sealed.deal)))

    assert found.twice == ("a",)
    assert "under several keys that the list knows as one" in str(found.problems()[0])


# What is kept for good


@pytest.mark.parametrize(
    ("reason", "says"),
    [
        ("John Smith is SSN 123-45-6789", "a Social Security number"),
        ("see 123 45 6789", "a Social Security number"),
        ("see １２３ – ４５ – ６７８９", "a Social Security number"),
        ("number 0045678 of the prison", "someone's number"),
        ("call 555-123-4567", "someone's number"),
        ("write to jo@example.org", "an e-mail address"),
        ("Jo Fir moved", "a person's name"),
        ("Fir, Jo moved", "a person's name"),
        ("found out by J. Fir", "a person's name"),
    ],
)
def test_a_reason_that_names_someone_is_never_kept(sealed: Sealed, reason: str, says: str) -> None:
    sealed.draw("a", "b")
    before = in_the_list(sealed)
    given = writer(reason=reason)
    told = [
        refused(note_alias, sealed.deal, "a", "z", given),
        refused(note_withdrawal, sealed.deal, "a", given),
        refused(note_departure, sealed.deal, "a", "override", given, authority="A judge"),
        refused(place_outside, sealed.deal, "z", given, authority="A judge"),
    ]

    assert all(says in each for each in told)
    assert not any("Smith" in each or "6789" in each or "Fir" in each for each in told)
    assert in_the_list(sealed) == before


def test_numbers_of_people_are_kept_from_every_text(sealed: Sealed) -> None:
    sealed.draw("a")

    assert "--authority holds" in refused(
        note_departure, sealed.deal, "a", "override", writer(), authority="Judge Fir, 123-45-6789"
    )
    assert "--by holds" in refused(note_withdrawal, sealed.deal, "a", writer(by="Jo 123456789"))
    for key in ("123_45_6789", "SSN-123-45-6789", "A123456789"):
        assert "Social Security" in refused(sealed.draw, given=Given(person=key))


@pytest.mark.parametrize(
    "reason",
    [
        "moved on 2026-03-16",
        "ordered 3/16/2026 by Example Court",
        "Example Court ordered it, docket 26-1234",
        "Left. Penal Code 1170.126 applies",
    ],
)
def test_days_courts_and_laws_are_no_one_s_name(sealed: Sealed, reason: str) -> None:
    sealed.draw("a")
    note_departure(sealed.deal, "a", "override", writer(reason=reason), authority="Judge Ann Fir")

    assert reason in in_the_list(sealed)


# Who acts, and where arms lie


def test_an_accent_makes_nobody_another_person(tmp_path: Path) -> None:
    """R137."""
    sealed = a_folder_for_draws(tmp_path)
    sealed.commit("evaluator", by="E. Name")

    for name in ("E. Náme", "Éve Name", "E. Na\u0301me"):
        assert "may be who did" in refused(sealed.commit, "payor", by=name)


def test_arms_never_lie_in_the_deal_s_folder_nor_over_a_share(sealed: Sealed) -> None:
    sealed.draw("a")
    (sealed.deal.parent / "link").symlink_to(sealed.deal)

    for to in (
        sealed.deal / "arms.csv",
        sealed.deal / "out" / "arms.csv",
        sealed.deal.parent / "link" / "arms.csv",
    ):
        assert "would lie in the deal's folder" in refused(write_arms, sealed.deal, to)
        assert not to.exists()
    assert "holds a share" in refused(write_arms, sealed.deal, sealed.share("payor"))
    assert sealed.draw("b").told
