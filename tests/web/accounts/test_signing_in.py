"""Signing in: second factors by role, lock-out, the same words for all, no way out by `next`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from axes.models import AccessAttempt
from django.conf import settings
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import reverse

from payforsuccess.web.accounts.actions import add_user
from payforsuccess.web.accounts.outside import account_for
from payforsuccess.web.audit.actions import SYSTEM
from payforsuccess.web.audit.models import Event
from tests.web.cast import PASSWORD, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def strict() -> Iterator[None]:
    """As in production: a second factor by role, and a lock after five failures."""
    cache.clear()
    limits = settings.SIGN_IN_LIMITS
    with override_settings(
        IS_SECOND_FACTOR_REQUIRED=True, AXES_ENABLED=True, ACCOUNT_RATE_LIMITS=limits
    ):
        yield


def start(county: Cast) -> str:
    return reverse("initiatives:overview", args=[county.slug])


def try_to(client: Client, username: str, password: str, **more: str) -> tuple[int, str]:
    answer = client.post(
        reverse("account_login"), {"login": username, "password": password, **more}
    )
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize("role", ["case-manager", "payor", "data-steward", "jail-liaison"])
def test_who_sees_people_or_moves_money_sets_up_a_second_factor_first(
    strict: None, county: Cast, role: str
) -> None:
    client = county.sign_in(role)
    assert client.get(start(county))["Location"] == reverse("mfa_activate_totp")

    TOTP.activate(county.users[role], "JBSWY3DPEHPK3PXP")

    assert client.get(start(county)).status_code == 200


@pytest.mark.parametrize("role", ["board-office", "participant-representative"])
def test_who_sees_totals_alone_needs_none(strict: None, county: Cast, role: str) -> None:
    assert county.sign_in(role).get(start(county)).status_code == 200


def test_a_password_alone_opens_nothing_where_there_is_a_second_factor(
    strict: None, county: Cast
) -> None:
    TOTP.activate(county.users["payor"], "JBSWY3DPEHPK3PXP")
    client = Client()

    try_to(client, county.users["payor"].username, PASSWORD)

    assert client.get(start(county))["Location"].startswith(reverse("account_login"))


def test_five_failures_lock_the_account_and_the_log_tells_it(strict: None, county: Cast) -> None:
    name = county.users["payor"].username
    client = Client()
    for _ in range(5):
        try_to(client, name, "a wrong word altogether")

    right, html = try_to(client, name, PASSWORD)

    assert right in (403, 429) and "locked" in html
    assert Event.objects.filter(verb="account.locked-out", subject_kind="user").exists()
    assert "a wrong word" not in str(list(Event.objects.values()))


def test_nothing_that_was_typed_at_a_failed_sign_in_is_kept(strict: None, county: Cast) -> None:
    """Who types the password into the field of the name has it in no table, and in no copy."""
    try_to(Client(), "my password, in the wrong field", "a wrong word altogether")

    kept = list(AccessAttempt.objects.values())

    assert len(kept) == 1
    assert "wrong" not in str(kept)


def test_a_strangers_failures_elsewhere_keep_nobody_out(strict: None, county: Cast) -> None:
    """Who knows a name must not be able to shut its holder out on the day of payment."""
    name = county.users["auditor-controller"].username
    for number in range(12):
        stranger = Client(REMOTE_ADDR=f"192.0.2.{number}")
        try_to(stranger, name, "a wrong word altogether")

    assert try_to(Client(REMOTE_ADDR="198.51.100.7"), name, PASSWORD)[0] == 302


def test_failures_under_other_capitals_are_failures_of_the_same_account(
    strict: None, county: Cast
) -> None:
    """A name opens the account in capitals too: each way to write it must not have five tries."""
    name = county.users["payor"].username
    client = Client()
    assert try_to(client, name.upper(), PASSWORD)[0] == 302
    assert client.get(start(county))["Location"] == reverse("mfa_activate_totp")
    for number in range(5):
        try_to(Client(), name[:number].upper() + name[number:], "a wrong word altogether")

    right, html = try_to(Client(), name, PASSWORD)

    assert right in (403, 429) and "locked" in html
    locked = Event.objects.filter(verb="account.locked-out").values_list("subject", flat=True)
    assert set(locked) == {county.users["payor"].public_id}


def test_the_answer_does_not_tell_whether_there_is_such_an_account(county: Cast) -> None:
    """Threat 12: an account that is there, one that is shut, and one that never was."""
    shut = county.users["investor"]
    shut.is_active = False
    shut.save()
    names = (county.users["payor"].username, shut.username, "nobody-at-all")

    told = [try_to(Client(), name, "a wrong word altogether") for name in names]

    plain = {
        (status, html.split("<main")[1].replace(name, "NAME").split("csrfmiddlewaretoken")[0])
        for (status, html), name in zip(told, names, strict=True)
    }
    assert len(plain) == 1


@pytest.mark.parametrize(
    "next_", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_signing_in_leads_nowhere_else(county: Cast, next_: str) -> None:
    client = Client()
    entered = {"login": county.users["payor"].username, "password": PASSWORD, "next": next_}

    answer = client.post(reverse("account_login"), entered)

    assert answer.status_code == 302 and "evil" not in answer["Location"]
    assert answer["Location"].startswith("/")


def test_signing_out_ends_the_session_and_is_logged(county: Cast) -> None:
    client = county.sign_in("payor")
    cookie = client.cookies["sessionid"].value

    client.post(reverse("account_logout"))
    again = Client()
    again.cookies["sessionid"] = cookie

    assert again.get(start(county)).status_code == 302
    assert Event.objects.filter(verb="account.signed-out").count() == 1


def test_everyone_sees_when_their_own_account_was_used(county: Cast) -> None:
    county.sign_in("payor")
    county.sign_in("counsel")

    html = county.sign_in("payor").get(reverse("account_history")).content.decode()

    assert html.count("<tr") == 1 + 2 and "signed in" in html


def test_an_outside_account_takes_over_none_that_has_a_password(county: Cast) -> None:
    outside = add_user(by=SYSTEM, username="ana@county.example", full_name="Ana Ortega")

    assert account_for("", None, "Ana@County.example") == outside
    assert account_for(county.users["payor"].username) is None
    assert account_for("nobody") is None
