"""Plans on made-up records: who took part, facts in words, other windows, fall-backs, pooling."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute
import pytest

from payforsuccess.deal.checks.effect_units import check_effect_units
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.tables import PERSON_ROWS
from payforsuccess.errors import Refusal
from payforsuccess.evaluation.chance.several import holm
from payforsuccess.evaluation.lottery.listed import AssignmentList, arms_of
from payforsuccess.measures import PlainRecords, SpellRow, TraitRow
from payforsuccess.runs.measure.cohort import CohortRecords, cohort_records
from payforsuccess.runs.measure.evaluate import Evaluated, evaluate_plans
from payforsuccess.runs.measure.matches import measure_matches
from payforsuccess.runs.measure.measure import Measured
from payforsuccess.store import Store, joined, open_store, open_vault
from tests.lib.booked import AGREEMENT
from tests.lib.deals import a_deal, an_outcome
from tests.lib.evaluated import MEASURE, a_plan, an_experiment, feeds
from tests.lib.lotteries import a_lottery, drawn, opened, referred, revealed
from tests.spec.drawing import arrow_tables

RECORDS = an_experiment()


@dataclass(frozen=True)
class MadeUp(Store):
    """A store that shows made-up records as its snapshot."""

    def tables_of(self, snapshot: Any) -> Any:
        return self.tables_from(arrow_tables(snapshot))


@pytest.fixture(scope="module")
def store() -> Iterator[MadeUp]:
    with open_store() as opened:
        yield MadeUp(opened.backend)


def a_deal_of(outcomes: tuple[str, ...], data: Any = None, **plans: Any) -> Deal:
    """A deal whose outcomes rest on the plans of their names."""
    return a_deal(
        data=feeds() if data is None else data,
        outcomes={name: an_outcome("reduction", estimate=name, unit="day") for name in outcomes},
        evaluation=plans,
    )


def evaluated(store: Store, deal: Deal, records: PlainRecords = RECORDS) -> Evaluated:
    snapshot: Any = records
    return evaluate_plans(deal, snapshot, store=store)


def refused(store: Store, deal: Deal, records: PlainRecords = RECORDS) -> list[str]:
    with pytest.raises(Refusal) as refusal:
        evaluated(store, deal, records)
    return [problem.what for problem in refusal.value.problems]


def counts() -> dict[str, list[int]]:
    """Each arm's days with an arrest in the window, from the records themselves."""
    found: dict[str, list[int]] = {"aid": [], "none": []}
    dead = {row.person for row in RECORDS.events if row.kind == "death"}
    for row in RECORDS.enrolments:
        start = row.assigned_on
        assert start is not None and row.arm is not None
        days = {
            e.happened_on
            for e in RECORDS.events
            if e.person == row.person and e.kind == "arrest"
            if start <= e.happened_on < start + timedelta(days=182)
        }
        if row.person not in dead:
            found[row.arm].append(len(days))
    return found


def test_the_effect_of_taking_part_is_the_effect_of_being_offered_over_the_take_up(
    store: MadeUp,
) -> None:
    taken = a_plan(estimand="tot", estimator="two-stage-least-squares")
    (plan,) = evaluated(store, a_deal_of(("taken",), taken=taken)).plans
    arms = counts()
    offered = float(np.mean(arms["aid"]) - np.mean(arms["none"]))

    assert [flow.took_part for flow in plan.estimate.flow] == [20, 0]
    assert float(plan.estimate.effect.value) == pytest.approx(offered / (20 / 30))
    assert plan.results[0].value == plan.payable.value


def test_other_people_before_and_after_a_day_are_compared_by_group(store: MadeUp) -> None:
    """Whoever was assigned before February counts as before."""
    since = date(2026, 2, 1)
    changes = a_plan(
        design="difference-in-differences",
        estimator="repeated-cross-sections",
        estimand="att",
        assignment=None,
        since=str(since),
    )
    (plan,) = evaluated(store, a_deal_of(("changes",), changes=changes)).plans
    rows = plan.rows.filter(pa.compute.equal(plan.rows["status"], "known"))
    late = np.array([on >= since for on in rows["start_on"].to_pylist()])
    aid = np.array([arm == "aid" for arm in rows["arm"].to_pylist()])
    days = np.array([float(value) for value in rows["quantity"].to_pylist()])
    change = [days[mask & late].mean() - days[mask & ~late].mean() for mask in (aid, ~aid)]

    assert 0 < late.sum() < len(late)
    assert float(plan.estimate.effect.value) == pytest.approx(change[0] - change[1])
    assert plan.results[0].value == plan.payable.value


