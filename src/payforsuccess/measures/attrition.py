"""Who left a measure's count at which rule: from everyone enrolled to those with a known result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from payforsuccess.deal.measures import MeasureBase, Population
from payforsuccess.measures.lazily import ibis, ir
from payforsuccess.measures.seen import Seen
from payforsuccess.measures.tables import (
    BEFORE_THE_RECORDS,
    CUSTODY,
    DEATH,
    KNOWN,
    MOVE,
    NO_AMOUNT,
    NO_SCORE,
    NOT_YET_OBSERVED,
    TRANSFER,
    PersonResult,
    PlainRecords,
    Tables,
)
from payforsuccess.measures.windows import compile_started, reference_start

if TYPE_CHECKING:
    import pyarrow as pa

ARM, SITE, FEED, NOT_ENROLLED = "arm", "site", "feed", "not-enrolled"
NOT_STARTED, START_DAY = "not-started", "start-day"
RULES: Mapping[str, str] = {
    ARM: "not in an arm that is counted",
    SITE: "not at a site that is counted",
    FEED: "not enrolled by a feed that is counted",
    NOT_ENROLLED: "the programme did not enrol them",
    NOT_STARTED: "the window has not started",
    START_DAY: "the window starts outside the days that are counted",
    NOT_YET_OBSERVED: "the window is not yet seen to its end",
    BEFORE_THE_RECORDS: "the window begins before a feed holds every record",
    DEATH: "died, and the result is unknown by the measure's rule",
    MOVE: "moved out of reach, and the result is unknown by the measure's rule",
    TRANSFER: "went to another programme, and the result is unknown by the measure's rule",
    CUSTODY: "came into custody, and the result is unknown by the measure's rule",
    NO_AMOUNT: "an amount is missing in the records",
    NO_SCORE: "a score before or after is missing in the records",
}
"""Why an enrolment has no known result, in the order in which the rules are applied."""


@dataclass(frozen=True)
class Attrition:
    """Enrolments of one arm (None: of all), those that left at each rule, and those that are known.

    left: the rule's name in `RULES` and how many left there, in order, none with 0. What left and
    what is known adds up to what was enrolled.
    """

    arm: str | None
    enrolled: int
    left: tuple[tuple[str, int], ...]
    known: int

    def __post_init__(self) -> None:
        if self.enrolled != self.known + sum(people for _, people in self.left):
            raise ValueError("the counts of who left do not add up to the enrolled")

    def as_plain(self) -> dict[str, object]:
        """The counts for a program."""
        return {
            "arm": self.arm,
            "enrolled": self.enrolled,
            "left": dict(self.left),
            "known": self.known,
        }

    def __str__(self) -> str:
        """The counts in one line."""
        left = (f"{people:,} {RULES[rule]}" for rule, people in self.left)
        whom = "" if self.arm is None else f" in the arm {self.arm}"
        parts = [f"{self.enrolled:,} enrolled{whom}", *left, f"{self.known:,} with a known result"]
        return "; ".join(parts)

    def remaining(self) -> tuple[int, ...]:
        """How many are left after each rule."""
        rest, after = self.enrolled, []
        for _, people in self.left:
            rest -= people
            after.append(rest)
        return tuple(after)


def compile_attrition(
    measure: MeasureBase, tables: Tables, results: ir.Table, *, seen: Seen
) -> ir.Table:
    """One row an arm and rule: how many enrolments left there; `known` for those who did not.

    results: the measure's rows once they are computed (`statuses_of`); not the expression that
    gives them, since both have steps of one name.
    """
    population = measure.population
    started = compile_started(measure, tables, seen)
    people = started.select("enrolment", "arm", "site", "feed", "enrolled_on", "start_on")
    found = results.select(of="enrolment", status="status")
    rows = people.left_join(found, [people.enrolment == found.of]).drop("of")
    left = ibis.cases(
        *(
            (~_is_one_of(rows[name], wanted), ibis.literal(name))
            for name, wanted in _lists(population)
        ),
        *(
            [(rows.enrolled_on.isnull(), ibis.literal(NOT_ENROLLED))]
            if population.enrolled_only
            else []
        ),
        (rows.start_on.isnull(), ibis.literal(NOT_STARTED)),
        (rows.status.isnull(), ibis.literal(START_DAY)),
        else_=rows.status,
    )
    rows = rows.mutate(left=left)
    return rows.group_by("arm", "left").aggregate(people=rows.count()).order_by("arm", "left")


def statuses_of(rows: pa.Table) -> ir.Table:
    """The statuses of a measure's rows that have been computed, for `compile_attrition`."""
    return ibis.memtable(rows.select(["enrolment", "status"]))


def _for_anyone(measure: MeasureBase) -> MeasureBase:
    """The measure with windows that start where they do, for everyone."""
    only = measure.population.enrolled_only
    return measure.model_copy(update={"population": Population(says="anyone", enrolled_only=only)})


def _is_one_of(value: ir.Value, wanted: tuple[str, ...]) -> ir.BooleanValue:
    return value.isin(list(wanted)).fill_null(False)


def _lists(population: Population) -> list[tuple[str, tuple[str, ...]]]:
    """The population's lists, by the column they look at; those left out limit nothing."""
    lists = ((ARM, population.arms), (SITE, population.sites), (FEED, population.feeds))
    return [(name, wanted) for name, wanted in lists if wanted]


def attrition_of(rows: Iterable[Mapping[str, object]]) -> tuple[Attrition, ...]:
    """The rows of `compile_attrition` added up: everyone first, then each arm that there is."""
    counts: dict[str | None, dict[str, int]] = {None: {}}
    for row in rows:
        arm, left, people = row["arm"], str(row["left"]), int(str(row["people"]))
        for key in {None, arm if arm is None else str(arm)}:
            of_arm = counts.setdefault(key, {})
            of_arm[left] = of_arm.get(left, 0) + people
    arms = sorted(arm for arm in counts if arm is not None)
    return tuple(_attrition(arm, counts[arm]) for arm in (None, *arms))


def _attrition(arm: str | None, counts: Mapping[str, int]) -> Attrition:
    left = tuple((rule, counts[rule]) for rule in RULES if counts.get(rule))
    return Attrition(arm, sum(counts.values()), left, counts.get(KNOWN, 0))


def reference_attrition(
    measure: MeasureBase,
    records: PlainRecords,
    results: Iterable[PersonResult],
    *,
    seen: Seen,
) -> tuple[Attrition, ...]:
    """The same from plain rows and results."""
    statuses = {result.enrolment: result.status for result in results}
    anyone = _for_anyone(measure)
    rows: list[dict[str, object]] = []
    for row in records.enrolments:
        outside = [
            name for name, wanted in _lists(measure.population) if getattr(row, name) not in wanted
        ]
        if outside:
            left = outside[0]
        elif measure.population.enrolled_only and row.enrolled_on is None:
            left = NOT_ENROLLED
        elif reference_start(anyone, row, records, seen=seen) is None:
            left = NOT_STARTED
        else:
            left = statuses.get(row.enrolment, START_DAY)
        rows.append({"arm": row.arm, "left": left, "people": 1})
    return attrition_of(rows)
