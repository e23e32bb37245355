"""What would be due if people had been matched otherwise: at each threshold, and in each doubt.

Nothing here enters a statement. It is told in total, to the parties and the validator; reviewers
of pairs never see it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pyarrow as pa

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.linkage import Linkage
from payforsuccess.deal.results import Result, Results
from payforsuccess.deal.tables import LINKED_PEOPLE
from payforsuccess.errors import Refusal
from payforsuccess.payments.people import PersonRow
from payforsuccess.records.link.clusters import Decisions
from payforsuccess.records.link.people import person_keys
from payforsuccess.records.link.uncertain import Clusterings, Clusters, Doubtful
from payforsuccess.runs.link.files import KeptLinks
from payforsuccess.runs.link.quality import as_decimal
from payforsuccess.store import typed_table
from payforsuccess.units import money_text

MOST_THRESHOLDS = 9
"""Thresholds that are tried: each measures the deal's people anew."""
MOST_CLUSTERS = 100
"""Doubtful clusters that are each paid with and without; more are only paid together."""


@dataclass(frozen=True)
class FoundResults:
    """What measuring gives: results, and the rows of people that their sums are made of."""

    results: Results
    rows: tuple[PersonRow, ...]


Measure = Callable[[pa.Table], FoundResults]
"""Measures the deal's people, given the rows of `LINKED_PEOPLE`."""
Due = Callable[[FoundResults], int]
"""What the statement would come to, in the smallest unit of money. May refuse."""


@dataclass(frozen=True)
class DueAt:
    """What would be due at a threshold; None where the deal could not pay such results."""

    threshold: Decimal
    due: int | None


@dataclass(frozen=True)
class DueInDoubt:
    """What would be due with and without one cluster that is in doubt, all else as it is."""

    with_it: int | None
    without_it: int | None


@dataclass(frozen=True, repr=False)
class DollarsAtRisk:
    """What is due, and the least and the most that it could be under another match.

    `least` and `most` are the lowest and highest of all amounts that were computed: at the
    thresholds, with and without each cluster, and with each cluster as it pays least and most. They
    are the true ends where what is due moves one way with each result. `thresholds_left` and
    `clusters_left` count what was not tried by itself.
    """

    currency: str
    threshold: Decimal
    due: int
    least: int
    most: int
    thresholds: tuple[DueAt, ...]
    clusters: tuple[DueInDoubt, ...]
    thresholds_left: int = 0
    clusters_left: int = 0
    refused: int = 0
    """How many of the other matches give results that the deal cannot pay as it is written."""

    def __str__(self) -> str:
        title = "Dollars at risk in matching (no part of the statement)"
        return "\n".join([title, *(f"  {sentence}" for sentence in self.sentences)])

    @property
    def sentences(self) -> tuple[str, ...]:
        """All of it in words, a line each: amounts in total, and nobody's own."""
        out = [
            f"Due now, pairs taken from {self.threshold.normalize():f} on: {self._money(self.due)}",
            f"Least {self._money(self.least)}, most {self._money(self.most)}",
        ]
        out += [
            f"Taken from {at.threshold.normalize():f} on: {self._money(at.due)}"
            for at in self.thresholds
        ]
        moving = sum(not one.with_it == one.without_it == self.due for one in self.clusters)
        count = len(self.clusters) + self.clusters_left
        out.append(f"Clusters in doubt: {count:,}; {moving:,} change what is due by themselves")
        if self.thresholds_left or self.clusters_left:
            out.append(
                f"Not tried by themselves: {self.thresholds_left:,} thresholds, "
                f"{self.clusters_left:,} clusters"
            )
        if self.refused:
            out.append(f"Other matches with results that the deal cannot pay: {self.refused:,}")
        return tuple(out)

    __repr__ = __str__

    def as_plain(self) -> dict[str, object]:
        """For programs: money in the smallest unit; no record or person is named."""
        return {
            "format": 1,
            "says": "What would be due if people had been matched otherwise; no part of the "
            "statement.",
            "currency": self.currency,
            "threshold": f"{self.threshold.normalize():f}",
            "due": self.due,
            "least": self.least,
            "most": self.most,
            "thresholds": [
                {"threshold": f"{at.threshold.normalize():f}", "due": at.due}
                for at in self.thresholds
            ],
            "clusters": [{"with": one.with_it, "without": one.without_it} for one in self.clusters],
            "thresholds_left": self.thresholds_left,
            "clusters_left": self.clusters_left,
            "refused": self.refused,
        }

    def _money(self, amount: int | None) -> str:
        return "cannot be paid" if amount is None else money_text(amount, self.currency, code=True)