def test_hazards_are_adjusted_for_facts_and_states_as_they_change(store: MadeUp) -> None:
    """The same hazard ratio as from rows cut by hand where housing or a score changes."""
    from payforsuccess.evaluation.durations import proportional_hazards

    rng = np.random.default_rng(5)
    traits, spells = list(RECORDS.traits), []
    moved: dict[str, int] = {}
    scores: dict[str, tuple[float, int, float]] = {}
    for row in RECORDS.enrolments:
        assert row.assigned_on is not None
        moved[row.person] = int(rng.integers(1, 200))
        then = row.assigned_on + timedelta(days=moved[row.person])
        spells.append(SpellRow("housed", row.person, then, feed="court"))
        first, later = (int(value) for value in rng.integers(0, 9, 2))
        day = int(rng.integers(1, 120))
        scores[row.person] = (first, day, later)
        traits.append(TraitRow("score", row.person, value=Decimal(first)))
        on = row.assigned_on + timedelta(days=day)
        traits.append(TraitRow("score", row.person, as_of=on, value=Decimal(later)))
    records = replace(RECORDS, traits=tuple(traits), spells=tuple(spells))
    plan = a_plan(
        estimator="cox",
        standard_errors="model",
        changing=[{"name": "home", "state": "housed"}, {"name": "score"}],
        **{"as": "hazard-ratio"},
    )
    (found,) = evaluated(store, a_deal_of(("hazard",), hazard=plan), records).plans

    first = {}
    for event in sorted(RECORDS.events, key=lambda one: one.happened_on):
        if event.kind == "arrest":
            first.setdefault(event.person, []).append(event.happened_on)
    start, stop, happened, whose, columns = [], [], [], [], []
    for at, row in enumerate(RECORDS.enrolments):
        assert row.assigned_on is not None
        after = [(day - row.assigned_on).days + 1 for day in first.get(row.person, [])]
        days = min([day for day in after if day >= 1] + [183])
        end, is_event = (182, False) if days > 182 else (days, True)
        if row.person == "p0003":
            died = (date(2026, 2, 4) - row.assigned_on).days + 1
            end, is_event = min(end, died), is_event and days <= died
        now, day, then = scores[row.person]
        for number in range(1, end + 1):
            start.append(number - 1.0)
            stop.append(float(number))
            happened.append(is_event and number == end)
            whose.append(at)
            housed = moved[row.person] + 1 < number
            columns.append([row.arm == "aid", housed, then if day + 1 < number else now])
    by_hand = proportional_hazards(
        stop, happened, np.array(columns, dtype=float), start=start, people=whose
    ).estimated(0)

    assert float(found.estimate.effect.value) == pytest.approx(np.exp(by_hand.value), rel=1e-6)


def test_an_index_brings_several_measures_of_the_records_together(store: MadeUp) -> None:
    """Days with an arrest, and arrests; the outcome is paid in standard deviations."""
    index = {
        "weights": "equal",
        "better": "less",
        "parts": [
            {
                "name": "arrests",
                "says": "Arrests, each counted",
                "measure": {**MEASURE, "counts": "each", "window": "91 days"},
                "better": "less",
            }
        ],
    }
    deal = a_deal(
        data=feeds(),
        outcomes={"all": an_outcome("reduction", estimate="all", unit="standard deviation")},
        evaluation={"all": a_plan(index=index)},
    )
    (plan,) = evaluated(store, deal).plans
    (plain,) = evaluated(store, a_deal_of(("all",), all=a_plan())).plans

    note = next(note for note in plan.estimate.notes if note.startswith("Differences of means"))
    assert f"own measure {float(plain.estimate.effect.value):,.6g}" in note
    assert plan.estimate.effect.unit == "standard deviation"
    assert plan.results[0].value == plan.payable.value
    assert not list(check_effect_units(deal))
    in_days = deal.outcomes["all"].model_copy(update={"unit": "day"})
    assert list(check_effect_units(deal.model_copy(update={"outcomes": {"all": in_days}})))


def test_flow_tells_deaths_where_a_feed_reports_them_and_moves_where_none_does_not(
    store: MadeUp,
) -> None:
    (plan,) = evaluated(store, a_deal_of(("all",), all=a_plan())).plans

    assert [flow.deaths for flow in plan.estimate.flow] == [0, 1]
    assert [flow.moves for flow in plan.estimate.flow] == [None, None]
    assert [flow.linked for flow in plan.estimate.flow] == [None, None]


