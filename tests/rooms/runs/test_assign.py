"""The sealed lottery on disk: shares, the opening, draws, notes, the reveal and the check."""

from __future__ import annotations

import csv
import json
import os
import shutil
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from payforsuccess.errors import Refusal
from payforsuccess.evaluation.lottery.listed import AssignmentList, arms_of
from payforsuccess.runs.assign import share_file
from payforsuccess.runs.assign.arms_file import write_arms
from payforsuccess.runs.assign.draw import Given
from payforsuccess.runs.assign.kept import LIST, REGISTER, add_entries, read_list
from payforsuccess.runs.assign.note import (
    note_alias,
    note_departure,
    note_withdrawal,
    place_outside,
)
from payforsuccess.runs.assign.verify import Verified, verify_assignments
from payforsuccess.runs.folder import open_folder
from payforsuccess.runs.initiative.gate import gate
from tests.lib.sealed import (
    DRAWN,
    INITIATIVE,
    OPENED,
    TODAY,
    Sealed,
    a_folder_for_draws,
    an_open_lottery,
    writer,
)

SOUTH = "    strata: [site]\n    lottery: {values: {site: [north, south]}, excluded_for: 90 days}\n"


@pytest.fixture(autouse=True)
def quick_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pad of a passphrase is slow on purpose; the tests make many."""
    monkeypatch.setattr(share_file, "COST", 16)


@pytest.fixture(scope="module")
def opened_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("opened") / "lottery"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(share_file, "COST", 16)
        an_open_lottery(folder)
    return folder


@pytest.fixture
def sealed(opened_once: Path, tmp_path: Path) -> Sealed:
    """An open lottery of this test's own."""
    return Sealed(shutil.copytree(opened_once, tmp_path / "lottery") / "deal")


def refused(act: Callable[..., object], *given: Any, **changes: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        act(*given, **changes)
    return str(refusal.value)


def arms(sealed: Sealed) -> dict[str, str]:
    return arms_of(read_list(open_folder(sealed.deal)))


def checked(sealed: Sealed, **changes: Any) -> Verified:
    return verify_assignments(sealed.deal, **{"on": TODAY, **changes})


def in_the_list(sealed: Sealed) -> str:
    return (sealed.deal / "out" / "assignments" / LIST).read_text("utf-8")


# Shares and the opening


def test_a_share_is_kept_locked_where_its_owner_alone_may_read_it(tmp_path: Path) -> None:
    """R137."""
    sealed = a_folder_for_draws(tmp_path)
    made = sealed.commit("evaluator")
    file = sealed.share("evaluator")
    share = share_file.open_share(file, "five words chosen at random")

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert share.share.hex() not in file.read_text() + in_the_list(sealed) + str(made) + repr(share)
    assert made.commitment in in_the_list(sealed)
    assert made.waits_for == "payor"


def test_either_may_commit_first(tmp_path: Path) -> None:
    for first, second in (("evaluator", "payor"), ("payor", "evaluator")):
        sealed = a_folder_for_draws(tmp_path / first)
        sealed.commit(first)  # type: ignore[arg-type]
        assert sealed.commit(second).waits_for is None  # type: ignore[arg-type]
        assert sealed.open().seal.startswith("sha256:")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"by": "Name, E."}, "may be who did"),
        ({"by": "EVE  name"}, "made the share of the evaluator too"),
        ({"party": "Example University"}, "does not hold the role payor"),
        ({"party": "Nobody"}, "is not a party"),
        ({"passphrase": lambda holder: "short words"}, "shorter than 16"),
        ({"on": TODAY + timedelta(1)}, "lies ahead"),
        ({"on": OPENED - timedelta(1)}, "before 2026-03-02"),
        ({"by": "  "}, "Nothing is written for --by"),
        ({"by": "Ρat Other"}, "two alphabets"),
    ],
)
def test_one_person_or_party_cannot_make_both_shares(
    tmp_path: Path, changes: dict[str, Any], says: str
) -> None:
    """R137: two people of two parties, on record in the order of days."""
    sealed = a_folder_for_draws(tmp_path)
    sealed.commit("evaluator")

    assert says in refused(sealed.commit, "payor", **changes)


