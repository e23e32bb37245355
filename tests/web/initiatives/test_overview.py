"""The overview: what each role sees of an initiative, and from where it says it has it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from payforsuccess.governance.roles.roles import ROLES
from payforsuccess.web.audit.actions import SYSTEM
from payforsuccess.web.audit.models import Event
from payforsuccess.web.jobs.actions import claim, finish
from payforsuccess.web.jobs.kinds import DOING
from payforsuccess.web.jobs.steps import percent_at
from tests.web.accounts.cases import opened
from tests.web.cast import Cast

SEE_TOTALS = [name for name, role in ROLES.items() if "see-totals" in role.may]
INITIATIVE = """\
format: 1
initiative: Homes (made up)
standing: practice
department: Alder Health
jurisdiction: Alder
contract_type: without-investors
policy_areas: [public-safety]
population: People without a home
started_on: 2025-01-05
bodies:
- {{name: operations, title: Operations, chair: Ada Elm, meets_every: 14 days,
   seats: [{{member: Ada Elm, role: chair}}]}}
members: [{{name: Ada Elm, organisation: Alder, seniority: executive, decides: true}}]
organisations: [{{name: Alder, sector: public, roles: [{{role: payor}}]}}]
actions:
- {{name: lists, metric: homes, says: Lists every Monday, owner: {owner}, opened_on: {opened},
   due: {due}, body: operations}}
risks:
- {{name: few, says: Few are referred, before: [Alder], after: [Alder], likelihood: low,
   effect: high, response: More lists, owner: Ada Elm}}
