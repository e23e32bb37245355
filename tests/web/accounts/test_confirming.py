"""Roles that check each other hold once Counsel confirms them; a way back in is no way round it."""

from __future__ import annotations

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from payforsuccess.errors import Refusal
from payforsuccess.web.accounts.access import Refused
from payforsuccess.web.accounts.actions import (
    add_user,
    confirm_role,
    give_role,
    give_way_back,
    off_board,
)
from payforsuccess.web.accounts.models import Membership, User
from payforsuccess.web.audit.actions import SYSTEM
from payforsuccess.web.audit.models import Event
from tests.web.cast import EMPLOYERS, PASSWORD, Cast

pytestmark = pytest.mark.django_db


def made_up(county: Cast, role: str, *, name: str = "made.up") -> Membership:
    """Someone new in a role, by the data steward alone."""
    steward = county.access("data-steward")
    user = add_user(by=steward.actor(), username=name, full_name=name, password=PASSWORD)
    organisation = county.organisations[EMPLOYERS[role]]
    today = timezone.localdate()
    return give_role(by=steward, user=user, organisation=organisation, role=role, from_on=today)


def start(county: Cast, user: User) -> int:
    client = Client()
    client.force_login(user)
    return client.get(reverse("initiatives:overview", args=[county.slug])).status_code


def url(county: Cast, name: str, *parts: str) -> str:
    return reverse(f"accounts:{name}", args=[county.slug, *parts])


@pytest.mark.parametrize(
    "role", ["payor", "auditor-controller", "evaluator", "validator", "counsel", "data-steward"]
)
def test_a_role_that_checks_others_allows_nothing_before_counsel_confirms_it(
    county: Cast, role: str
) -> None:
    """R39, R123: one person who gives roles makes up no second one."""
    member = made_up(county, role)

    assert Event.objects.latest("number").after["waits_for_counsel"] is True
    assert start(county, member.user) == 404
    counsel = county.sign_in("counsel", fresh=True)
    listed = counsel.get(url(county, "roles")).content.decode()
    assert "made.up" in listed and "1 role waits" in listed
    assert "waits for you to confirm it" in str(
        counsel.get(reverse("initiatives:overview", args=[county.slug])).content
    )
    counsel.post(url(county, "confirm", member.public_id))

    assert start(county, member.user) == 200
    told = Event.objects.filter(verb="membership.confirmed").latest("number")
    assert told.by == county.users["counsel"].public_id and told.after["role"] == role


def test_a_role_that_checks_nobody_holds_at_once(county: Cast) -> None:
    assert start(county, made_up(county, "case-manager").user) == 200


def test_the_page_of_an_account_says_that_the_role_waits(county: Cast) -> None:
    member = made_up(county, "payor")

    shown = county.sign_in("data-steward").get(url(county, "one", member.user.public_id))

    assert "Waits for Counsel" in shown.content.decode()


def test_neither_who_gave_a_role_nor_who_gets_it_confirms_it(county: Cast) -> None:
    member = made_up(county, "payor")

    for role in ("data-steward", "payor", "auditor-controller"):
        with pytest.raises(Refused):
            confirm_role(by=county.access(role), member=member)
    Membership.objects.filter(pk=member.pk).update(user=county.users["counsel"])
    with pytest.raises(Refused, match="your own"):
        confirm_role(by=county.access("counsel"), member=member)
    Membership.objects.filter(pk=member.pk).update(given_by=county.users["counsel"])
    with pytest.raises(Refused, match="gave the role"):
        confirm_role(by=county.access("counsel"), member=member)


def test_the_first_counsel_waits_for_nobody_and_confirms_nothing_of_its_maker_for_a_week(
    county: Cast,
) -> None:
    Membership.objects.filter(role="counsel").delete()
    first = made_up(county, "counsel", name="first.counsel")
    assert Event.objects.latest("number").after["is_first_counsel"] is True
    county.users["first"] = first.user
    payor, second = made_up(county, "payor"), made_up(county, "counsel", name="second.counsel")
    assert second.confirmed_at is None

    with pytest.raises(Refusal, match="within the last week"):
        confirm_role(by=county.access("first"), member=payor)

    assert start(county, payor.user) == 404


def test_a_role_is_confirmed_once(county: Cast) -> None:
    member = made_up(county, "payor")
    confirm_role(by=county.access("counsel"), member=member)

    with pytest.raises(Refusal, match="does not wait"):
        confirm_role(by=county.access("counsel"), member=member)


def with_second_step(user: User) -> None:
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})


def test_a_lost_second_step_goes_with_the_password_and_the_role_is_confirmed_anew(
    county: Cast,
) -> None:
    user = county.users["payor"]
    with_second_step(user)
    county.sign_in("payor")
    client = county.sign_in("data-steward", fresh=True)

    shown = client.post(url(county, "second-step", user.public_id)).content.decode()

    user.refresh_from_db()
    assert "First password" in shown and not user.check_password(PASSWORD)
    assert user.is_password_temporary and not Authenticator.objects.filter(user=user).exists()
    told = Event.objects.filter(verb="account.way-back-given").get().after
    assert told == {"factors": 1, "sessions_ended": 1, "roles_waiting": 1}
    assert user.memberships.get().confirmed_at is None, "else the steward signs in as the payor"


def test_nobody_takes_the_own_second_step_away(county: Cast) -> None:
    with pytest.raises(Refusal, match="your own account"):
        give_way_back(by=county.access("data-steward"), user=county.users["data-steward"])


def test_the_server_lets_the_only_steward_in_again(county: Cast) -> None:
    user = county.users["data-steward"]
    with_second_step(user)
    out = StringIO()

    call_command("recover", user.username, stdout=out)

    user.refresh_from_db()
    assert user.check_password(out.getvalue().split("password ")[1].split(",")[0])
    assert not Authenticator.objects.exists() and user.memberships.get().confirmed_at
    assert Event.objects.latest("number").by_name == SYSTEM.name
    with pytest.raises(CommandError):
        call_command("recover", "nobody")


def test_the_server_confirms_a_counsel_after_the_only_one_left(county: Cast) -> None:
    member = made_up(county, "counsel")
    asked = ("confirmrole", county.slug, "made.up", "counsel")
    with pytest.raises(CommandError, match="has a Counsel"):
        call_command(*asked)
    off_board(by=county.access("data-steward"), user=county.users["counsel"])

    call_command(*asked, stdout=StringIO())

    confirmed = Event.objects.latest("number")
    assert start(county, member.user) == 200
    assert (confirmed.verb, confirmed.by_name) == ("membership.confirmed", SYSTEM.name)


def test_organisations_of_other_initiatives_are_not_listed(
    county: Cast, other_county: Cast
) -> None:
    client = county.sign_in("data-steward", fresh=True)
    foreign = other_county.organisations[EMPLOYERS["counsel"]]
    foreign.party = ""
    foreign.save()
    assert foreign.name not in client.get(url(county, "add")).content.decode()

    client.post(url(county, "organisation"), {"name": foreign.name, "party": ""})

    assert foreign.name in client.get(url(county, "add")).content.decode()
