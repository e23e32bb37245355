"""Decisions of people on links (R135): who may, how many must, and that they stay."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from payforsuccess.deal.tables import IDENTITIES
from payforsuccess.errors import Refusal
from payforsuccess.records.link.clusters import Pair
from payforsuccess.records.simulate.registers import two_registers
from payforsuccess.runs.folder import read_deal
from payforsuccess.runs.link.decide import Decided, decide_link
from payforsuccess.runs.link.decisions import decisions_folder
from payforsuccess.runs.link.link import Linked, link_people
from payforsuccess.runs.link.reasons import REASONS
from payforsuccess.runs.link.review import review_links
from payforsuccess.store import Store, open_store, typed_table, write_snapshot
from tests.lib.deals import CITY, COUNTY, EVALUATOR, INVESTOR, PARTIES, PROVIDER, a_deal
from tests.lib.folders import write_deal
from tests.lib.parts import parts_of
from tests.lib.pfs import pfs

ANCHOR, JAIL = "referrals", "jail"
ON = date(2026, 3, 1)


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store() as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path, matched: Path) -> Path:
    """A deal of its own that was matched once."""
    shutil.copytree(matched, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.fixture(scope="module")
def matched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A deal whose review band holds nearly every score, matched."""
    folder = tmp_path_factory.mktemp("deal")
    deal = a_deal(
        parties=[*PARTIES, {"name": INVESTOR, "roles": ["investor"]}],
        data=[_source(ANCHOR), _source(JAIL)],
        linkage={
            "anchor": ANCHOR,
            "feeds": [JAIL],
            "threshold": "0.9",
            "review": {"from": "0.05", "to": "0.999"},
        },
    )
    write_deal(folder / "deal.yaml", deal)
    with open_store() as store:
        match(folder, store)
    return folder


def _source(feed: str) -> dict[str, Any]:
    return {
        "feed": feed,
        "layout": "jail-bookings",
        "held_by": [{"name": "Alder County"}],
        "says": "made-up people",
        "complete_through": "2025-12-31",
        "refreshed": "month",
        "public": {"licence": "none", "source": "made up for a test"},
    }


def match(folder: Path, store: Store) -> Linked:
    [part] = two_registers(120, seed=11)
    rows = [_identities(part.one, ANCHOR), _identities(part.other, JAIL)]
    snapshot = write_snapshot(
        parts_of({"identities": pa.concat_tables(rows)}), folder / "out" / "snapshots", store=store
    )
    return link_people(read_deal(folder), snapshot, store=store, folder=folder / "out" / "links")


def _identities(register: pa.Table, feed: str) -> pa.Table:
    columns = {name: register.column(name) for name in register.column_names if name != "record"}
    size = register.num_rows
    return typed_table(
        IDENTITIES,
        {
            **columns,
            "person": register.column("record"),
            "feed": [feed] * size,
            "row": list(range(1, size + 1)),
        },
    )


def row_of(linked: Linked, pair: Pair) -> dict[str, Any]:
    [row] = [row for row in linked.links.to_pylist() if (row["one"], row["other"]) == pair]
    return dict(row)


def a_taken_pair(linked: Linked) -> Pair:
    row = next(row for row in linked.links.to_pylist() if row["is_taken"])
    return row["one"], row["other"]


def decide(folder: Path, pair: Pair, answer: Any, by: str, party: str = EVALUATOR) -> Decided:
    return decide_link(folder, *pair, answer=answer, by=by, party=party, on=ON, as_of=ON)


def test_one_person_alone_waits_and_two_who_agree_hold(folder: Path, store: Store) -> None:
    pair = a_taken_pair(match(folder, store))

    alone = decide(folder, pair, "different", "Jo Fir")
    assert alone.standing.holds is None
    assert row_of(match(folder, store), pair)["is_taken"] == 1

    both = decide(folder, pair, "different", "Ash Elm", party=CITY)
    assert both.standing.holds == "different"
    row = row_of(match(folder, store), pair)
    assert (row["is_taken"], row["decided"]) == (0, "Jo Fir and Ash Elm")


