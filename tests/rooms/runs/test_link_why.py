"""Why two records were taken for one person: levels and weights, and no identifier unasked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Refusal
from payforsuccess.runs.link.files import KeptLinks, latest_links
from payforsuccess.runs.link.link import link_people
from payforsuccess.runs.link.sides import Sides, sides_of
from payforsuccess.runs.link.why import Comparing, comparing
from payforsuccess.store import Store, open_store
from tests.lib.linking import ANCHOR, JAIL, a_linked_deal, a_snapshot, two_feeds
from tests.lib.pfs import pfs


@dataclass(frozen=True)
class Matched:
    """Links of two feeds, with what `comparing` asks for."""

    deal: Deal
    kept: KeptLinks
    sides: Sides
    store: Store
    people: dict[str, pa.Table]

    def why(self, one: str, other: str, *, show_identifiers: bool = False) -> Comparing:
        return comparing(self.deal, self.kept, self.sides, one, other, self.store, show_identifiers)


@pytest.fixture(scope="module")
def matched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Matched]:
    folder = tmp_path_factory.mktemp("matched")
    people, deal = two_feeds(300), a_linked_deal()
    with open_store() as store:
        snapshot = a_snapshot(folder, store, *people.values())
        link_people(deal, snapshot, store=store, folder=folder / "links")
        kept = latest_links(folder / "links")
        assert kept is not None
        yield Matched(deal, kept, sides_of(deal, snapshot, store=store), store, people)


def test_prior_levels_and_rarity_add_up_to_the_score(matched: Matched) -> None:
    row = next(
        row
        for row in matched.kept.links.to_pylist()
        if Decimal("0.9") < row["score"] < Decimal("0.999")
    )
    found = matched.why(row["one"], row["other"])
    assert found.score is not None
    assert found.rarity is not None
    bits = found.prior + found.rarity + sum(of.weight or 0 for of in found.compared)

    assert (found.is_taken, found.score) == (True, row["score"])
    assert abs(1 / (1 + 2 ** -float(bits)) - float(found.score)) < 0.02


def test_the_levels_are_those_of_the_kept_reason(matched: Matched) -> None:
    for row in matched.kept.links.to_pylist()[:5]:
        found = matched.why(row["one"], row["other"])
        said = ";".join(f"{of.name}={of.level}" for of in found.compared if of.level >= 0)

        assert said == row["reason"]


def test_the_order_of_the_two_does_not_matter(matched: Matched) -> None:
    row = matched.kept.links.to_pylist()[0]

    assert matched.why(row["one"], row["other"]) == matched.why(row["other"], row["one"])


def test_identifiers_are_shown_when_asked_for_and_never_to_programs(matched: Matched) -> None:
    row = matched.kept.links.to_pylist()[0]
    [family] = [
        person["family_name"].upper()
        for person in matched.people[ANCHOR].to_pylist()
        if person["person"] == row["one"]
    ]
    hidden = matched.why(row["one"], row["other"])
    shown = matched.why(row["one"], row["other"], show_identifiers=True)

    assert family not in str(hidden)
    assert family in str(shown)
    assert family not in str(shown.as_plain())


def test_strangers_compare_too_without_a_score(matched: Matched) -> None:
    kept = {(row["one"], row["other"]) for row in matched.kept.links.to_pylist()}
    one = matched.people[ANCHOR]["person"][0].as_py()
    other = next(
        key for key in matched.people[JAIL]["person"].to_pylist() if (one, key) not in kept
    )

    assert matched.why(one, other).score is None
    assert "not worth keeping as a link" in str(matched.why(one, other))


def test_records_that_are_not_there_and_two_of_no_anchor_are_refused(matched: Matched) -> None:
    one, other = matched.people[JAIL]["person"].to_pylist()[:2]

    with pytest.raises(Refusal, match="The links know no record nobody"):
        matched.why("nobody", one)
    with pytest.raises(Refusal, match="compared with those alone"):
        matched.why(one, other)


def test_identifiers_go_to_a_terminal_alone(tmp_path: Path) -> None:
    done = pfs("link", "why", "a", "b", str(tmp_path), "--show-identifiers")

    assert done.code == 2
    assert "on a terminal alone" in done.err