def test_a_party_that_is_both_makes_one_share_alone(tmp_path: Path) -> None:
    """R137."""
    sealed = a_folder_for_draws(tmp_path)
    sealed.edit("roles: [payor, data-holder]", "roles: [payor, data-holder, evaluator]")
    sealed.commit("evaluator", party="Example County")

    assert "committed to the share of the evaluator too" in refused(sealed.commit, "payor")


def test_a_share_never_lies_in_the_deal_s_folder(tmp_path: Path) -> None:
    sealed = a_folder_for_draws(tmp_path)

    assert "where others come" in refused(sealed.commit, "payor", to=sealed.deal / "share")
    assert "cannot be written" in refused(sealed.commit, "payor", to=tmp_path / "none" / "share")


def test_a_share_is_made_once_and_a_lost_one_replaced_before_the_opening(tmp_path: Path) -> None:
    sealed = a_folder_for_draws(tmp_path)
    sealed.commit("payor")
    other = tmp_path / "another.share"

    assert "There is such a file" in refused(sealed.commit, "payor", instead=True)
    assert "if it was lost" in refused(sealed.commit, "payor", to=other)
    sealed.commit("payor", to=other, instead=True)
    sealed.commit("evaluator")
    sealed.open()
    assert "not the share that the payor committed to" in refused(sealed.draw, "a")
    assert sealed.draw("a", shares=(sealed.share("evaluator"), other)).told
    assert "was opened on" in refused(sealed.commit, "payor", to=tmp_path / "third", instead=True)


def test_the_lottery_opens_once_and_with_both_shares(tmp_path: Path) -> None:
    sealed = a_folder_for_draws(tmp_path)
    sealed.commit("payor")

    assert "The evaluator committed to no share" in refused(sealed.open)
    assert "The evaluator committed to no share" in refused(sealed.draw, "a")
    sealed.commit("evaluator")
    assert "The lottery is not open" in refused(sealed.draw, "a")
    sealed.open()
    assert "It is opened once" in refused(sealed.open)


# Ethics


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (INITIATIVE, "", "no ethics record"),
        ("2026-12-31", "2026-03-08", "ended on 2026-03-08"),
        ("decision: approved", "decision: refused", "refused"),
        ("  on: 2026-02-01", "  on: 2026-03-10", "it is of 2026-03-10"),
        ("anyone_in_custody: false", "anyone_in_custody: true", "45 CFR 46 Subpart C"),
        ("  expires_on: 2026-12-31\n", "", "until when it holds"),
        ("uses_random_assignment: true\n", "", "says that nobody is"),
        ("  scarcity: 200 places for about 400 people who ask\n", "", "scarcity"),
        ("  others_receive: the open job centre\n", "", "others_receive"),
        ("  outside_lottery: people whom a court orders to be coached\n", "", "outside_lottery"),
        ("  consent: consent\n", "", "consent"),
        ("  basis: 45 CFR 46.111\n", "", "basis"),
    ],
)
def test_nobody_is_drawn_without_an_ethics_record_in_force(
    sealed: Sealed, old: str, new: str, says: str
) -> None:
    """R114: every item, on the day of each draw."""
    if old == INITIATIVE:
        (sealed.deal / "initiative.yaml").unlink()
    else:
        sealed.edit(old, new, "initiative.yaml")
    before = in_the_list(sealed)

    assert says in refused(sealed.draw, "a")
    assert in_the_list(sealed) == before


def test_the_lottery_does_not_open_without_an_ethics_record(tmp_path: Path) -> None:
    """R114."""
    sealed = a_folder_for_draws(tmp_path, initiative="")
    sealed.commit("payor")
    sealed.commit("evaluator")

    assert "no ethics record" in refused(sealed.open)


# Draws


def test_people_are_drawn_told_and_drawn_again_by_an_auditor(sealed: Sealed) -> None:
    """R83, R116, R137: from the first referral to the replay."""
    people = [f"k{number}" for number in range(30)]
    drawn = sealed.draw(*people)
    assert [each.person for each in drawn.told] == people
    assert {each.says for each in drawn.told} == {"placed", "services as usual"}
    for each in drawn.told:
        assert each.until == (None if each.says == "placed" else date(2027, 3, 9))

    before = checked(sealed, heads=[drawn.head])
    assert (before.is_sealed, before.difference, before.problems) == (True, None, ())
    sealed.reveal("payor")
    assert "share of this lottery was published" in refused(sealed.draw, "z", on=TODAY)
    sealed.reveal("evaluator")
    after = checked(sealed, heads=[drawn.head])
    assert (after.is_sealed, after.difference, after.problems) == (False, None, ())
    assert (after.people, after.entries) == (30, 35)