def test_words_and_numbers_are_adjusted_for_and_other_windows_and_outcomes_are_shown(
    store: MadeUp,
) -> None:
    free = {**MEASURE, "kind": "event-absent", "counts": None}
    plan = a_plan(
        estimator="ancova",
        covariates=["age", "language"],
        balance_on=["site"],
        variations=[
            {"name": "short", "window": "91 days"},
            {"name": "long", "window": "10 years"},
            {"name": "plain", "without_covariates": True},
        ],
        secondary=[
            {
                "name": "free",
                "says": "Free of arrest",
                "measure": {k: v for k, v in free.items() if v is not None},
            }
        ],
        several_outcomes="holm",
    )
    (found,) = evaluated(store, a_deal_of(("adjusted",), adjusted=plan)).plans
    estimate, (short, long, plain) = found.estimate, found.estimate.variations
    arms = counts()

    assert {row.trait for row in estimate.balance} >= {"age", "language: Twi", "site: south"}
    assert short.effect is not None and short.effect.value != estimate.effect.value
    assert long.not_found == "Some windows of this length are not yet seen to their end."
    assert plain.effect is not None
    assert float(plain.effect.value) == pytest.approx(np.mean(arms["aid"]) - np.mean(arms["none"]))
    (other,) = estimate.secondary
    shares = [np.mean([count == 0 for count in arms[arm]]) for arm in ("aid", "none")]
    unadjusted = a_plan(
        secondary=[{"name": "free", "says": "Free", "measure": plan["secondary"][0]["measure"]}]
    )
    (again,) = evaluated(store, a_deal_of(("all",), all=unadjusted)).plans
    effect = again.estimate.secondary[0].effect
    assert float(effect.value) == pytest.approx(100 * (shares[0] - shares[1]))
    assert effect.unit == "percentage point"
    assert other.adjusted_p_value is not None and other.adjusted_p_value >= other.p_value
    assert estimate.test is not None and other.p_value is not None
    both = holm(np.array([float(estimate.test.p_value), float(other.p_value)]))
    assert float(estimate.test.adjusted_p_value or 0) == pytest.approx(both[0])
    assert found.results[0].p_value == found.payable.p_value == estimate.test.adjusted_p_value


CHANGE = a_plan(
    design="difference-in-differences",
    assignment=None,
    estimand="att",
    estimator="change-in-means",
    before={**MEASURE, "looks": "back"},
)
POOLS = {
    "sample_floor": "1000",
    "fallback": [
        {"when": "sample-below-floor", "then": "pool", "plan": "change", "says": "Too few people"}
    ],
    "pooling": [{"plan": "chance", "weight": "80%"}, {"plan": "change", "weight": "20%"}],
    "draws": "40",
    "seed": "11",
}


def test_plans_are_pooled_when_a_fall_back_says_so(store: MadeUp) -> None:
    deal = a_deal_of(("chance",), chance=a_plan(**POOLS), change=CHANGE)
    chance, change = evaluated(store, deal).plans

    assert (len(chance.results), change.results) == (1, ())
    both = 4 * chance.estimate.effect.value + change.estimate.effect.value
    assert chance.results[0].value == chance.payable.value == both / 5
    assert [(part.plan, part.weight) for part in chance.payable.parts] == [
        ("chance", Fraction(4, 5)),
        ("change", Fraction(1, 5)),
    ]
    assert chance.payable.people == 59  # the same people in both plans, one of whom is not known
    assert evaluated(store, deal).results == chance.results


def test_another_plan_holds_when_a_fall_back_says_so(store: MadeUp) -> None:
    instead = {"sample_floor": "1000", "fallback": [{**POOLS["fallback"][0], "then": "other-plan"}]}
    deal = a_deal_of(("chance",), chance=a_plan(**instead), change=CHANGE)
    chance, change = evaluated(store, deal).plans

    assert chance.payable.value == change.estimate.effect.value != chance.estimate.effect.value


def test_a_plan_that_is_not_needed_stops_nothing_and_is_told(store: MadeUp) -> None:
    rule = [{**POOLS["fallback"][0], "then": "other-plan"}]
    late = {**CHANGE, "sample_floor": "500"}
    enough = a_deal_of(("chance",), chance=a_plan(sample_floor="10", fallback=rule), change=late)
    too_few = a_deal_of(("chance",), chance=a_plan(sample_floor="1000", fallback=rule), change=late)

    found = evaluated(store, enough)
    assert len(found.plans) == 1
    assert any("has no estimate now" in finding.what for finding in found.findings)
    problems = refused(store, too_few)
    assert any("needs at least 500 people" in problem for problem in problems)


