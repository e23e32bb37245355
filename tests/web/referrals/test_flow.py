"""How referrals flow: medians by source, sums that close, small counts hidden (R71, R119)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as some

from payforsuccess.disclosure import HIDDEN, suppress_next
from payforsuccess.errors import sentence
from payforsuccess.governance.referral import ENDS, NEXT, State
from payforsuccess.governance.referral_flow import STAGE_OF, STAGES, Course, flows_of
from payforsuccess.reports.equity import Breakdown, ShownRate
from payforsuccess.runs.measure.equity_given import EquityGiven, keep_given
from payforsuccess.runs.measure.equity_rates import OF_ARRESTS
from payforsuccess.web.people.models import Participant
from payforsuccess.web.referrals.flowing import (
    ACTIVE,
    Flowing,
    Person,
    _counted,
    _facts,
    flowing,
)
from payforsuccess.web.referrals.models import Change, Referral
from tests.web.cast import Cast
from tests.web.referrals.counties import by_answer, referred

DAY = date(2027, 1, 1)


def person(source: str, steps: tuple[int, ...], sex: str) -> Person:
    """Someone who went along `NEXT`, a day a step."""
    state: State = "made"
    reached = {"referred": DAY}
    for number, way in enumerate(steps):
        if not NEXT[state]:
            break
        state = NEXT[state][way % len(NEXT[state])]
        if state in STAGE_OF:
            reached.setdefault(STAGE_OF[state], DAY + timedelta(days=number + 1))
    groups = {"race": "white", "sex": sex, "age": "25 to 34", "language": "english"}
    return Person(Course(source, state, reached), groups)  # type: ignore[arg-type]


PEOPLE = some.lists(
    some.builds(
        person,
        some.sampled_from(("court", "jail")),
        some.tuples(*[some.integers(0, 4)] * 5),
        some.sampled_from(("female", "male")),
    ),
    min_size=1,
    max_size=80,
)


@settings(max_examples=12)
@given(PEOPLE)
def test_what_is_shown_tells_no_small_count_and_adds_up(people: list[Person]) -> None:
    """R71, R96: no shown count is from 1 to 10; where a row is shown whole, its sum closes."""
    counted = _counted(people)
    flows = flows_of(each.course for each in people)
    release = suppress_next((), _facts(people, counted, flows, 10), threshold=10)
    found = Flowing(DAY, flows, (), release, 10)

    for flow in flows:
        shown = [found.text(stage, flow) for stage in STAGES]
        ends = [found.end_text(end, flow) for end in (ACTIVE, *ENDS)]
        assert not any(n is not None and 1 <= n <= 10 for n in (*shown, *ends))
        if None not in ends:
            assert sum(n for n in ends if n is not None) == flow.referred


@pytest.fixture
def county(db: None) -> Cast:
    return by_answer()


def moved(referral: Referral, **days: int) -> None:
    """Give a referral a course of whole days, in the past."""
    start = datetime(2026, 1, 5, 20, tzinfo=UTC)
    Referral.objects.filter(pk=referral.pk).update(made_at=start)
    Change.objects.filter(referral=referral).delete()
    for state, after in {"made": 0, **days}.items():
        at = start + timedelta(days=after)
        Change.objects.create(referral=referral, state=state, at=at)
        Referral.objects.filter(pk=referral.pk).update(state=state, state_at=at)


@pytest.mark.django_db
def test_counts_and_median_days_by_source(county: Cast) -> None:
    """R71."""
    for number, waits in enumerate((2, 4, 9)):
        moved(referred(county, family=f"J{'abc'[number]}"), eligible=1, placed=1 + waits)
    moved(referred(county, role="court-contact", family="Cee"), eligible=3)

    found = flowing(county.initiative, sees_small=True, today=timezone.localdate())

    court, jail, every = found.flows
    assert [jail.reached[stage] for stage in STAGES] == [3, 3, 3, 0, 0]
    assert (jail.days["eligible"], jail.days["accepted"]) == (1, 4)
    assert (court.days["eligible"], court.days["accepted"]) == (3, None)
    assert every.referred == 4 == every.active + sum(every.ended.values())


@pytest.mark.django_db
def test_small_counts_are_hidden_from_whoever_may_not_see_them(county: Cast) -> None:
    """R71, R119."""
    for number in range(14):
        moved(referred(county, family="J" + chr(97 + number)), eligible=1)
    for number in range(3):
        moved(referred(county, role="court-contact", family="C" + chr(97 + number)), eligible=1)
    url = "/answers/referrals/flow/"

    small = county.sign_in("evaluator").get(url).content.decode()
    large = county.sign_in("case-manager").get(url).content.decode()

    hidden = "<div>hidden</div>"
    assert ">3<" in small and hidden not in small
    told = large.split("<main")[1]
    assert hidden in told and ">3<" not in told
    found = flowing(county.initiative, sees_small=False, today=timezone.localdate())
    court, jail, every = found.flows
    for stage in ("referred", "eligible"):
        assert found.text(stage, court) is None  # type: ignore[arg-type]
        assert None in (found.text(stage, jail), found.text(stage, every))  # type: ignore[arg-type]
    assert "Rate, with its 95% interval" in small and "100% (" in small


@pytest.mark.django_db
def test_the_page_says_the_same_all_month(county: Cast) -> None:
    """Nobody learns of one person by looking twice."""
    for number in range(14):
        moved(referred(county, family="J" + chr(97 + number)), eligible=1)
    browser, url = county.sign_in("payor"), "/answers/referrals/flow/"
    before = browser.get(url).content.decode().split("<main")[1]

    referred(county, family="Newcomer")

    assert browser.get(url).content.decode().split("<main")[1] == before


@pytest.mark.django_db
def test_the_page_says_which_rates_stand_elsewhere(county: Cast) -> None:
    """R119: disability, outcomes and matches by group are not left out in silence."""
    referred(county)
    page = county.sign_in("evaluator").get("/answers/referrals/flow/").content.decode()
    assert "What these tables do not tell" in page
    assert "Disability: nobody is asked about it" in page
    assert "How many of each group were found" in page
    assert "lists no facts about people" in page


@pytest.mark.django_db
def test_the_rates_that_were_given_out_stand_on_the_page_as_they_were(county: Cast) -> None:
    """R119: by disability, match and outcome, with the interval and the bias note."""

    def table(did: str, of: str, by: str, caution: str = "") -> Breakdown:
        rows = (
            ShownRate("yes", "12", "40", "30% (18% to 45%)"),
            ShownRate("everyone", HIDDEN, "90", HIDDEN),
        )
        return Breakdown(did, of, by, rows, caution)

    tables = (
        table("enrolled", "referred", "race"),
        table(sentence("found in {feed}", feed="jail"), "enrolled", "race"),
        table("no new arrest", "whose no new arrest is known", "disability", OF_ARRESTS),
    )
    referred(county)
    keep_given(county.initiative.path / "out", EquityGiven(4, date(2026, 3, 31), tables))
    client, url = county.sign_in("evaluator"), "/answers/referrals/flow/"

    page = client.get(url).content.decode()
    assert "release 4" in page and "31 March 2026" in page
    assert "Found in jail, of those enrolled" in page and "30% (18% to 45%)" in page
    assert "No new arrest, of those whose no new arrest is known" in page and "Disability" in page
    assert "who is policed more is arrested more" in page
    assert page.count("<div>90</div>") == 2, "the rates of referrals are this page's own"
    assert "What these tables do not tell" not in page
    spanish = client.get(url, headers={"accept-language": "es"}).content.decode()
    assert "Registros hallados en jail" in spanish

    (file,) = (county.initiative.path / "out" / "equity" / "given-out").glob("*.json")
    file.write_text(file.read_text("utf-8").replace('"12"', '"13"'), "utf-8")
    page = client.get(url).content.decode()
    assert "were changed after they were written" in page and "Found in jail" not in page


@pytest.mark.django_db
def test_without_a_referral_the_page_says_so(county: Cast) -> None:
    page = county.sign_in("payor").get("/answers/referrals/flow/").content.decode()
    assert "There was no referral by this day" in page


@pytest.mark.django_db
def test_a_referral_joined_at_once_lowers_no_rate_of_its_group(county: Cast) -> None:
    """R119: nor does a language written in capitals stand as a group of its own."""
    first = referred(county, family="Once")
    moved(first, eligible=1)
    again = referred(county, role="court-contact", family="Again")
    moved(again, joined=1)
    Participant.objects.filter(pk=first.participant_id).update(language="Spanish")
    Participant.objects.filter(pk=again.participant_id).update(language="spanish")

    found = flowing(county.initiative, sees_small=True, today=timezone.localdate())

    (table,) = (each for each in found.equity if each.by == "language" and each.did == "eligible")
    assert [(row.group, row.did, row.of) for row in table.rows] == [
        ("spanish", "1", "1"),
        ("everyone", "1", "1"),
    ]
    assert found.flows[-1].referred == 2
