"""What is shown of sites and practices never holds a small number (R96, R108)."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from payforsuccess.disclosure import suppress
from payforsuccess.runs.learn.what_works import (
    GroupedOutcome,
    first_shown,
    shown_counts,
    works_part,
)
from payforsuccess.runs.measure.equity_rates import Counted, facts_of

THRESHOLD = 10
pairs = st.integers(0, 60).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))
sites = st.lists(pairs, min_size=1, max_size=6).filter(lambda listed: any(of for _, of in listed))


@given(st.lists(sites, min_size=1, max_size=2))
def test_neither_those_who_did_nor_those_who_did_not_are_few(
    tables: list[list[tuple[int, int]]],
) -> None:
    grouped = [
        GroupedOutcome(
            f"outcome {at}",
            "higher",
            Counted(
                f"outcome {at}",
                f"whose outcome {at} is known",
                "site",
                {f"s{number}": pair for number, pair in enumerate(listed)},
                "",
                True,
            ),
        )
        for at, listed in enumerate(tables)
    ]
    facts = facts_of([one.counted for one in grouped], threshold=THRESHOLD)
    release = suppress(replace(facts, first=first_shown(grouped, THRESHOLD)), threshold=THRESHOLD)
    for one in grouped:
        shown = shown_counts(one.counted, release)
        assert all(min(yes, of - yes) > THRESHOLD for yes, of in shown.values())
        part = works_part(one, release)
        assert {row[0] for row in part.rows} == set(shown)
