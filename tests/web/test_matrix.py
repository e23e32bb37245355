"""Every address x every role x one's own or another's (R111, R117): a new address needs a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from payforsuccess.governance.roles.roles import ROLES
from payforsuccess.web.accounts.actions import add_member, add_user
from payforsuccess.web.audit.actions import SYSTEM
from payforsuccess.web.audit.models import Event
from payforsuccess.web.jobs.actions import ask
from tests.web.accounts.cases import asked_for, opened
from tests.web.amendments.cases import a_proposal, an_answer
from tests.web.cast import EMPLOYERS, Cast
from tests.web.people import cases

EVERYONE = frozenset(ROLES)
OF_THE_DEAL = frozenset(
    {
        "provider",
        "evaluator",
        "validator",
        "payor",
        "investor",
        "coordinator",
        "project-manager",
        "auditor-controller",
        "counsel",
        "board-office",
    }
)
OF_TOTALS = OF_THE_DEAL | {
    "case-manager",
    "data-steward",
    "monitoring-board",
    "participant-representative",
}
FOR_ALL_SIGNED_IN = {"home", "set_language"}
NOT_OURS = ("account_", "mfa_", "socialaccount_", "openid_connect_", "saml_")


def nothing(cast: Cast) -> dict[str, object]:
    """The address names no object."""
    return {}


@dataclass(frozen=True)
class Page:
    """Who may open an address, and what they are answered; everyone else is refused (403).

    `of` gives the part of the address that names an object. is_object: whether that object is of
    one initiative alone, so that it is not there under another's address.
    """

    roles: frozenset[str]
    of: Callable[[Cast], dict[str, object]] = nothing
    answer: int = 200
    is_object: bool = True
    is_fresh: bool = False
    not_own: frozenset[str] = frozenset()
    """Whose role allows it, but not for this object, which to them does not exist (404)."""


def the_first_period(cast: Cast) -> dict[str, object]:
    """A period has a number in every deal."""
    return {"period": 1}


def its_first_line(cast: Cast) -> dict[str, object]:
    return {"period": 1, "line": 1}


def a_look(cast: Cast) -> dict[str, object]:
    """The deal plans none, so there is none to read."""
    return {"look": "halfway"}


def a_pack(cast: Cast) -> dict[str, object]:
    """None was made, so there is nothing to download."""
    return {"form": "pdf"}


def a_call(cast: Cast) -> dict[str, object]:
    return {"name": "second"}


def its_certificate(cast: Cast) -> dict[str, object]:
    return {"name": "second", "condition": "calm"}


def a_default(cast: Cast) -> dict[str, object]:
    return {"kind": "call", "name": "second"}


def a_test(cast: Cast) -> dict[str, object]:
    return {"name": "on_track"}


def a_vote(cast: Cast) -> dict[str, object]:
    return {"number": 1, "tranche": "loan"}


def a_referral(cast: Cast | None) -> dict[str, object]:
    """One of the jail; to the court it does not exist."""
    return {"code": cast.someone().public_id if cast else "one"}


def an_entry(cast: Cast) -> dict[str, object]:
    """The one of a new referral."""
    cast.someone()
    newest = Event.objects.filter(initiative=cast.slug).order_by("-number")
    return {"number": newest.values_list("number", flat=True)[0]}


def an_account(cast: Cast) -> dict[str, object]:
    return {"code": cast.users["payor"].public_id}


def a_role(cast: Cast) -> dict[str, object]:
    member = cast.users["payor"].memberships.get()
    return {"code": cast.users["payor"].public_id, "item": member.public_id}


def a_waiting_role(cast: Cast) -> dict[str, object]:
    user = add_user(by=SYSTEM, username=f"waiting-{cast.slug}", full_name="Someone new")
    member = add_member(
        by=SYSTEM,
        user=user,
        organisation=cast.organisations[EMPLOYERS["payor"]],
        initiative=cast.initiative,
        role="payor",
        from_on=timezone.localdate(),
    )
    user.memberships.update(confirmed_at=None, given_by=cast.users["data-steward"])
    return {"code": member.public_id}


def an_opening(cast: Cast) -> dict[str, object]:
    return {"code": opened(cast).public_id}


def a_disclosure(cast: Cast) -> dict[str, object]:
    return {"code": asked_for(cast).public_id}


STEWARD, COUNSEL = frozenset({"data-steward"}), frozenset({"counsel"})
READERS_OF_THE_LOG = frozenset({"auditor-controller", "counsel", "data-steward"})


def a_job(cast: Cast | None) -> dict[str, object]:
    """One that the data desk asked for."""
    by = cast.access("data-steward") if cast else None
    return {"code": ask(by=by, kind="load").public_id if by else "one"}


def to_load(cast: Cast) -> dict[str, object]:
    """The kind of work that the data desk asks for."""
    return {"kind": "load"}


def a_feed(cast: Cast) -> dict[str, object]:
    """None of the small deal."""
    return {"feed": "jail"}


def a_pair(cast: Cast) -> dict[str, object]:
    """None of a deal that matches nobody."""
    return {"code": "none"}


def a_version(cast: Cast) -> dict[str, object]:
    """Of a deal that nobody amended."""
    return {"number": 1}


KEEPERS = frozenset({"coordinator", "project-manager"})
JAIL, COURT = frozenset({"jail-liaison"}), frozenset({"court-contact"})
OF_LOOKS = frozenset({"evaluator", "monitoring-board"})
CAPITAL = frozenset({"investor", "project-manager"})
ANSWERING = frozenset({"case-manager", "provider"})
CASE = frozenset({"case-manager"})
REPORTING = frozenset(name for name, role in ROLES.items() if "report-harm" in role.may)
SEEING_HARM = frozenset(name for name, role in ROLES.items() if "see-harm-log" in role.may)
GIVING_OUT = frozenset({"provider", "data-steward"})


def a_dispute(cast: Cast) -> dict[str, object]:
    return {"period": 1, "dispute": "statement-1-1"}


def a_warrant(cast: Cast) -> dict[str, object]:
    """Of a period on which nothing was paid."""
    return {"period": 1, "code": "none"}


def a_paid_statement(cast: Cast) -> dict[str, object]:
    return {"statement": 1}


def a_form(cast: Cast) -> dict[str, object]:
    return {"period": 1, "form": "html"}


def not_due(*roles: str) -> Page:
    """A step of a payment that is not due now, and so has no page even for who may do it."""
    return Page(frozenset(roles), of=the_first_period, answer=404, is_object=False, is_fresh=True)


def of_books(*roles: str, of: Callable[[Cast], dict[str, object]] = nothing) -> Page:
    """A page on the books of capital, which the small deal does not have."""
    return Page(frozenset(roles), of=of, answer=404, is_object=False, is_fresh=True)


PAGES = {
    "accounts:add": Page(STEWARD, is_fresh=True),
    "accounts:ask": Page(STEWARD),
    "accounts:confirm": Page(COUNSEL, of=a_waiting_role, is_fresh=True),
    "accounts:disclosure": Page(STEWARD | COUNSEL, of=a_disclosure),
    "accounts:disclosures": Page(STEWARD | COUNSEL),
    "accounts:emergency": Page(frozenset()),
    "accounts:end": Page(STEWARD, of=a_role, is_fresh=True),
    "accounts:give": Page(STEWARD, of=an_account, is_fresh=True),
    "accounts:leave": Page(STEWARD, of=an_account, is_fresh=True),
    "accounts:members": Page(STEWARD),
    "accounts:one": Page(STEWARD, of=an_account),
    "accounts:opening": Page(COUNSEL, of=an_opening),
    "accounts:openings": Page(COUNSEL | CASE),
    "accounts:organisation": Page(STEWARD),
    "accounts:password": Page(STEWARD, of=an_account, is_fresh=True),
    "accounts:roles": Page(COUNSEL),
    "accounts:second-step": Page(STEWARD, of=an_account, is_fresh=True),
    "amendments:answer": Page(frozenset({"payor"}), of=an_answer, is_fresh=True),
    "amendments:file": Page(OF_THE_DEAL, of=a_proposal),
    "amendments:list": Page(OF_THE_DEAL),
    "amendments:one": Page(OF_THE_DEAL, of=a_proposal),
    "amendments:propose": Page(KEEPERS),
    "amendments:put": Page(KEEPERS, of=a_proposal, answer=404, is_fresh=True),
    "amendments:version": Page(OF_THE_DEAL, of=a_version, answer=404, is_object=False),
    "amendments:withdraw": Page(KEEPERS, of=a_proposal),
    "audit:check": Page(READERS_OF_THE_LOG),
    "audit:entry": Page(READERS_OF_THE_LOG, of=an_entry),
    "audit:export": Page(READERS_OF_THE_LOG, is_fresh=True),
    "audit:log": Page(READERS_OF_THE_LOG),
    "audit:opened": Page(READERS_OF_THE_LOG),
    "audit:pack-file": Page(READERS_OF_THE_LOG, of=a_pair, answer=404, is_fresh=True),
    "audit:pack-new": Page(READERS_OF_THE_LOG, is_fresh=True),
    "audit:packs": Page(READERS_OF_THE_LOG),
    "initiatives:start": Page(EVERYONE, answer=302),
    "initiatives:overview": Page(EVERYONE),
    "initiatives:arms": Page(OF_LOOKS),
    "initiatives:look": Page(OF_LOOKS, of=a_look, answer=404, is_object=False, is_fresh=True),
    "initiatives:summary": Page(EVERYONE),
    "initiatives:work-out": Page(frozenset({"coordinator", "project-manager"})),
    "investor:answer": of_books("investor", of=a_call),
    "investor:bank": of_books("project-manager"),
    "investor:call": Page(CAPITAL, of=a_call, answer=404, is_object=False),
    "investor:capital": Page(CAPITAL),
    "investor:certify": of_books(*CAPITAL, of=its_certificate),
    "investor:enter": of_books("project-manager", of=a_paid_statement),
    "investor:make": Page(CAPITAL, is_fresh=True),
    "investor:new-call": of_books("project-manager"),
    "investor:notice": of_books("project-manager", of=a_default),
    "investor:pay-out": of_books("project-manager"),
    "investor:put": of_books("project-manager"),
    "investor:received": of_books("project-manager", of=a_call),
    "investor:spend": of_books("project-manager"),
    "investor:test": of_books("project-manager", of=a_test),
    "investor:vote": of_books("investor", of=a_vote),
    "investor:download": Page(CAPITAL, of=a_pack, answer=404, is_object=False, is_fresh=True),
    "desk:checks": Page(frozenset({"validator"})),
    "desk:close": Page(STEWARD, answer=404),
    "desk:drop": Page(STEWARD),
    "desk:entries": Page(frozenset({"validator"})),
    "desk:feed": Page(STEWARD | {"evaluator"}, of=a_feed, answer=404, is_object=False),
    "desk:feeds": Page(STEWARD | {"evaluator"}),
    "desk:links": Page(STEWARD | {"link-reviewer"}),
    "desk:pair": Page(frozenset({"link-reviewer"}), of=a_pair, answer=404, is_object=False),
    "desk:problems": Page(STEWARD | {"evaluator"}, of=a_feed, answer=404, is_object=False),
    "desk:report": Page(frozenset({"evaluator"}), answer=404, is_fresh=True),
    "desk:risk": Page(frozenset({"payor", "validator"})),
    "desk:upload": Page(STEWARD, of=a_feed, answer=404, is_object=False),
    "jobs:ask": Page(STEWARD, of=to_load, is_object=False),
    "jobs:cancel": Page(STEWARD, of=a_job),
    "jobs:list": Page(STEWARD | {"evaluator", "validator"}),
    "jobs:one": Page(STEWARD | {"evaluator", "validator"}, of=a_job),
    "jobs:progress": Page(STEWARD | {"evaluator", "validator"}, of=a_job, answer=302),
    "referrals:answer": Page(ANSWERING, of=a_referral),
    "referrals:draw": Page(JAIL, of=a_referral, answer=302, not_own=COURT),
    "referrals:expected": Page(JAIL, of=a_referral, not_own=COURT),
    "referrals:facts": Page(JAIL, of=a_referral, not_own=COURT),
    "referrals:flow": Page(OF_TOTALS),
    "referrals:hearing": Page(JAIL, of=a_referral, not_own=COURT),
    "referrals:list": Page(JAIL | COURT | ANSWERING),
    "referrals:new": Page(JAIL | COURT),
    "referrals:one": Page(JAIL | ANSWERING, of=a_referral, not_own=COURT),
    "referrals:paper": Page(JAIL | COURT),
    "referrals:receipt": Page(JAIL, of=a_referral, not_own=COURT),
    "referrals:release": Page(JAIL | ANSWERING, of=a_referral, not_own=COURT),
    "referrals:releases": Page(JAIL | COURT),
    "referrals:same": Page(frozenset({"case-manager", "link-reviewer"})),
    "referrals:several": Page(JAIL | COURT),
    "people:ask": Page(CASE, of=cases.an_enrolment),
    "people:consent": Page(CASE, of=cases.an_enrolment),
    "people:contact": Page(CASE, of=cases.an_enrolment),
    "people:contacts": Page(CASE, answer=302),
    "people:correct": Page(CASE, of=cases.an_enrolment),
    "people:draft": Page(CASE, of=cases.an_enrolment, answer=302),
    "people:extract": Page(GIVING_OUT, of=cases.an_extract, answer=302, is_object=False),
    "people:extracts": Page(GIVING_OUT),
    "people:follow-up": Page(CASE, of=cases.a_follow_up),
    "people:follow-ups": Page(CASE),
    "people:hand-over": Page(CASE),
    "people:harm": Page(REPORTING | SEEING_HARM),
    "people:harm-one": Page(SEEING_HARM, of=cases.a_harm),
    "people:join": Page(CASE, of=cases.someone_placed),
    "people:joining": Page(CASE),
    "people:leave": Page(CASE, of=cases.an_enrolment),
    "people:move-in": Page(CASE, of=cases.an_enrolment),
    "people:move-out": Page(CASE, of=cases.a_home),
    "people:numbers": Page(frozenset({"case-manager", "provider"})),
    "people:one": Page(CASE, of=cases.an_enrolment),
    "people:reach": Page(CASE, of=cases.an_enrolment),
    "people:report-harm": Page(REPORTING),
    "people:rights": Page(CASE),
    # A supervisor's alone, of whom the cast has none.
    "people:site": Page(frozenset()),
    "people:to-site": Page(CASE, of=cases.an_enrolment),
    "people:today": Page(CASE),
    "people:withdraw": Page(CASE, of=cases.a_consent),
    "people:wrong": Page(CASE, of=cases.an_enrolment),
    "people:wrong-one": Page(CASE, of=cases.a_wrong_record),
    "people:wrong-records": Page(CASE | STEWARD),
    "payments:books": Page(frozenset({"auditor-controller", "payor"})),
    "payments:books-explain": Page(
        frozenset({"auditor-controller"}), of=a_pair, answer=404, is_object=False
    ),
    "payments:books-list": Page(frozenset({"auditor-controller"})),
    "payments:correct-warrant": Page(
        frozenset({"auditor-controller"}), of=a_warrant, answer=404, is_object=False, is_fresh=True
    ),
    "payments:list": Page(OF_THE_DEAL),
    "payments:period": Page(OF_THE_DEAL, of=the_first_period, is_object=False),
    "payments:line": Page(OF_THE_DEAL, of=its_first_line, answer=404, is_object=False),
    "payments:sign": not_due("evaluator"),
    "payments:sign-again": not_due("evaluator"),
    "payments:state": not_due("coordinator", "project-manager"),
    "payments:answer": not_due("coordinator", "project-manager"),
    "payments:approve": not_due("payor"),
    "payments:return": not_due("payor"),
    "payments:warrant": not_due("auditor-controller"),
    "payments:voucher": Page(
        frozenset({"auditor-controller", "payor"}),
        of=the_first_period,
        answer=404,
        is_object=False,
    ),
    "payments:voucher-file": Page(
        frozenset({"auditor-controller", "payor"}),
        of=a_form,
        answer=404,
        is_object=False,
        is_fresh=True,
    ),
    "payments:dispute": not_due("provider", "payor", "investor"),
    "payments:settled": Page(
        frozenset({"coordinator", "project-manager"}), of=a_dispute, answer=404, is_object=False
    ),
    "payments:export": Page(OF_THE_DEAL, of=a_form, answer=404, is_object=False, is_fresh=True),
}


def addresses(resolver: URLResolver, space: str = "") -> Iterator[str]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from addresses(each, f"{each.namespace}:" if each.namespace else space)
        elif isinstance(each, URLPattern):
            yield f"{space}{each.name}"


def test_each_address_has_a_line() -> None:
    found = {
        name
        for name in addresses(get_resolver())
        if name not in FOR_ALL_SIGNED_IN and not name.startswith(NOT_OURS)
    }

    assert found == set(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_each_role_sees_its_pages_and_no_others(county: Cast, name: str) -> None:
    page = PAGES[name]
    url = reverse(name, kwargs={"initiative": county.slug, **page.of(county)})
    opened = {}
    for role in ROLES:
        opened[role] = county.sign_in(role, fresh=page.is_fresh).get(url).status_code

    assert opened == {
        role: page.answer if role in page.roles else 404 if role in page.not_own else 403
        for role in ROLES
    }


@pytest.mark.parametrize("name", PAGES)
def test_to_people_of_another_initiative_nothing_exists(
    county: Cast, other_county: Cast, name: str
) -> None:
    url = reverse(name, kwargs={"initiative": county.slug, **PAGES[name].of(county)})

    found = {role: other_county.sign_in(role).get(url).status_code for role in ROLES}

    assert set(found.values()) == {404}


@pytest.mark.parametrize(
    "name", [name for name, page in PAGES.items() if page.of is not nothing and page.is_object]
)
def test_objects_of_another_initiative_are_not_reached_through_ones_own(
    county: Cast, other_county: Cast, name: str
) -> None:
    url = reverse(name, kwargs={"initiative": other_county.slug, **PAGES[name].of(county)})

    page = PAGES[name]
    found = {
        role: other_county.sign_in(role, fresh=page.is_fresh).get(url).status_code
        for role in page.roles
    }

    assert set(found.values()) == {404}


@pytest.mark.parametrize("name", PAGES)
def test_whoever_is_not_signed_in_is_asked_to(county: Cast, name: str) -> None:
    url = reverse(name, kwargs={"initiative": county.slug, **PAGES[name].of(county)})

    answer = Client().get(url)

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))
