"""A small deal whose people are matched: homes found in one feed, homes lost in another.

`a1`, `a2`, ... are the deal's own people. A record `h...` of the same person says that they moved
into a home, a record `j...` that they went to jail and lost it. The county pays 100.00 a home.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pyarrow as pa

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.results import Determination, Result, Results
from payforsuccess.deal.tables import LINKED_PEOPLE, LINKS
from payforsuccess.payments.history import put_in_order
from payforsuccess.payments.people import PeopleList, PersonRow
from payforsuccess.payments.statement import Facts, make_statement
from payforsuccess.records.link.clusters import Decisions
from payforsuccess.records.link.job import Job
from payforsuccess.records.link.linking import Group, GroupJob
from payforsuccess.records.link.people import person_keys
from payforsuccess.records.link.quality import Unseen
from payforsuccess.records.link.uncertain import Clusterings
from payforsuccess.runs.link.files import KeptLinks
from payforsuccess.runs.run.dollars_at_risk import FoundResults, dollars_at_risk
from payforsuccess.runs.run.risk_in_words import DollarsAtRisk
from payforsuccess.store import arrow_schema, empty_table, typed_table
from tests.lib.deals import EVALUATOR, a_deal

ON = date(2026, 5, 1)
Pair = tuple[str, str, str]
"""Two records and their score."""


def a_matched_deal(*, threshold: str = "0.9", band: tuple[str, str] | None, **deal: Any) -> Deal:
    """The deal; `band` are the ends of its review band."""
    source = {
        "layout": "jail-bookings",
        "held_by": [{"name": "Alder County"}],
        "says": "made-up people",
        "complete_through": "2026-03-31",
        "refreshed": "month",
        "public": {"licence": "none", "source": "made up for a test"},
    }
    review = {} if band is None else {"review": {"from": band[0], "to": band[1]}}
    return a_deal(
        data=[{**source, "feed": feed} for feed in ("referrals", "homes", "jail")],
        linkage={
            "anchor": "referrals",
            "feeds": ["homes", "jail"],
            "threshold": threshold,
            **review,
        },
        **deal,
    )


def homes_of(people: Mapping[str, str]) -> FoundResults:
    """What the records say: a home for each of the deal's people with an `h` and without a `j`."""
    records: dict[str, list[str]] = {}
    for record, person in people.items():
        records.setdefault(person, []).append(record)
    rows = [
        PersonRow("homes", 1, person, Fraction(1), source=f"homes:{person}")
        for person, keys in sorted(records.items())
        if {key[0] for key in keys} >= {"a", "h"} and all(key[0] != "j" for key in keys)
    ]
    result = Result(outcome="homes", period=1, value=Fraction(len(rows)), people=len(rows))
    return FoundResults(Results(results=(result,)), tuple(rows))


def paid(deal: Deal, found: FoundResults) -> int:
    """What the county's statement comes to, through the deal's own payment terms."""
    signed = Determination(
        format=1,
        number=1,
        party=EVALUATOR,
        role="evaluator",
        signed_by="Jo Fir",
        on=ON,
        results=found.results.results,
        results_fingerprint=found.results.fingerprint,
    )
    facts = Facts(
        history=put_in_order([deal]),
        results=None,
        determinations=(signed,),
        people=PeopleList(list(found.rows)) if found.rows else None,
    )
    return make_statement(facts, period=1, as_of=ON, program="a test").statement.total


def clusterings(pairs: Sequence[Pair], decisions: Decisions | None = None) -> Clusterings:
    """The pairs as links."""
    rows = [
        {
            "one": min(one, other),
            "other": max(one, other),
            "score": Decimal(score).quantize(Decimal("1e-9")),
            "reason": "given_name=5",
            "decided": None,
            "is_taken": 0,
        }
        for one, other, score in sorted(pairs)
    ]
    groups = {"a": "referrals", "h": "homes", "j": "jail"}
    keys = {key for one, other, _ in pairs for key in (one, other)}
    links = pa.Table.from_pylist(rows, schema=arrow_schema(LINKS))
    group_of = {key: groups[key[0]] for key in keys}
    return Clusterings(links, group_of, "referrals", False, decisions or Decisions())


def people_at(found: Clusterings, own: Sequence[str], clusters: Any) -> dict[str, str]:
    """The person of each record of these clusters."""
    return {key: key for key in own} | person_keys(clusters, is_anchor=set(own), before={})


def at_risk(
    deal: Deal, pairs: Sequence[Pair], own: Sequence[str], decisions: Decisions | None = None
) -> DollarsAtRisk | None:
    """Dollars at risk of the deal, its people matched by these pairs."""
    assert deal.linkage is not None
    found = clusterings(pairs, decisions)
    threshold = Decimal(str(float(deal.linkage.threshold)))
    people = people_at(found, own, found.at(threshold))
    records = sorted(people)
    table = typed_table(
        LINKED_PEOPLE, {"record": records, "person": [people[key] for key in records]}
    )
    job = Job(empty_table(LINKS), (1, 1), 1, None, Unseen(Decimal(0), None))
    kept = KeptLinks(
        Path("links"),
        "sha256:0",
        "sha256:0",
        found.links,
        table,
        (GroupJob(Group("referrals", ("referrals",)), "", "", job),),
        found.group_of,
    )
    now = homes_of(people)
    return dollars_at_risk(
        deal,
        kept,
        decisions=found.decisions,
        now=now,
        due_now=paid(deal, now),
        measure=lambda _, ways: [homes_of(way) for way in ways],
        due=lambda other: paid(deal, other),
    )