def test_the_same_person_twice_is_one_person(folder: Path, store: Store) -> None:
    pair = a_taken_pair(match(folder, store))
    decide(folder, pair, "different", "Jo Fir")

    again = decide(folder, pair, "different", "  jo   FIR ", party=CITY)

    assert again.standing.holds is None


def test_those_who_disagree_wait_for_a_third(folder: Path, store: Store) -> None:
    pair = a_taken_pair(match(folder, store))
    decide(folder, pair, "different", "Jo Fir")
    split = decide(folder, pair, "same", "Ash Elm")

    assert split.standing.is_disputed
    assert "those who decided disagree: one more person decides" in str(split)
    assert row_of(match(folder, store), pair)["decided"] == "threshold"

    third = decide(folder, pair, "different", "Bo Oak")
    assert third.standing.holds == "different"
    assert decide(folder, pair, "same", "Cy Yew").standing.holds is None


def test_a_persons_last_answer_counts(folder: Path, store: Store) -> None:
    pair = a_taken_pair(match(folder, store))
    decide(folder, pair, "different", "Jo Fir")
    decide(folder, pair, "same", "Ash Elm")

    changed = decide(folder, pair, "same", "Jo Fir")

    assert changed.standing.holds == "same"


@pytest.mark.parametrize("party", [COUNTY, PROVIDER, INVESTOR])
def test_people_of_who_gains_or_loses_by_matches_may_not_decide(
    folder: Path, store: Store, party: str
) -> None:
    pair = a_taken_pair(match(folder, store))

    with pytest.raises(Refusal, match="may not decide"):
        decide(folder, pair, "different", "Jo Fir", party=party)
    assert not list(decisions_folder(folder / "out" / "links").glob("*.json"))


def test_a_party_that_the_deal_does_not_name_is_refused(folder: Path, store: Store) -> None:
    pair = a_taken_pair(match(folder, store))

    with pytest.raises(Refusal, match="is not a party of this deal"):
        decide(folder, pair, "different", "Jo Fir", party="Acme")


def test_a_day_ahead_and_a_reason_in_words_of_ones_own_are_refused_and_not_kept(
    folder: Path, store: Store
) -> None:
    pair = a_taken_pair(match(folder, store))

    def decided(*, on: date = ON, reason: str) -> Decided:
        return decide_link(
            folder,
            *pair,
            answer="same",
            by="Jo Fir",
            party=EVALUATOR,
            on=on,
            as_of=ON,
            reason=reason,
        )

    with pytest.raises(Refusal, match="2026-03-02 lies ahead"):
        decided(on=date(2026, 3, 2), reason="relatives")
    for own in ("Alex Example 900-28-1608", "Same street", ""):
        with pytest.raises(Refusal, match="A reason is one of a few words") as no:
            decided(reason=own)
        assert "Example" not in str(no.value)
    home = decisions_folder(folder / "out" / "links")
    assert not list(home.glob("*.json"))
    assert decided(reason="relatives").decision.reason == "relatives"


def test_the_command_tells_every_word_for_a_reason() -> None:
    said = " ".join(pfs("link", "decide", "--help").out.split())

    assert all(f"{word} {says}" in said for word, says in REASONS.items())


def test_only_whoever_runs_it_may_read_a_decision(folder: Path, store: Store) -> None:
    decide(folder, a_taken_pair(match(folder, store)), "different", "Jo Fir")

    files = list(decisions_folder(folder / "out" / "links").glob("*.json"))
    assert len(files) == 2
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}


def test_records_the_links_do_not_have_are_refused(folder: Path, store: Store) -> None:
    one, _ = a_taken_pair(match(folder, store))

    with pytest.raises(Refusal, match="have no record nobody"):
        decide(folder, (one, "nobody"), "same", "Jo Fir")


def test_a_rerun_does_not_merge_what_was_split_even_through_another_record(
    folder: Path, store: Store
) -> None:
    linked = match(folder, store)
    pair = a_taken_pair(linked)
    for by in ("Jo Fir", "Ash Elm"):
        decide(folder, pair, "different", by)

    for _ in range(2):
        people = dict(
            zip(
                *(match(folder, store).people[name].to_pylist() for name in ("record", "person")),
                strict=True,
            )
        )
        assert people.get(pair[0], pair[0]) != people.get(pair[1], pair[1])