def dollars_at_risk(
    deal: Deal,
    kept: KeptLinks,
    *,
    decisions: Decisions,
    now: FoundResults,
    due_now: int,
    measure: Measure,
    due: Due,
) -> DollarsAtRisk | None:
    """What is due under every other match that the review band leaves open; None without a band.

    kept: the links that the statement rests on. now, due_now: the results with them, and what the
    statement came to. At a threshold everything is measured anew. A single cluster is not: each
    person's result depends on their own cluster alone, so two measurements, with all doubtful
    clusters and with none, hold what each adds by itself. Results that are no sums over people
    (shares, effects) stay as they are there, and move with the threshold only.
    """
    plan = deal.linkage
    if plan is None or plan.review is None:
        return None
    at_risk = _AtRisk(deal, plan, kept, decisions, now, due_now, measure, due)
    thresholds, left = at_risk.thresholds()
    dues = [DueAt(threshold, at_risk.due_at(threshold)) for threshold in thresholds]
    clusters, clusters_left, together = at_risk.doubts()
    amounts = [at.due for at in dues]
    amounts += [amount for one in clusters for amount in (one.with_it, one.without_it)]
    amounts += together
    found = [due_now, *(amount for amount in amounts if amount is not None)]
    return DollarsAtRisk(
        currency=deal.currency,
        threshold=as_decimal(plan.threshold),
        due=due_now,
        least=min(found),
        most=max(found),
        thresholds=tuple(dues),
        clusters=clusters,
        thresholds_left=left,
        clusters_left=clusters_left,
        refused=sum(amount is None for amount in amounts),
    )


@dataclass(frozen=True)
class _Choice:
    """One way one doubtful cluster could be: the results that it would leave, and their price."""

    rows: tuple[PersonRow, ...]
    people: frozenset[str]
    gain: Fraction
    due: int | None