def test_no_arm_no_block_and_no_chance_is_told_to_who_draws(sealed: Sealed) -> None:
    """R116, R137."""
    drawn = sealed.draw(*"abcdefghijkl")
    told = str(drawn) + json.dumps(drawn.as_plain(), default=str)

    for never in ("no-coach", "arm", "block", "position", "declined", "seed"):
        assert never not in told
    assert "no condition of a plea, a sentence or a release" in told


def test_one_person_is_drawn_from_the_command_line(tmp_path: Path) -> None:
    sealed = an_open_lottery(tmp_path, assignment="stratified", lottery=SOUTH)

    (told,) = sealed.draw(given=Given(person="k1", facts=("site=north",))).told
    assert told.until in (None, DRAWN + timedelta(90))
    for facts, says in (
        ((), "none of those that the plan lists"),
        (("site=east",), "Write one of: north, south"),
        (("site",), "name=value"),
        (("site=north", "age=30"), "no fact called age"),
    ):
        assert says in refused(sealed.draw, given=Given(person="k2", facts=facts))
    assert "pseudonymous key" in refused(sealed.draw, given=Given(person="A Name"))


def test_a_file_of_strata_clusters_or_places_is_drawn(tmp_path: Path) -> None:
    strata = an_open_lottery(tmp_path / "strata", assignment="stratified", lottery=SOUTH)
    strata.draw(given=Given(strata.rows(*"abcdef", site=["north", "south"])))
    assert len(arms(strata)) == 6

    homes = an_open_lottery(
        tmp_path / "homes",
        assignment="clustered",
        lottery="    cluster: home\n    lottery: {excluded_for: 1 year}\n",
    )
    homes.draw(given=Given(homes.rows(*"abcdef", home=["h1", "h2"])))
    assert len({arms(homes)[person] for person in "ace"}) == 1

    places = an_open_lottery(
        tmp_path / "places",
        assignment="individual",
        lottery="    lottery: {draws: as-places-open, excluded_for: 1 year}\n",
    )
    assert "say how many" in refused(places.draw, "a", "b", "c")
    places.draw(given=Given(places.rows(*"abcdef"), places=2))
    assert list(arms(places).values()).count("coach") == 2
    for each in (strata, homes, places):
        each.reveal("payor")
        each.reveal("evaluator")
        assert checked(each).difference is None


def test_places_are_not_for_a_plan_that_draws_on_referral(sealed: Sealed) -> None:
    assert "Leave --places out" in refused(sealed.draw, given=Given(sealed.rows("a"), places=1))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("person,referred_on\na,2026-03-09\na,2026-03-09\n", "listed twice"),
        ("person,referred_on\nJo Fir,2026-03-09\n", "pseudonymous key"),
        ("person,referred_on\n123-45-6789,2026-03-09\n", "Social Security number"),
        ("person,referred_on\na,9 March\n", "is not a day"),
        ("person,referred_on\na,2026-02-31\n", "is not a day"),
        ("person,referred_on\na,2026-03-01\n", "before the lottery was opened"),
        ("person,referred_on\na,2026-03-10\n", "after the draw"),
        ("person,referred_on\n,2026-03-09\n", "`person` is empty"),
        ("person,referred_on,name\na,2026-03-09,Jo\n", "unknown name in column: 3"),
        ("person,referred_on\n", "has no rows"),
        ("person,referred_on,identifiers\na,2026-03-09,Jo Fir\n", "is not a checksum"),
    ],
)
def test_a_row_that_is_wrong_draws_nobody(sealed: Sealed, text: str, says: str) -> None:
    file = sealed.deal.parent / "referrals.csv"
    file.write_text(text, "utf-8")
    before = in_the_list(sealed)
    told = refused(sealed.draw, given=Given(file))

    assert says in told
    assert "Fir" not in told
    assert "6789" not in told
    assert in_the_list(sealed) == before