def test_what_was_before_is_unknown_where_the_records_do_not_reach_back(store: MadeUp) -> None:
    # 182 days before the first assignment is 7 July 2025
    data = feeds(since="2025-07-17")
    (plan,) = evaluated(store, a_deal_of(("change",), data, change=CHANGE)).plans

    assert sum(flow.analysed for flow in plan.estimate.flow) == 60 - 1 - 9


def test_days_until_an_event_reach_the_estimate(store: MadeUp) -> None:
    timed = a_plan(estimator="restricted-mean", standard_errors="greenwood")
    (plan,) = evaluated(store, a_deal_of(("timed",), timed=timed)).plans

    assert [flow.analysed for flow in plan.estimate.flow] == [30, 30]
    assert plan.estimate.curve


def changed(**rows: Any) -> PlainRecords:
    """The experiment with one enrolment's columns changed, or one added as `extra`."""
    first, *others = RECORDS.enrolments
    if "extra" in rows:
        return replace(RECORDS, enrolments=(first, *others, replace(first, **rows["extra"])))
    return replace(RECORDS, enrolments=(replace(first, **rows), *others))


def test_a_person_twice_or_in_two_arms_is_refused(store: MadeUp) -> None:
    deal = a_deal_of(("all",), all=a_plan())
    twice = changed(extra={"enrolment": "again", "row": 999})
    both = changed(extra={"enrolment": "again", "row": 999, "arm": "none"})

    assert refused(store, deal, twice) == [
        "1 person has more than one enrolment in the plan's population, and would be compared "
        "more than once."
    ]
    assert refused(store, deal, both) == ["1 person is in two arms of the plan."]


def test_an_outcome_before_the_assignment_is_refused(store: MadeUp) -> None:
    measure = {**MEASURE, "starts_at": "referral"}
    deal = a_deal_of(("all",), all=a_plan(measure=measure))
    records = replace(
        RECORDS,
        enrolments=tuple(
            replace(row, referred_on=(row.assigned_on or date.min) - timedelta(days=at % 2))
            for at, row in enumerate(RECORDS.enrolments)
        ),
    )

    (problem,) = refused(store, deal, records)
    assert problem.startswith("For 30 people the window begins before the day of assignment")


def test_what_the_records_cannot_tell_is_not_read(store: MadeUp) -> None:
    taken = a_plan(
        estimand="tot",
        estimator="two-stage-least-squares",
        measure={**MEASURE, "starts_at": "enrolment"},
    )
    matched = a_plan(
        fallback=[
            {"when": "match-rate-below", "limit": "90%", "then": "pay-nothing", "says": "Lost"}
        ]
    )

    (part,) = refused(store, a_deal_of(("taken",), taken=taken))
    (links,) = refused(store, a_deal_of(("matched",), matched=matched))
    assert "the records do not tell it" in part
    assert "the deal matches nobody" in links


TERMS = a_lottery(sizes=(2, 4))


def drawn_as(
    store: MadeUp, records: PlainRecords, listed: AssignmentList, data: Any = None
) -> Evaluated:
    """The experiment's evaluation against a sealed list of its people."""
    plan = a_plan(
        lottery={"excluded_for": "12 months"}, arms={"treated": "coach", "control": "no-coach"}
    )
    deal = a_deal_of(("all",), data, all=plan)
    snapshot: Any = records
    cohort = replace(cohort_records(deal, snapshot, store=store), drawn=listed)
    return evaluate_plans(deal, snapshot, store=store, records=cohort)


