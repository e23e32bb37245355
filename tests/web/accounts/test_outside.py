"""Signing in through an organisation's own provider, from the button to the first page."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from time import time
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from requests import PreparedRequest, Response, Session
from requests.adapters import BaseAdapter

from payforsuccess.web.accounts.actions import add_user
from payforsuccess.web.accounts.outside import Adapter, account_for
from payforsuccess.web.audit.actions import SYSTEM
from tests.web.cast import Cast

pytestmark = pytest.mark.django_db
SITE = "https://login.example.gov"


def _part(value: object) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


class Provider(BaseAdapter):
    """A stand-in for OpenID Connect that knows one person, `ana.ortega`."""

    def send(self, request: PreparedRequest, *_: object, **__: object) -> Response:
        """What the provider answers, without a network."""
        said: dict[str, object] = {"iss": SITE, "aud": "county", "sub": "42"}
        token = f"{_part({'alg': 'none'})}.{_part(said | {'exp': time() + 60, 'iat': time()})}."
        names = ("authorization", "token", "userinfo")
        answers: dict[str, dict[str, str]] = {
            "/.well-known/openid-configuration": {
                "issuer": SITE,
                "jwks_uri": f"{SITE}/keys",
                **{f"{name}_endpoint": f"{SITE}/{name}" for name in names},
            },
            "/token": {"access_token": "a", "token_type": "Bearer", "id_token": token},
            "/userinfo": {"sub": "42", "preferred_username": "ana.ortega"},
        }
        answer = Response()
        answer.status_code, answer.url = 200, str(request.url)
        answer.headers["Content-Type"] = "application/json"
        answer.raw = BytesIO(json.dumps(answers[str(request.path_url)]).encode())
        return answer

    def close(self) -> None:
        """Nothing is open."""


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A provider that the site knows under the name County account."""
    session = Session()
    session.mount(SITE, Provider())
    monkeypatch.setattr(Adapter, "get_requests_session", lambda _: session)
    app = {"provider_id": "county", "name": "County account", "client_id": "county"}
    app |= {"secret": "s", "settings": {"server_url": SITE}}
    with override_settings(SOCIALACCOUNT_PROVIDERS={"openid_connect": {"APPS": [app]}}):
        yield


def leave(client: Client) -> str:
    """Press the provider's button; the address to which the page leads on."""
    page = client.get(reverse("account_login")).content.decode()
    found = re.search(r'<form method="post" action="([^"]+)">.*?County account', page)
    assert found is not None, "no button for the provider"
    answer = client.post(unescape(found[1]))
    assert answer.status_code == 200, "Chromium follows no form to another site"
    onward = re.search(r'http-equiv="refresh" content="0;url=([^"]+)"', answer.content.decode())
    assert onward is not None
    return unescape(onward[1])


def come_back(client: Client, address: str) -> int:
    """As the provider sends a browser back; the number of people signed in then."""
    (state,) = parse_qs(urlsplit(address).query)["state"]
    callback = reverse("openid_connect_callback", args=["county"])
    client.get(callback, {"code": "c", "state": state})
    return int("_auth_user_id" in client.session)


def test_a_person_signs_in_through_their_organisation(county: Cast, provider: None) -> None:
    add_user(by=SYSTEM, username="ana.ortega", full_name="Ana Ortega")
    client = Client()

    address = leave(client)

    assert address.startswith(f"{SITE}/authorization?")
    assert come_back(client, address) == 1
    again = Client()
    assert come_back(again, leave(again)) == 1, "tied, and known from then on"


def test_nobody_signs_up_and_no_password_is_passed_by(county: Cast, provider: None) -> None:
    client = Client()
    assert come_back(client, leave(client)) == 0

    add_user(by=SYSTEM, username="ana.ortega", full_name="Ana Ortega", password="long enough, yes")

    assert come_back(client, leave(client)) == 0


def test_a_provider_of_one_organisation_names_nobody_of_another(county: Cast) -> None:
    payor = county.users["payor"]
    payor.set_unusable_password()
    payor.save()
    theirs = payor.memberships.get().organisation.name

    assert account_for(payor.username, organisation=theirs) == payor
    assert account_for(payor.username, organisation="Another") is None
    assert account_for(payor.username) == payor


def test_a_form_that_leads_to_ourselves_stays_a_redirect(county: Cast) -> None:
    client = county.sign_in("payor")
    answer = client.post(reverse("account_logout"))
    assert answer.status_code == 302
