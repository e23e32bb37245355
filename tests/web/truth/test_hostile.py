"""Whatever someone writes into any field of any page: no failure, nothing run, nothing lost."""

from __future__ import annotations

import os
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import Client

from payforsuccess.governance.roles.roles import ROLES
from payforsuccess.web.audit.queries import check_chain
from tests.web.cast import Cast
from tests.web.truth.crawl import Form, pages
from tests.web.truth.hostile import STRINGS, formulas_in, stands_as_code
from tests.web.truth.lively import NOW, at_ten, lively

MOST = len(STRINGS) if os.environ.get("PFS_DEEP") else 6
"""How often each form is sent; each time every field holds another string."""

WRITING = ("jail-liaison", "court-contact", "case-manager")
"""Who writes freely in some form that needs no other person first."""


@pytest.fixture
def county(db: None, monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr("django.utils.timezone.now", at_ten)
    return lively()


def filled(form: Form, turn: int) -> dict[str, list[str]]:
    """A form with a hostile string in each field into which people write."""
    values = {name: list(found) for name, found in form.values.items()}
    for name, found in values.items():
        if found == [""] and name.endswith("on"):
            values[name] = [NOW.isoformat()]
    step = max(len(STRINGS) // MOST, 1)
    for place, name in enumerate(form.written):
        values[name] = [STRINGS[(turn * step + place) % len(STRINGS)]]
    return values


def hold(url: str, answer: HttpResponse) -> None:
    """No failure, nothing as code, no formula, no header of the writer's."""
    assert answer.status_code < 500, url
    assert "pfs" not in answer.cookies, url
    kind = answer.headers.get("Content-Type", "")
    if kind.startswith("text/html"):
        assert not stands_as_code(answer.content.decode()), url
    if kind.startswith("text/csv"):
        assert formulas_in(answer.content.decode()) == [], url


def sent(client: Client, form: Form) -> Iterator[tuple[str, HttpResponse]]:
    """What the server answers to the form, filled with one string after another."""
    for turn in range(MOST):
        values = filled(form, turn)
        if form.method == "get":
            url = f"{form.action.split('?')[0]}?{urlencode(values, doseq=True)}"
            yield url, client.get(url, follow=True)
        else:
            yield form.action, client.post(form.action, values, follow=True)  # type: ignore[arg-type]


@pytest.mark.parametrize("role", ROLES)
def test_what_is_written_into_any_field_is_never_run(county: Cast, role: str) -> None:
    client = county.sign_in(role, fresh=True)
    forms = {
        (form.action, *form.written): form
        for seen in pages(client)
        for form in seen.forms
        if form.written and "/sign-in/" not in form.action
    }
    taken = 0
    for form in forms.values():
        for url, answer in sent(client, form):
            hold(url, answer)
            taken += form.method == "post" and bool(getattr(answer, "redirect_chain", []))
    assert taken or role not in WRITING, "no form took anything, so nothing was tried"

    for again in (role, "coordinator", "case-manager", "data-steward", "auditor-controller"):
        for seen in pages(county.sign_in(again, fresh=True)):
            hold(seen.url, seen.response)
    assert check_chain().is_whole


def test_signing_in_takes_any_string(db: None) -> None:
    for string in STRINGS:
        entered = {"login": string, "password": string}
        hold("sign-in", Client().post("/sign-in/", entered, follow=True))
        hold("next", Client().get(f"/sign-in/?{urlencode({'next': string})}"))
        hold("address", Client().get(f"/{urlencode({'': string})[1:]}/"))