def test_what_two_people_join_stays_joined_without_any_link(folder: Path, store: Store) -> None:
    linked = match(folder, store)
    rows = [row for row in linked.links.to_pylist() if row["is_taken"]]
    anchors = {row["record"] for row in linked.people.to_pylist() if row["record"] == row["person"]}
    one = next(key for key in (rows[0]["one"], rows[0]["other"]) if key in anchors)
    other = next(key for key in (rows[1]["one"], rows[1]["other"]) if key in anchors)
    for by in ("Jo Fir", "Ash Elm"):
        decide(folder, (one, other), "same", by)

    people = match(folder, store).people.to_pylist()

    of = {row["record"]: row["person"] for row in people}
    assert of[one] == of[other]


def test_decisions_that_were_changed_exchanged_or_taken_away_are_refused(
    folder: Path, store: Store
) -> None:
    pair = a_taken_pair(match(folder, store))
    decide(folder, pair, "different", "Jo Fir")
    decide(folder, pair, "different", "Ash Elm")
    home = decisions_folder(folder / "out" / "links")
    first, second = home / "0001.json", home / "0002.json"
    was = second.read_text()

    second.write_text(was.replace("Ash Elm", "Bo Oak"))
    with pytest.raises(Refusal, match="changed after it was written"):
        match(folder, store)
    second.unlink()
    with pytest.raises(Refusal, match="chain of decisions on links is broken"):
        match(folder, store)
    second.write_text(was)
    first.unlink()
    with pytest.raises(Refusal, match="broken at number 1"):
        match(folder, store)


def test_review_shows_the_waiting_pairs_and_never_what_could_sway(
    folder: Path, store: Store
) -> None:
    linked = match(folder, store)
    pair = next(
        (row["one"], row["other"])
        for row in linked.links.to_pylist()
        if Decimal("0.05") <= row["score"] <= Decimal("0.999")
    )
    before = review_links(folder, most=1000)
    shown = str(before)

    assert pair in {(row.one, row.other) for row in before.pairs}
    assert [row.one for row in before.pairs] == sorted(row.one for row in before.pairs)
    for word in (ANCHOR, JAIL, "arm", "outcome", "homes", "USD", COUNTY, "referr", "enrol"):
        assert word not in shown, word
    for by in ("Jo Fir", "Ash Elm"):
        decide(folder, pair, "different", by)
    match(folder, store)
    after = review_links(folder, most=1000)
    assert after.waiting == before.waiting - 1


def test_the_next_reviewer_is_not_told_who_said_what(folder: Path, store: Store) -> None:
    pair = a_taken_pair(match(folder, store))
    decide(folder, pair, "different", "Jo Fir")

    [row] = [row for row in review_links(folder, most=1000).pairs if (row.one, row.other) == pair]

    assert row.standing == "waits for a second person"
    assert "Jo Fir" not in str(row)


def test_review_with_identifiers_shows_them(folder: Path, store: Store) -> None:
    match(folder, store)

    [row] = review_links(folder, most=1, show_identifiers=True).pairs

    assert any(found.values for found in row.compared)


def test_the_commands_say_how_it_stands(folder: Path, store: Store) -> None:
    pair = a_taken_pair(match(folder, store))
    person = ["--by", "Jo Fir", "--party", EVALUATOR]

    done = pfs("link", "decide", *pair, folder, "--same", *person)
    assert (done.code, "waits for a second person" in done.out) == (0, True)
    assert pfs("link", "decide", *pair, folder, *person).code == 2
    own = pfs("link", "decide", *pair, folder, "--same", *person, "--reason", "Ann Example")
    assert (own.code, "Example" in own.err + own.out) == (10, False)
    assert pfs("link", "review", folder, "--most", "1").code == 0
    assert pfs("link", "review", folder, "--show-identifiers").code == 2
    assert pfs("link", "decide", *pair, folder, "--same", "--by", "A", "--party", COUNTY).code == 10