def test_a_randomisation_test_draws_within_the_blocks_of_the_sealed_list(store: MadeUp) -> None:
    """Once the shares are revealed; before, the estimate says that blocks are not known."""
    people = [row.person for row in RECORDS.enrolments]
    terms = a_lottery(sizes=(2, 4))
    plan = a_plan(
        assignment="blocked",
        arms={"treated": "coach", "control": "no-coach"},
        lottery={"excluded_for": "12 months", "block_sizes": [2, 4]},
        test="randomisation",
        draws="499",
        seed="1",
    )
    deal = a_deal_of(("all",), all=plan)
    listed = drawn(opened(terms), terms, referred(*people))
    arms = arms_of(listed)
    snapshot: Any = replace(
        RECORDS,
        enrolments=tuple(replace(row, arm=arms[row.person]) for row in RECORDS.enrolments),
    )

    def found(known: AssignmentList) -> Any:
        cohort = replace(cohort_records(deal, snapshot, store=store), drawn=known)
        (one,) = evaluate_plans(deal, snapshot, store=store, records=cohort).plans
        return one.estimate

    sealed, shown = found(listed), found(revealed(listed))
    assert any("blocks that are not known here" in note for note in sealed.notes)
    assert not any("not known here" in note for note in shown.notes)
    assert shown.effect == sealed.effect
    assert shown.test != sealed.test


def test_people_stand_in_the_arms_that_the_sealed_lottery_drew(store: MadeUp) -> None:
    people = [row.person for row in RECORDS.enrolments]
    listed = drawn(opened(TERMS), TERMS, referred(*people))
    arms = arms_of(listed)
    rows = tuple(replace(row, arm=arms[row.person]) for row in RECORDS.enrolments)
    as_drawn = replace(RECORDS, enrolments=rows)
    moved = "coach" if rows[0].arm == "no-coach" else "no-coach"
    other = replace(RECORDS, enrolments=(replace(rows[0], arm=moved), *rows[1:]))
    never = drawn(opened(TERMS), TERMS, referred(*people[:-1]))

    assert len(drawn_as(store, as_drawn, listed).plans) == 1
    for records, known, says in (
        (other, listed, "1 person has another arm in the records than the lottery drew."),
        (as_drawn, never, "1 person has an arm in the records and was never drawn by the lottery."),
    ):
        with pytest.raises(Refusal) as refusal:
            drawn_as(store, records, known)
        assert [problem.what for problem in refusal.value.problems] == [says]


def test_under_another_match_the_estimates_are_those_of_measuring_anew(store: MadeUp) -> None:
    """Of some the arrests stand under another key, which one way of matching puts to them."""
    moved = tuple(
        replace(row, person=f"{row.person}-court") if int(row.person[1:]) % 5 == 0 else row
        for row in RECORDS.events
    )
    records = replace(RECORDS, events=moved)
    keys = sorted({row.person for row in (*records.enrolments, *records.events)})
    now = {key: key.removesuffix("-court") for key in keys}
    way = {key: key if key in ("p0010", "p0010-court") else now[key] for key in keys}
    plan = a_plan(**POOLS, estimator="ancova", covariates=["age", "language"], balance_on=["site"])
    deal = a_deal_of(("chance",), chance=plan, change=CHANGE)
    snapshot: Any = records

    def cohort(people: dict[str, str]) -> CohortRecords:
        linked = pa.table({"record": list(people), "person": list(people.values())})
        return cohort_records(deal, snapshot, store=store, linked=linked)

    (anew,) = evaluate_plans(deal, snapshot, store=store, records=cohort(way)).results
    mine = cohort(now)
    found = evaluate_plans(deal, snapshot, store=store, records=mine)
    nothing = Measured((), joined(PERSON_ROWS, []), ())
    (other,) = measure_matches(mine, nothing, found, now=now, ways=[way])

    assert other.results[0].value == anew.value != found.results[0].value


def test_under_another_match_the_p_value_is_adjusted_for_the_same_outcomes(store: MadeUp) -> None:
    moved = tuple(
        replace(row, person=f"{row.person}-court") if int(row.person[1:]) % 5 == 0 else row
        for row in RECORDS.events
    )
    records: Any = replace(RECORDS, events=moved)
    keys = sorted({row.person for row in (*records.enrolments, *records.events)})
    now = {key: key.removesuffix("-court") for key in keys}
    way = {key: key if key in ("p0010", "p0010-court") else now[key] for key in keys}
    short = {**MEASURE, "window": "90 days"}
    plan = a_plan(
        secondary=[{"name": "short", "says": "Soon", "measure": short}], several_outcomes="holm"
    )
    deal = a_deal_of(("all",), all=plan)

    def cohort(people: dict[str, str]) -> CohortRecords:
        linked = pa.table({"record": list(people), "person": list(people.values())})
        return cohort_records(deal, records, store=store, linked=linked)

    (anew,) = evaluate_plans(deal, records, store=store, records=cohort(way)).results
    mine = cohort(now)
    found = evaluate_plans(deal, records, store=store, records=mine)
    nothing = Measured((), joined(PERSON_ROWS, []), ())
    (other,) = measure_matches(mine, nothing, found, now=now, ways=[way])

    assert (other.results[0].value, other.results[0].p_value) == (anew.value, anew.p_value)
    assert anew.p_value != found.results[0].p_value