public_costs: [{{kind: evaluator, says: the evaluator's fee, paid_by: Alder, amount: 2_000}}]
"""


def page(cast: Cast, role: str, address: str = "overview/") -> str:
    answer = cast.sign_in(role).get(f"/{cast.slug}/{address}")
    assert answer.status_code == 200
    return answer.content.decode()


def with_register(cast: Cast, *, owner: str = "Ada Elm", late: bool = True) -> None:
    today = timezone.localdate()
    text = INITIATIVE.format(
        owner=owner, opened=today - timedelta(30), due=today + timedelta(-3 if late else 3)
    )
    Path(settings.DEALS, cast.slug, "initiative.yaml").write_text(text, "utf-8")


@pytest.fixture(autouse=True)
def no_register() -> object:
    yield
    for path in Path(settings.DEALS).glob("*/initiative.yaml"):
        path.unlink()
    for path in Path(settings.DEALS).glob("*/out/overview/*"):
        path.unlink()


@pytest.mark.parametrize("role", SEE_TOTALS)
def test_everyone_of_the_deal_sees_goal_outcomes_and_what_the_public_bears(
    county: Cast, role: str
) -> None:
    html = page(county, role)

    assert "On or off track" in html and "Too early to say" in html
    assert "nobody has worked it out yet" in html
    assert "the public still bears" in html


def test_others_see_what_everyone_may_know(county: Cast) -> None:
    for role in set(ROLES) - set(SEE_TOTALS):
        html = page(county, role)
        assert "What is left out" in html
        assert "On or off track" not in html


def test_small_counts_show_to_those_alone_who_may_see_them(county: Cast) -> None:
    for number in range(3):
        county.someone(name=f"Rowan{number}")

    assert ">3</span>" in page(county, "evaluator")
    for role in ("investor", "provider", "payor", "case-manager"):
        html = page(county, role)
        assert ">3</span>" not in html
    assert "Rowan" not in page(county, "evaluator") + page(county, "investor")


def test_an_overdue_action_shows_with_its_owner_and_day(county: Cast) -> None:
    with_register(county)

    html = page(county, "coordinator")

    assert "Lists every Monday" in html and "Overdue" in html and "Ada Elm" in html
    assert "Few are referred" in html and "USD" in html


def test_the_owner_of_an_action_is_told_of_it_first(county: Cast) -> None:
    with_register(county, owner="provider of homes", late=False)

    assert "You promised by" in page(county, "provider")
    assert "You promised by" not in page(county, "payor")


def test_a_provider_sees_its_targets_and_the_lead_agency(county: Cast) -> None:
    """R73: a lead delivery agency is named, and a provider sees its own outcome targets."""
    with_register(county)

    html = page(county, "provider")

    assert "Your targets" in html and "Price of one" in html
    assert "Alder Health" in html
    assert "Your targets" not in page(county, "investor")


def worked_out(county: Cast) -> list[str]:
    """The coordinator has it worked out; the steps that the work told."""
    client = county.sign_in("coordinator")
    address = f"/{county.slug}/overview/work-out/"
    assert client.post(address, {"confirmed": "yes"})["Location"] == address
    assert "It waits for the work before it" in client.get(address).content.decode()
    told: list[str] = []
    job = claim(by=SYSTEM, stale_before=timezone.now())
    assert job is not None and job.kind == "standing"
    finish(by=SYSTEM, job=job, result=DOING[job.kind](job, told.append))
    assert "Worked out. The overview shows it." in client.get(address).content.decode()
    return told


def test_the_work_tells_how_far_it_is(county: Cast) -> None:
    told = worked_out(county)

    assert [percent_at("standing", each) for each in told] == [16, 33, 83]
    assert Event.objects.filter(verb="job.done").count() == 1


def test_whoever_keeps_the_initiative_works_it_out_and_the_log_tells(county: Cast) -> None:
    assert "were never worked out" in page(county, "coordinator")

    worked_out(county)

    event = Event.objects.get(verb="initiative.worked-out")
    assert event.role == "coordinator"
    assert "forecast" in event.after["not_worked_out"]
    html = page(county, "payor")
    assert "There is no assumptions.yaml" in html
    assert "nobody has worked it out yet" not in html


def test_a_change_of_the_deal_makes_what_was_worked_out_old(county: Cast) -> None:
    worked_out(county)
    with_register(county)

    assert "Since then something changed" in page(county, "payor")


def test_queries_do_not_grow_with_people(
    county: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        county.someone(name=f"Rowan{number}")
    for role in ("evaluator", "investor", "provider", "public"):
        browser = county.sign_in(role)
        with django_assert_max_num_queries(12):
            browser.get(f"/{county.slug}/overview/")


def test_terms_that_are_no_contract_are_never_said_to_wait_for_a_payment(county: Cast) -> None:
    html = page(county, "payor", "payments/")

    assert "no payor has agreed to them" in html and "Not to be paid" in html
    assert "Waits for" not in html


def test_what_waits_on_other_pages_is_told_where_the_day_begins(county: Cast) -> None:
    """An own promise, and a record opened in an emergency that Counsel has not judged."""
    with_register(county, owner=county.users["coordinator"].full_name)
    opened(county)

    assert "You promised by" in page(county, "coordinator", "payments/")
    counsel = page(county, "counsel", "payments/")
    assert "1 record was opened in an emergency" in counsel and "/openings/" in counsel
    assert "You promised by" not in counsel


def test_what_a_party_is_in_the_deal_is_said_in_spanish(county: Cast) -> None:
    answer = county.sign_in("public").get(
        f"/{county.slug}/summary/", headers={"accept-language": "es"}
    )

    assert "proveedor" in answer.content.decode()


def test_baseline_target_and_now_are_shown_of_all_that_is_tracked(county: Cast) -> None:
    """R31: and what nobody wrote down is not stated."""
    with_register(county)
    path = Path(settings.DEALS, county.slug, "initiative.yaml")
    path.write_text(
        path.read_text("utf-8")
        + "targets:\n"
        + "- {name: nights, says: Nights in shelters, kind: homelessness, unit: nights, "
        + "baseline: 9_100, target: 6_000, current: 7_250, current_on: 2026-03-31}\n"
        + "- {name: back, says: Came back within a year, kind: return-to-custody, unit: people, "
        + "baseline: 40, target: 20, current: 7, current_on: 2026-03-31}\n",
        "utf-8",
    )

    told, own = page(county, "payor", "overview/"), page(county, "evaluator", "overview/")

    assert "Homelessness: Nights in shelters" in told
    assert "9,100" in told and "6,000" in told and "7,250" in told
    back = told.split("Came back within a year")[1].split("</tr>")[0]
    seen = own.split("Came back within a year")[1].split("</tr>")[0]
    assert "hidden" in back and ">7<" not in back
    assert ">7<" in seen and "hidden" not in seen
    assert "not stated" in told.split("Public spending")[1].split("</tr>")[0]
