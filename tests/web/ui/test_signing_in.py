"""The pages of signing in, which a library makes, stand in our frame."""

from __future__ import annotations

import re

import pytest
from allauth.account.forms import LoginForm
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from payforsuccess.web.accounts.models import User

pytestmark = pytest.mark.django_db


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def signed_in(client: Client) -> Client:
    User.objects.create_user("maria", password="a long word for tests", full_name="Maria")
    client.post("/sign-in/", {"login": "maria", "password": "a long word for tests"})
    client.post("/sign-in/again/", {"password": "a long word for tests"})
    return client


def is_ours(html: str) -> None:
    assert html.count("<h1") == 1 and "pfs-footer" in html and "<title>" in html
    assert not re.search(
        r"<style|\sstyle=|src=.data:|<script(?![^>]*(src=|application/json))", html
    )


def test_the_page_of_signing_in_is_plain(client: Client) -> None:
    html = shown(client, "/sign-in/")

    is_ours(html)
    assert 'for="id_login"' in html and 'for="id_password"' in html
    assert "sign up" not in html.lower() and "navigation" not in html


def test_a_made_up_county_tells_its_accounts_and_no_other_does(
    client: Client, rf: RequestFactory
) -> None:
    told = {"demo_password": "a made-up word", "demo_accounts": [("case", "Sky", "case manager")]}
    request = rf.get("/sign-in/")
    request.user = AnonymousUser()
    html = render_to_string("account/login.html", told | {"form": LoginForm()}, request)

    assert "a made-up word" in html and "Sky, case manager" in html
    assert "made-up" not in shown(client, "/sign-in/")


@pytest.mark.parametrize(
    "address",
    [
        "/sign-in/out/",
        "/sign-in/again/",
        "/sign-in/password/",
        "/sign-in/second-factor/",
        "/sign-in/second-factor/totp/activate/",
    ],
)
def test_the_pages_of_an_account_are_in_our_frame(signed_in: Client, address: str) -> None:
    is_ours(shown(signed_in, address))