class _AtRisk:
    """The other matches of one deal, measured and paid; each clustering is measured once."""

    def __init__(
        self,
        deal: Deal,
        plan: Linkage,
        kept: KeptLinks,
        decisions: Decisions,
        now: FoundResults,
        due_now: int,
        measure: Measure,
        due: Due,
    ) -> None:
        assert plan.review is not None
        self._deal, self._now, self._due_now = deal, now, due_now
        self._measure, self._due = measure, due
        self._low, self._high = as_decimal(plan.review.from_), as_decimal(plan.review.to)
        self._threshold = as_decimal(plan.threshold)
        anchor = kept.jobs[0].group.name
        records = kept.people.column("record").to_pylist()
        self._person_of: dict[str, str] = dict(
            zip(records, kept.people.column("person").to_pylist(), strict=True)
        )
        self._own = [key for key in records if kept.group_of.get(key, anchor) == anchor]
        self._clusterings = Clusterings(
            kept.links, kept.group_of, anchor, plan.one_to_one, decisions
        )
        self._found: dict[Clusters, FoundResults] = {self._clusterings.at(self._threshold): now}

    def thresholds(self) -> tuple[list[Decimal], int]:
        """The thresholds to try, in order, and how many that change a cluster are left out."""
        ends = {self._low, self._threshold, self._high}
        changing, before = [], self._clusterings.at(self._low)
        for score in self._clusterings.scores_within(self._low, self._high):
            clusters = self._clusterings.at(score)
            if clusters != before and score not in ends:
                changing.append(score)
            before = clusters
        room = MOST_THRESHOLDS - len(ends)
        step = max(1, -(-len(changing) // room))
        chosen = changing[::step]
        return sorted({*ends, *chosen}), len(changing) - len(chosen)

    def due_at(self, threshold: Decimal) -> int | None:
        """What would be due if pairs were taken from this score on."""
        found = self._measured(self._clusterings.at(threshold))
        return self._due_now if found is self._now else self._paid(found)

    def doubts(self) -> tuple[tuple[DueInDoubt, ...], int, list[int | None]]:
        """Each doubtful cluster with and without; how many were not; all at their ends."""
        doubtful = self._clusterings.doubtful(self._low, self._high)
        if not doubtful:
            return (), 0, []
        current = self._clusterings.at(self._threshold)
        all_of_them = {
            "with": self._all(current, doubtful, [one.with_band for one in doubtful]),
            "without": self._all(current, doubtful, [one.without_band for one in doubtful]),
        }
        rows = {name: _by_person(self._measured(of).rows) for name, of in all_of_them.items()}
        people = {name: self._people(of) for name, of in all_of_them.items()}
        now = _by_person(self._now.rows)
        each = []
        for one in doubtful:
            mine = frozenset(self._person_of[key] for key in one.records if key in self._person_of)
            was = [row for person in mine for row in now.get(person, ())]
            ways = []
            for name in ("with", "without"):
                others = {people[name].get(key, key) for key in one.records}
                then = [row for person in others for row in rows[name].get(person, ())]
                ways.append((tuple(then), mine, self._gain(was, then)))
            each.append(ways)
        each.sort(key=lambda ways: -max(abs(gain) for _, _, gain in ways))
        priced = [
            [
                _Choice(
                    then, mine, gain, self._with([(then, mine)]) if at < MOST_CLUSTERS else None
                )
                for then, mine, gain in ways
            ]
            for at, ways in enumerate(each)
        ]
        clusters = tuple(DueInDoubt(ways[0].due, ways[1].due) for ways in priced[:MOST_CLUSTERS])
        together: list[int | None] = []
        for sign in (-1, 1):
            chosen = [choice for ways in priced if (choice := self._best(ways, sign))]
            together.append(self._with([(choice.rows, choice.people) for choice in chosen]))
        return clusters, max(0, len(each) - MOST_CLUSTERS), together

    def _best(self, ways: Sequence[_Choice], sign: int) -> _Choice | None:
        """The way that pays most (or least, by the sign); None where it is best as it is.

        Where two pay the same, that of more success: together with others it may pay.
        """

        def key(choice: _Choice) -> tuple[int, Fraction]:
            due = self._due_now if choice.due is None else choice.due
            return sign * due, sign * choice.gain

        best = max(ways, key=key)
        return best if key(best) > (sign * self._due_now, Fraction(0)) else None

    def _gain(self, was: Iterable[PersonRow], then: Iterable[PersonRow]) -> Fraction:
        """How much more success the rows hold, all outcomes added: it decides ties alone."""
        total = Fraction(0)
        for sign, rows in ((-1, was), (1, then)):
            for row in rows:
                is_higher = self._deal.outcomes[row.outcome].better == "higher"
                total += sign * row.quantity * (1 if is_higher else -1)
        return total

    def _with(self, changes: Sequence[tuple[tuple[PersonRow, ...], frozenset[str]]]) -> int | None:
        """What would be due with these people's rows replaced."""
        if not changes:
            return self._due_now
        gone = {person for _, people in changes for person in people}
        rows = [row for row in self._now.rows if row.person not in gone]
        rows += [row for then, _ in changes for row in then]
        rows.sort(key=lambda row: (row.outcome, row.period, row.person, row.source))
        was, then = _totals(self._now.rows), _totals(rows)
        moved = {
            slot: then.get(slot, Fraction(0)) - was.get(slot, Fraction(0)) for slot in was | then
        }
        results = tuple(self._moved(result, moved) for result in self._now.results.results)
        return self._paid(FoundResults(Results(results=results), tuple(rows)))

    def _moved(self, result: Result, moved: Mapping[tuple[str, int], Fraction]) -> Result:
        if result.period is None:
            return result
        outcome = self._deal.outcomes[result.outcome]
        first = 1 if outcome.reported_as == "to-date" else result.period
        change = sum(
            (
                moved.get((result.outcome, at), Fraction(0))
                for at in range(first, result.period + 1)
            ),
            Fraction(0),
        )
        return result.model_copy(update={"value": result.value + change})

    def _all(
        self, current: Clusters, doubtful: Sequence[Doubtful], chosen: Sequence[Clusters]
    ) -> Clusters:
        within = {key for one in doubtful for key in one.records}
        kept = [cluster for cluster in current if cluster[0] not in within]
        return tuple(sorted([*kept, *(cluster for clusters in chosen for cluster in clusters)]))

    def _people(self, clusters: Clusters) -> dict[str, str]:
        """The person of each record, as linkage would name them."""
        own = set(self._own)
        named = person_keys(clusters, is_anchor=own, before=self._person_of)
        return {key: key for key in self._own} | named

    def _measured(self, clusters: Clusters) -> FoundResults:
        if clusters not in self._found:
            people = self._people(clusters)
            records = sorted(people)
            table = typed_table(
                LINKED_PEOPLE, {"record": records, "person": [people[key] for key in records]}
            )
            self._found[clusters] = self._measure(table)
        return self._found[clusters]

    def _paid(self, found: FoundResults) -> int | None:
        try:
            return self._due(found)
        except Refusal:  # a result in a gap of the bands, say: the deal has no price for it
            return None


def _by_person(rows: Iterable[PersonRow]) -> dict[str, list[PersonRow]]:
    found: dict[str, list[PersonRow]] = {}
    for row in rows:
        found.setdefault(row.person, []).append(row)
    return found


def _totals(rows: Iterable[PersonRow]) -> dict[tuple[str, int], Fraction]:
    found: dict[tuple[str, int], Fraction] = {}
    for row in rows:
        slot = (row.outcome, row.period)
        found[slot] = found.get(slot, Fraction(0)) + row.quantity
    return found