def test_identifiers_are_frozen_by_a_checksum_at_referral(sealed: Sealed) -> None:
    """R136."""
    mark = "sha256:" + "9" * 64
    file = sealed.deal.parent / "referrals.csv"
    file.write_text(f"person,referred_on,identifiers\na,2026-03-09,{mark}\n", "utf-8")
    sealed.draw(given=Given(file))

    assert mark in in_the_list(sealed)


def test_a_second_referral_meets_the_first_draw(sealed: Sealed) -> None:
    """R116."""
    first = sealed.draw("a", "b", "c").told
    again = sealed.draw("c", "d", on=DRAWN + timedelta(5), today=TODAY).told

    assert (again[0].says, again[0].until) == (first[2].says, first[2].until)
    assert [each.met_again for each in again] == [True, False]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("confidence: 90%", "confidence: 95%"),
        ("block_sizes: [4, 6, 8]", "block_sizes: [4, 8]"),
        ("sample_floor: 120", "sample_floor: 60"),
        ("excluded_for: 12 months", "excluded_for: 6 months"),
    ],
)
def test_a_plan_changed_after_the_seal_draws_nobody(sealed: Sealed, old: str, new: str) -> None:
    """R83."""
    sealed.draw("a", "b")
    sealed.edit(old, new)

    assert "The plan arrests is not as it was sealed on 2026-03-02" in refused(sealed.draw, "c")
    assert "not as it was sealed" in checked(sealed).problems[0].what


def test_the_seal_is_written_into_the_plan_and_another_one_stops_the_draw(sealed: Sealed) -> None:
    """R137."""
    opened = read_list(open_folder(sealed.deal)).opened
    assert opened is not None
    other = "sha256:" + "0" * 64
    sealed.edit(
        "    assignment: blocked\n", f"    assignment: blocked\n    seed_fingerprint: {other}\n"
    )
    assert "another sealed seed" in refused(sealed.draw, "a")
    sealed.edit(other, opened.seal)
    assert sealed.draw("a").told


# Who may draw: both shares, and nobody else's


def test_a_draw_takes_both_shares_and_their_passphrases(sealed: Sealed) -> None:
    """R137: with one share alone nothing can be drawn or foreseen."""
    one = sealed.share("payor")

    assert "takes two shares" in refused(sealed.draw, "a", shares=[one])
    assert "takes two shares" in refused(sealed.draw, "a", shares=[one, one])
    assert "does not open the share of the" in refused(
        sealed.draw, "a", passphrase=lambda holder: "words that are wrong here"
    )
    (sealed.deal.parent / "other").write_text("{}")
    assert "not a share" in refused(sealed.draw, "a", shares=[one, sealed.deal.parent / "other"])
    assert "There is no such file" in refused(
        sealed.draw, "a", shares=[one, sealed.deal.parent / "none"]
    )


@pytest.mark.skipif(os.name != "posix", reason="who may read a file is told so on POSIX alone")
def test_a_share_that_others_may_read_is_refused(sealed: Sealed) -> None:
    sealed.share("payor").chmod(0o640)

    assert "Others than its owner" in refused(sealed.draw, "a")


def test_the_seed_is_written_nowhere(sealed: Sealed) -> None:
    """R137: shares are combined in memory alone."""
    sealed.draw("a", "b")
    secrets = [
        share_file.open_share(sealed.share("payor"), "other words chosen by dice"),
        share_file.open_share(sealed.share("evaluator"), "five words chosen at random"),
    ]
    text = "".join(
        path.read_text("utf-8") for path in sealed.deal.parent.rglob("*") if path.is_file()
    )

    assert all(each.share.hex() not in text for each in secrets)
    assert "seed_fingerprint" not in text


# What becomes known later


def test_notes_are_put_beside_the_draw_and_change_no_arm(sealed: Sealed) -> None:
    """R83, R137."""
    sealed.draw(*"abcdefgh")
    before = arms(sealed)
    note_withdrawal(sealed.deal, "a", writer())
    note_departure(sealed.deal, "b", "override", writer(), authority="A judge")
    note_departure(sealed.deal, "c", "crossover", writer(), authority="Nobody")
    note_alias(sealed.deal, "d", "d-again", writer())
    after = checked(sealed)

    assert arms(sealed) == {**before, "d-again": before["d"]}
    assert (after.withdrawn, after.departed, after.people) == (1, 2, 8)
    assert all(word in in_the_list(sealed) for word in ("A judge", "a reason", "Dee Third"))


