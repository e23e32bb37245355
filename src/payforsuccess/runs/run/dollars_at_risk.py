"""What would be due if people had been matched otherwise: at each threshold, and in each doubt.

Nothing here enters a statement. It is told in total, to the parties and the validator; reviewers
of pairs never see it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from fractions import Fraction
from operator import attrgetter

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.linkage import Linkage
from payforsuccess.deal.results import Result, Results
from payforsuccess.errors import Refusal
from payforsuccess.payments.people import PersonRow
from payforsuccess.records.link.clusters import Decisions
from payforsuccess.records.link.people import person_keys
from payforsuccess.records.link.uncertain import Clusterings, Clusters
from payforsuccess.runs.link.files import KeptLinks
from payforsuccess.runs.link.quality import as_decimal
from payforsuccess.runs.run.risk_in_words import DollarsAtRisk, DueAt, DueInDoubt

MOST_THRESHOLDS = 9
"""Thresholds that are tried: each is paid anew."""
MOST_CLUSTERS = 100
"""Doubtful clusters that are each paid with and without; more are only paid together."""


@dataclass(frozen=True)
class FoundResults:
    """What measuring gives: results, and the rows of people that their sums are made of."""

    results: Results
    rows: tuple[PersonRow, ...]


PersonOf = Mapping[str, str]
"""The person of each record, as linkage names them."""
Measure = Callable[[PersonOf, Sequence[PersonOf]], list[FoundResults]]
"""Measures the deal's people as they are matched otherwise: how now, and all the other ways."""
Due = Callable[[FoundResults], int]
"""What the statement would come to, in the smallest unit of money. May refuse."""


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
    statement came to. All thresholds are measured at once, and with them all doubtful clusters and
    none of them: each person's result depends on their own cluster alone, so these two hold what
    each cluster adds by itself. Results that are no sums over people (shares, effects) stay as they
    are there, and move with the threshold only.
    """
    plan = deal.linkage
    if plan is None or plan.review is None:
        return None
    at_risk = _AtRisk(deal, plan, kept, decisions, now, due_now, measure, due)
    thresholds, left = at_risk.thresholds()
    at_risk.measure_at(thresholds)
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
        self._measure, self._pay = measure, due
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
        self._current = self._clusterings.at(self._threshold)
        self._found: dict[Clusters, FoundResults] = {self._current: now}
        self._doubtful = self._clusterings.doubtful(self._low, self._high)
        self._all_with = self._all([one.with_band for one in self._doubtful])
        self._all_without = self._all([one.without_band for one in self._doubtful])
        self._due: dict[object, int | None] = {_what_is_paid(now): due_now}

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

    def measure_at(self, thresholds: Sequence[Decimal]) -> None:
        """Measure at these thresholds, and with all doubtful clusters and none, in one go."""
        wanted = [self._clusterings.at(threshold) for threshold in thresholds]
        if self._doubtful:
            wanted += [self._all_with, self._all_without]
        others = list(dict.fromkeys(one for one in wanted if one not in self._found))
        if not others:
            return
        now = dict(self._person_of) | {k: k for k in self._own if k not in self._person_of}
        found = self._measure(now, [self._people(clusters) for clusters in others])
        self._found |= dict(zip(others, found, strict=True))

    def due_at(self, threshold: Decimal) -> int | None:
        """What would be due if pairs were taken from this score on."""
        return self._paid(self._found[self._clusterings.at(threshold)])

    def doubts(self) -> tuple[tuple[DueInDoubt, ...], int, list[int | None]]:
        """Each doubtful cluster with and without; how many were not; all at their ends."""
        doubtful = self._doubtful
        if not doubtful:
            return (), 0, []
        all_of_them = {"with": self._all_with, "without": self._all_without}
        rows = {name: _by_person(self._found[of].rows) for name, of in all_of_them.items()}
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
        new = [row for then, _ in changes for row in then]
        rows = [row for row in self._now.rows if row.person not in gone] + new
        rows.sort(key=lambda row: (row.outcome, row.period, row.person, row.source))
        was = _totals(row for row in self._now.rows if row.person in gone)
        then = _totals(new)
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

    def _all(self, chosen: Sequence[Clusters]) -> Clusters:
        within = {key for one in self._doubtful for key in one.records}
        kept = [cluster for cluster in self._current if cluster[0] not in within]
        return tuple(sorted([*kept, *(cluster for clusters in chosen for cluster in clusters)]))

    def _people(self, clusters: Clusters) -> dict[str, str]:
        """The person of each record, as linkage would name them."""
        own = set(self._own)
        named = person_keys(clusters, is_anchor=own, before=self._person_of)
        return {key: key for key in self._own} | named

    def _paid(self, found: FoundResults) -> int | None:
        """What would be due, found out once for the same results of the same people."""
        what = _what_is_paid(found)
        if what not in self._due:
            try:
                self._due[what] = self._pay(found)
            except Refusal:  # a result in a gap of the bands, say: the deal has no price for it
                self._due[what] = None
        return self._due[what]


_PAID_BY = attrgetter(*(field.name for field in fields(PersonRow) if field.name != "source"))


def _what_is_paid(found: FoundResults) -> object:
    """All that decides an amount: results and rows, whatever records they rest on."""
    return (
        tuple(result.model_copy(update={"evidence": None}) for result in found.results.results),
        frozenset(Counter(map(_PAID_BY, found.rows)).items()),
    )


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
