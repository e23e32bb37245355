"""Accounts: given and ended by rule, by the data desk, never for oneself (R111, R143)."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from payforsuccess.errors import Refusal
from payforsuccess.web.accounts.access import Refused
from payforsuccess.web.accounts.actions import (
    add_member,
    add_organisation,
    add_user,
    end_role,
    give_password,
    give_role,
    off_board,
)
from payforsuccess.web.accounts.models import User
from payforsuccess.web.audit.actions import SYSTEM
from payforsuccess.web.audit.models import Event
from tests.web.cast import EMPLOYERS, PASSWORD, Cast

pytestmark = pytest.mark.django_db
TODAY = date(2026, 1, 1)


def url(county: Cast, name: str, *parts: str) -> str:
    return reverse(f"accounts:{name}", args=[county.slug, *parts])


def last(verb: str) -> Event:
    return Event.objects.filter(verb=verb).order_by("-number")[0]


def someone(county: Cast, **changed: str) -> dict[str, str]:
    """What a data steward enters for a new person."""
    return {
        "full_name": "Ana Ortega",
        "username": "ana.ortega",
        "way": "password",
        "role": "case-manager",
        "organisation": county.organisations[EMPLOYERS["case-manager"]].public_id,
        "site": "north",
        "from_on": "2026-01-01",
        **changed,
    }


def added(county: Cast, **changed: str) -> str:
    client = county.sign_in("data-steward", fresh=True)
    answer = client.post(url(county, "add"), someone(county, **changed))
    assert answer.status_code == 200
    return answer.content.decode()


def first_password(html: str) -> str:
    found = re.search(r"<strong>(\w{4}-\w{4}-\w{4}-\w{4})</strong>", html)
    assert found is not None
    return found[1]


def test_someone_new_gets_an_account_a_role_and_a_first_password_once(county: Cast) -> None:
    password = first_password(added(county))

    user = User.objects.get(username="ana.ortega")
    assert user.check_password(password) and user.is_password_temporary
    assert last("account.added").by == county.users["data-steward"].public_id
    assert last("membership.began").after["role"] == "case-manager"
    assert password not in str(list(Event.objects.values()))
    shown = county.sign_in("data-steward").get(url(county, "one", user.public_id))
    assert password not in shown.content.decode()


def test_a_first_password_lets_nobody_work_before_it_is_changed(county: Cast) -> None:
    password = first_password(added(county))
    client = Client()
    client.post(reverse("account_login"), {"login": "ana.ortega", "password": password})

    start = reverse("initiatives:overview", args=[county.slug])
    assert client.get(start)["Location"] == reverse("account_change_password")
    own = "a word of my own choice"
    client.post(
        reverse("account_change_password"),
        {"oldpassword": password, "password1": own, "password2": own},
    )

    assert client.get(start).status_code == 200
    assert last("account.password-changed").subject_kind == "user"


def test_an_account_of_an_outside_provider_has_no_password(county: Cast) -> None:
    html = added(county, way="provider")

    assert "First password" not in html
    assert not User.objects.get(username="ana.ortega").has_usable_password()


@pytest.mark.parametrize(
    ("role", "employer", "says"),
    [
        ("link-reviewer", "provider", "cannot judge its results"),
        ("evaluator", "payor", "cannot judge its results"),
        ("payor", "provider", "people of a payor"),
        ("case-manager", "jail-liaison", "people of a provider"),
        ("data-steward", "jail-liaison", "never may"),
    ],
)
def test_a_role_that_the_employer_spoils_is_refused_with_the_reason(
    county: Cast, role: str, employer: str, says: str
) -> None:
    organisation = county.organisations[EMPLOYERS[employer]].public_id

    html = added(county, role=role, organisation=organisation)

    assert says in html
    assert not User.objects.filter(username="ana.ortega").exists()


def test_a_role_that_undoes_the_check_of_another_is_refused(county: Cast) -> None:
    with pytest.raises(Refusal, match="do not go together"):
        give_role(
            by=county.access("data-steward"),
            user=county.users["auditor-controller"],
            organisation=county.organisations[EMPLOYERS["coordinator"]],
            role="coordinator",
            from_on=TODAY,
        )


def test_nobody_changes_their_own_account(county: Cast) -> None:
    steward = county.access("data-steward")
    own = steward.memberships[0]

    for act in (
        lambda: give_role(
            by=steward,
            user=steward.user,
            organisation=own.organisation,
            role="link-reviewer",
            from_on=TODAY,
        ),
        lambda: end_role(by=steward, member=own, until_on=TODAY),
        lambda: off_board(by=steward, user=steward.user),
    ):
        with pytest.raises(Refusal, match="your own account"):
            act()


@pytest.mark.parametrize("role", ["coordinator", "payor", "auditor-controller", "evaluator"])
def test_whoever_prepares_approves_pays_or_determines_gives_no_roles(
    county: Cast, role: str
) -> None:
    with pytest.raises(Refused):
        off_board(by=county.access(role), user=county.users["investor"])


def test_a_role_ends_with_its_last_day_and_is_kept(county: Cast) -> None:
    member = county.users["investor"].memberships.get()
    yesterday = timezone.localdate() - timedelta(days=1)

    end_role(by=county.access("data-steward"), member=member, until_on=yesterday)

    client = county.sign_in("investor")
    assert client.get(reverse("initiatives:overview", args=[county.slug])).status_code == 404
    member.refresh_from_db()
    assert member.until_on == yesterday
    assert last("membership.ended").before["until_on"] is None


def test_a_role_is_not_made_longer_by_ending_it(county: Cast) -> None:
    member = county.users["investor"].memberships.get()
    steward, today = county.access("data-steward"), timezone.localdate()

    with pytest.raises(Refusal, match="before the first day"):
        end_role(by=steward, member=member, until_on=member.from_on - timedelta(days=1))
    end_role(by=steward, member=member, until_on=today)
    with pytest.raises(Refusal, match="earlier than that already"):
        end_role(by=steward, member=member, until_on=today + timedelta(days=1))
    end_role(by=steward, member=member, until_on=today - timedelta(days=1))
    with pytest.raises(Refusal, match="has ended"):
        end_role(by=steward, member=member, until_on=today)


def test_who_leaves_is_out_at_once_with_every_open_session(county: Cast) -> None:
    """R143: off-boarding."""
    first, second = county.sign_in("case-manager"), county.sign_in("case-manager")
    other = county.sign_in("payor")
    page = reverse("initiatives:overview", args=[county.slug])
    assert first.get(page).status_code == second.get(page).status_code == 200
    before = Session.objects.count()

    off_board(by=county.access("data-steward"), user=county.users["case-manager"])

    for client in (first, second):
        assert client.get(page)["Location"].startswith(reverse("account_login"))
    assert other.get(page).status_code == 200
    assert Session.objects.count() == before - 2
    assert last("account.off-boarded").after == {
        "roles_ended": 1,
        "sessions_ended": 2,
        "is_shut": True,
    }
    entered = {"login": county.users["case-manager"].username, "password": PASSWORD}
    assert not Client().post(reverse("account_login"), entered).wsgi_request.user.is_authenticated


def test_who_leaves_here_keeps_the_work_in_another_initiative(
    county: Cast, other_county: Cast
) -> None:
    user = county.users["counsel"]
    add_member(
        by=SYSTEM,
        user=user,
        organisation=other_county.organisations[EMPLOYERS["counsel"]],
        initiative=other_county.initiative,
        role="counsel",
        from_on=TODAY,
    )

    is_shut = off_board(by=county.access("data-steward"), user=user)

    client = county.sign_in("counsel")
    assert not is_shut
    assert client.get(reverse("audit:log", args=[county.slug])).status_code == 404
    assert client.get(reverse("audit:log", args=[other_county.slug])).status_code == 200


def test_an_account_that_works_elsewhere_alone_is_not_managed_here(
    county: Cast, other_county: Cast
) -> None:
    """Who gives a password can sign in with it: a role that ended long ago gives no such power."""
    user, steward = county.users["counsel"], county.access("data-steward")
    add_member(
        by=SYSTEM,
        user=user,
        organisation=other_county.organisations[EMPLOYERS["counsel"]],
        initiative=other_county.initiative,
        role="counsel",
        from_on=TODAY,
    )
    off_board(by=steward, user=user)

    with pytest.raises(Refusal, match="another initiative"):
        give_password(by=steward, user=user)
    with pytest.raises(Refusal, match="another initiative"):
        off_board(by=steward, user=user)
    user.refresh_from_db()
    assert user.is_active and user.check_password(PASSWORD)


def test_who_comes_back_is_let_in_again_by_a_role(county: Cast) -> None:
    user, steward = county.users["case-manager"], county.access("data-steward")
    off_board(by=steward, user=user)
    client = county.sign_in("data-steward", fresh=True)
    assert "They are back" in client.get(url(county, "one", user.public_id)).content.decode()

    given = {name: someone(county)[name] for name in ("role", "organisation", "site", "from_on")}
    client.post(url(county, "give", user.public_id), given)

    page = reverse("initiatives:overview", args=[county.slug])
    assert county.sign_in("case-manager").get(page).status_code == 200
    assert last("membership.began").after["is_opened_again"] is True


def test_a_new_password_ends_the_sessions_and_the_old_one(county: Cast) -> None:
    user = county.users["board-office"]
    open_one = county.sign_in("board-office")
    client = county.sign_in("data-steward", fresh=True)

    answer = client.post(url(county, "password", user.public_id), {"confirmed": "yes"})

    user.refresh_from_db()
    assert user.check_password(first_password(answer.content.decode()))
    assert open_one.get(reverse("home")).status_code == 302


def test_an_organisation_is_added_with_what_it_is_in_the_deal(county: Cast) -> None:
    client = county.sign_in("data-steward")
    client.post(url(county, "organisation"), {"name": "Elm Homes", "party": "", "is_x": ""})

    assert last("organisation.added").after == {"name": "Elm Homes", "party": ""}


def test_the_list_asks_the_database_the_same_however_many_there_are(
    county: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = county.sign_in("data-steward")
    office = add_organisation(by=SYSTEM, name="Many")
    for number in range(40):
        add_member(
            by=SYSTEM,
            user=add_user(by=SYSTEM, username=f"u{number}", full_name=f"U {number}"),
            organisation=office,
            initiative=county.initiative,
            role="counsel",
            from_on=TODAY,
        )
    with django_assert_max_num_queries(12):
        assert client.get(url(county, "members")).status_code == 200