def test_two_keys_that_were_both_drawn_keep_the_first_draw(sealed: Sealed) -> None:
    """R137."""
    sealed.draw(*"abcdefgh")
    first = arms(sealed)["a"]
    other = next(key for key, arm in arms(sealed).items() if arm != first)

    assert "the first draw holds" in str(note_alias(sealed.deal, other, "a", writer()))
    assert arms(sealed)[other] == first
    assert checked(sealed).people == 7


def test_notes_about_people_never_drawn_are_refused(sealed: Sealed) -> None:
    sealed.draw("a")

    assert "never drawn" in refused(note_withdrawal, sealed.deal, "z", writer())
    assert "Neither key was drawn" in refused(note_alias, sealed.deal, "y", "z", writer())
    assert "known as one person" in refused(note_alias, sealed.deal, "a", "a", writer())
    assert "for --reason" in refused(note_withdrawal, sealed.deal, "a", writer(reason=" "))
    assert "for --authority" in refused(
        note_departure, sealed.deal, "a", "override", writer(), authority=""
    )
    assert "pseudonymous" in refused(note_alias, sealed.deal, "a", "Jo Fir", writer())


def test_someone_placed_outside_is_in_no_arm_and_never_drawn(sealed: Sealed) -> None:
    """R114: only as the ethics record allows, with who decided and why."""
    sealed.draw("a")
    told = place_outside(sealed.deal, "b", writer(), authority="Example Court")

    assert "people whom a court orders to be coached" in str(told)
    assert "b" not in arms(sealed)
    assert "placed outside of the lottery" in refused(sealed.draw, "b")
    assert "was drawn" in refused(place_outside, sealed.deal, "a", writer(), authority="Court")
    assert "outside already" in refused(
        place_outside, sealed.deal, "b", writer(), authority="Court"
    )
    assert "placed outside" in refused(note_alias, sealed.deal, "a", "b", writer())


# The evaluator's file


def test_the_evaluator_gets_the_arms_by_key_in_a_file_of_its_own(sealed: Sealed) -> None:
    """R83: strata, days, arms, crossovers and withdrawals, with everyone as drawn."""
    to = sealed.deal.parent / "arms.csv"
    assert "Nobody was drawn yet" in refused(write_arms, sealed.deal, to)
    sealed.draw(*"abcd")
    note_alias(sealed.deal, "a", "a-again", writer())
    note_withdrawal(sealed.deal, "a-again", writer())
    note_departure(sealed.deal, "b", "crossover", writer(), authority="Nobody")
    written = write_arms(sealed.deal, to)
    rows = {row["person"]: row for row in csv.DictReader(to.open(encoding="utf-8"))}

    assert (written.people, written.keys) == (4, 5)
    assert {key: row["arm"] for key, row in rows.items()} == arms(sealed)
    assert rows["a-again"]["first_key"] == "a"
    assert [key for key, row in rows.items() if row["withdrawn"]] == ["a", "a-again"]
    assert [key for key, row in rows.items() if row["crossover"]] == ["b"]
    assert not any(row["override"] for row in rows.values())
    assert rows["c"]["assigned_on"] == str(DRAWN)
    assert stat.S_IMODE(to.stat().st_mode) == 0o600


def test_two_draws_at_once_take_two_positions(sealed: Sealed) -> None:
    """R83: one process at a time appends."""
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda person: sealed.draw(given=Given(person=person)), "abcdefgh"))
    listed = read_list(open_folder(sealed.deal))

    assert sorted(entry.position for entry in listed.drawn.values()) == list(range(1, 9))


# The reveal


