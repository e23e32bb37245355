"""The flow of referrals in numbers that may be shown: by source, and of one site beside all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from payforsuccess.disclosure import HIDDEN, Cell, Facts, Release, Sum
from payforsuccess.measures.referral_flow import STAGES, STANDINGS, Flow, flow_of
from payforsuccess.reports.track_facts import ShownFlow, ShownStage

Alike = Sequence[Mapping[str, object]]
"""Rows of `compile_flow`."""


@dataclass(frozen=True)
class Flows:
    """The flow of all, by source, and by site (own and others) where one was asked for."""

    of_all: Flow
    by_source: Mapping[str, Flow]
    by_site: Mapping[str, Flow]
    members: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The referrals behind a count, by its cell."""

    @property
    def spots(self) -> dict[str, Flow]:
        """Each flow by the end of the names of its cells: nothing for that of all."""
        sources = {f"/source/{name}": flow for name, flow in self.by_source.items()}
        return {"": self.of_all, **sources, **{f"/{at}": f for at, f in self.by_site.items()}}

    @property
    def stages(self) -> tuple[str, ...]:
        """The stages of which the records know anything."""
        return tuple(stage for stage in STAGES if self.of_all.reached[stage])

    @property
    def standings(self) -> tuple[str, ...]:
        """Where referrals can stand; a lottery's losers only in a deal that has one."""
        return tuple(s for s in STANDINGS if s != "not_drawn" or self.of_all.standing[s])

    @property
    def closes(self) -> bool:
        """Whether the standings add up to the referrals, of every source and site."""
        flows = (*self.by_source.values(), *self.by_site.values())
        return not any(flow.apart for flow in flows)

    @property
    def all_who_left_had_enrolled(self) -> bool:
        """Whether the exited and the active are the enrolled, of every source and site."""
        return all(
            flow.reached["enrolled"] == flow.standing["exited"] + flow.standing["active"]
            for flow in (*self.by_source.values(), *self.by_site.values())
        )


def flows_of(rows: Alike, site: str | None) -> Flows:
    """Rows of `compile_flow` added up, the sources with most referrals first."""
    sources: dict[str, list[Mapping[str, object]]] = {}
    for row in rows:
        sources.setdefault(str(row["source"]), []).append(row)
    by_source = {name: flow_of(alike) for name, alike in sources.items()}
    ordered = sorted(by_source.items(), key=lambda item: (-item[1].referred, item[0]))
    by_site = {}
    if site is not None:
        own = [row for row in rows if row["site"] == site]
        others = [row for row in rows if row["site"] != site]
        by_site = {f"site/{site}": flow_of(own), f"not site/{site}": flow_of(others)}
    return Flows(flow_of(rows), dict(ordered), by_site)


def flow_facts(flows: Flows) -> Facts:
    """Every count of the flow, and how they hang together.

    How many of a source did not reach a stage, and how many were lost from one stage to the next,
    are never shown and must not be worked out either. A count of 0 is shown.
    """
    spots = flows.spots
    counted = ("referred", *flows.stages, *flows.standings)
    sources = [f"/source/{name}" for name in flows.by_source]
    sites = [f"/{name}" for name in flows.by_site]
    sums = [
        Sum(count, tuple(f"{count}{spot}" for spot in parts))
        for parts in (sources, sites)
        if parts
        for count in counted
    ]
    cells: dict[str, Cell] = {}
    never: set[str] = set()
    for spot, flow in spots.items():
        counts = {"referred": flow.referred, **flow.reached, **flow.standing}
        cells |= {f"{name}{spot}": Cell(counts[name]) for name in counted}
        for more, less in _steps(flows, flow):
            lost = f"lost from {more} to {less}{spot}"
            cells[lost] = Cell(counts[more] - counts[less])
            never.add(lost)
            sums.append(Sum(f"{more}{spot}", (f"{less}{spot}", lost)))
        if flows.closes:
            sums.append(Sum(f"referred{spot}", tuple(f"{name}{spot}" for name in flows.standings)))
        if flows.all_who_left_had_enrolled and "enrolled" in flows.stages:
            sums.append(Sum(f"enrolled{spot}", (f"exited{spot}", f"active{spot}")))
    groups = {f"{name}{spot}": spot.removeprefix("/") for spot in spots for name in counted}
    return Facts(
        cells,
        tuple(sums),
        never_shown=frozenset(never),
        groups=groups,
        first=frozenset(("referred", *flows.stages)),
    )


def with_members(flows: Flows, referrals: Alike, site: str | None) -> Flows:
    """The flow with the referrals behind each count; referrals: rows of `compile_referrals`."""
    members: dict[str, set[str]] = {}
    for row in referrals:
        own = [] if site is None else [f"{'' if row['site'] == site else 'not '}site/{site}"]
        named = ["referred", *(stage for stage in STAGES if row[stage] is not None)]
        named += [standing for standing in STANDINGS if row[standing]]
        for spot in ("", f"/source/{row['source']}", *(f"/{at}" for at in own)):
            for name in named:
                members.setdefault(f"{name}{spot}", set()).add(str(row["enrolment"]))
    return replace(flows, members={name: frozenset(found) for name, found in members.items()})


def _steps(flows: Flows, flow: Flow) -> Iterator[tuple[str, str]]:
    """Pairs of counts of which the second is part of the first, or nearly so."""
    yield from (("referred", stage) for stage in flows.stages)
    steps = [stage for stage in flows.stages if stage != "housed"]
    for before, after in pairwise(steps):
        is_fewer = flow.reached[after] <= flow.reached[before]
        yield (before, after) if is_fewer else (after, before)


def shown_flows(flows: Flows, site: str | None, release: Release) -> tuple[ShownFlow, ...]:
    """By source and all together; with a site, its own flow just before that of all."""
    if not flows.of_all.referred:
        return ()
    found = [
        _shown(name, flow, f"/source/{name}", flows, release)
        for name, flow in flows.by_source.items()
    ]
    if site is not None:
        own = f"site/{site}"
        found.append(_shown(f"site {site}", flows.by_site[own], f"/{own}", flows, release))
    return (*found, _shown("all", flows.of_all, "", flows, release))


def _shown(title: str, flow: Flow, spot: str, flows: Flows, release: Release) -> ShownFlow:
    stages = []
    for stage in flows.stages:
        days = flow.median_days[stage]
        is_shown = f"{stage}{spot}" in release.shown
        median = HIDDEN if not is_shown else "none" if days is None else f"{days:,}"
        stages.append(ShownStage(stage, release.text_of(f"{stage}{spot}"), median))
    standing = tuple(
        (name.replace("_", " "), release.text_of(f"{name}{spot}")) for name in flows.standings
    )
    return ShownFlow(title, release.text_of(f"referred{spot}"), tuple(stages), standing)