def test_the_list_is_found_under_the_keys_that_the_vault_gave(tmp_path: Path) -> None:
    people = [row.person for row in RECORDS.enrolments]
    listed = drawn(opened(TERMS), TERMS, referred(*people, "never-enrolled"))
    arms, vault = arms_of(listed), open_vault(tmp_path / "vault")
    keys = dict(zip(people, vault.keys_for("register", pa.array(people)).to_pylist(), strict=True))
    records = PlainRecords(
        tuple(
            replace(row, person=keys[row.person], arm=arms[row.person])
            for row in RECORDS.enrolments
        ),
        (),
        tuple(replace(row, person=keys[row.person]) for row in RECORDS.events),
    )
    register, *others = feeds()
    closed = {key: value for key, value in register.items() if key != "public"}
    data = [{**closed, "agreement": AGREEMENT}, *others]

    with open_store() as own:
        store = MadeUp(own.backend, vault)
        assert len(drawn_as(store, records, listed, data).plans) == 1
        with pytest.raises(Refusal, match="60 people have an arm in the records and were never"):
            drawn_as(store, records, listed)
    assert vault.known_keys("register", pa.array(["never-enrolled"])).to_pylist() == [None]


def test_records_that_tell_of_no_enrolment_are_silent_about_who_took_part(store: MadeUp) -> None:
    silent = replace(
        RECORDS, enrolments=tuple(replace(row, enrolled_on=None) for row in RECORDS.enrolments)
    )
    (plan,) = evaluated(store, a_deal_of(("all",), all=a_plan()), silent).plans
    taken = a_plan(estimand="tot", estimator="two-stage-least-squares")

    assert [flow.took_part for flow in plan.estimate.flow] == [None, None]
    (problem,) = refused(store, a_deal_of(("taken",), taken=taken), silent)
    assert problem.startswith("The plan reads who took part, and the records do not tell it")


def a_stranger(**changes: Any) -> PlainRecords:
    """The records, with someone the programme enrolled and no one assigned."""
    first = RECORDS.enrolments[0]
    stranger = replace(
        first,
        enrolment="e-stranger",
        person="p-stranger",
        assigned_on=None,
        arm=None,
        **{"enrolled_on": first.assigned_on, "site": "north", **changes},
    )
    return replace(RECORDS, enrolments=(*RECORDS.enrolments, stranger))


def test_who_is_enrolled_and_was_never_assigned_is_a_problem_and_gives_no_number(
    store: MadeUp,
) -> None:
    told = "1 person was enrolled by the programme and was never assigned to an arm"
    (problem,) = refused(store, a_deal_of(("all",), all=a_plan()), a_stranger())
    in_north = {**MEASURE, "population": {"says": "In the north", "sites": ["north"]}}
    early = {**MEASURE, "population": {"says": "From 2026", "starts_from": "2026-01-01"}}

    assert problem.startswith(told)
    assert not any(
        "never assigned" in str(each)
        for each in evaluated(store, a_deal_of(("all",), all=a_plan())).findings
    )
    for measure, outside in (
        (in_north, a_stranger(site="elsewhere")),
        (early, a_stranger(enrolled_on=date(2025, 3, 1))),
    ):
        deal = a_deal_of(("all",), all=a_plan(measure=measure))
        assert [each for each in evaluated(store, deal, outside).findings if told in str(each)]


def test_who_was_enrolled_before_the_draw_is_a_problem_and_gives_no_number(store: MadeUp) -> None:
    first, *others = RECORDS.enrolments
    assert first.assigned_on is not None
    early = replace(first, enrolled_on=first.assigned_on - timedelta(days=40))
    records = replace(RECORDS, enrolments=(early, *others))
    taken = a_plan(estimand="tot", estimator="two-stage-least-squares")

    for plan in (a_plan(), taken):
        (problem,) = refused(store, a_deal_of(("all",), all=plan), records)
        assert problem.startswith("1 person was enrolled by the programme before the day of assig")
    same_day = replace(RECORDS, enrolments=(replace(first, enrolled_on=first.assigned_on), *others))
    assert evaluated(store, a_deal_of(("all",), all=taken), same_day).plans