def test_each_publishes_its_own_share_once(tmp_path: Path) -> None:
    """R137."""
    sealed = a_folder_for_draws(tmp_path)
    sealed.commit("payor")
    sealed.commit("evaluator")
    assert "never opened" in refused(sealed.reveal, "payor")
    sealed.open()
    assert "acted for the evaluator" in refused(sealed.reveal, "payor", by="E. Name")
    assert sealed.reveal("payor").waits_for == "evaluator"
    assert "is published" in refused(sealed.reveal, "payor")
    assert sealed.reveal("evaluator").waits_for is None


# The list


@pytest.mark.parametrize(
    ("how", "says"),
    [
        (lambda lines: lines[:4] + lines[5:], "broken at entry 5"),
        (lambda lines: lines[:-1], "one is missing"),
        (lambda lines: [*lines[:3], lines[4], lines[3], *lines[5:]], "broken at entry 4"),
        (lambda lines: [*lines[:4], lines[4].replace("coach", "other"), *lines[5:]], "changed"),
        (lambda lines: [*lines[:4], "not JSON", *lines[5:]], "changed"),
        (lambda lines: [*lines, lines[-1]], "broken at entry"),
    ],
)
def test_a_list_that_was_edited_is_refused(
    sealed: Sealed, how: Callable[[list[str]], list[str]], says: str
) -> None:
    """R83: it cannot be edited."""
    sealed.draw(*"abcdef")
    file = sealed.deal / "out" / "assignments" / LIST
    file.write_text("\n".join(how(file.read_text("utf-8").splitlines())) + "\n", "utf-8")

    assert says in refused(sealed.draw, "g")
    assert says in refused(checked, sealed)


def test_a_list_made_anew_is_told_by_a_head_that_was_noted(sealed: Sealed) -> None:
    """R137: whoever holds both shares can make another list; what was noted gives it away."""
    noted = sealed.draw("a", "b", "c").head
    folder = open_folder(sealed.deal)
    entries = [link.entry for link in read_list(folder).links][:3]
    for file in (sealed.deal / "out" / "assignments").glob("*.*"):
        file.unlink()
    add_entries(folder, AssignmentList(), entries)
    sealed.draw("c", "a", "b")

    assert checked(sealed).problems == ()
    assert "stands nowhere in the list" in checked(sealed, heads=[noted]).problems[0].what


def test_a_killed_command_leaves_the_list_whole(sealed: Sealed) -> None:
    sealed.draw("a", "b")
    register = sealed.deal / "out" / "assignments" / REGISTER
    behind = register.read_bytes()
    sealed.draw("c", "d")
    register.write_bytes(behind)

    assert len(arms(sealed)) == 4
    sealed.draw("e")
    assert len(arms(sealed)) == 5
    (sealed.deal / "out" / "assignments" / LIST).unlink()
    assert "one is missing" in refused(sealed.draw, "f")


def test_a_list_without_its_register_is_refused_unless_it_was_just_begun(
    sealed: Sealed, tmp_path: Path
) -> None:
    (sealed.deal / "out" / "assignments" / REGISTER).unlink()
    assert "one is missing" in refused(sealed.draw, "a")

    begun = a_folder_for_draws(tmp_path / "begun")
    assert "Nothing is on the list" in str(checked(begun))
    begun.commit("payor")
    (begun.deal / "out" / "assignments" / REGISTER).unlink()
    assert begun.commit("evaluator").waits_for is None


def test_the_list_is_for_its_owner_alone(sealed: Sealed) -> None:
    sealed.draw("a")
    home = sealed.deal / "out" / "assignments"

    assert stat.S_IMODE((home / LIST).stat().st_mode) == 0o600
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_a_plan_without_a_lottery_is_not_drawn(tmp_path: Path) -> None:
    sealed = a_folder_for_draws(tmp_path, assignment="individual", lottery="")

    assert "does not say how its lottery is run" in refused(sealed.commit, "payor")


def test_the_gate_knows_who_was_drawn(sealed: Sealed) -> None:
    """R114: it reads the list of draws beside the initiative, with the ethics record of each."""
    assert "nobody stands on the list of draws" in str(
        gate(sealed.deal, on=TODAY, stage="delivery")
    )
    sealed.draw("p1", "p2", "p3")
    found = gate(sealed.deal, on=TODAY, stage="delivery")
    assert "3 drawn on 2026-03-09, each under a record" in str(found)
    assert not [each for each in found.problems if "ethics record" in each.what]
