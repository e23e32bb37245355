"""What every answer says to browsers, and what no answer to a look changes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter

from payforsuccess.governance.roles.roles import ROLES
from payforsuccess.web.audit.models import Event
from payforsuccess.web.audit.queries import check_chain
from tests.web.cast import Cast
from tests.web.test_matrix import PAGES
from tests.web.truth.crawl import Seen, pages
from tests.web.truth.lively import at_ten, lively

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
}
LOOKS = (
    "viewed",
    "exported",
    "searched",
    "opened",
    "checked",
    "found",
    "given-out",
    "draft",
    "listed",
)
"""Words of the entries that a look may leave: it tells of itself, and of records it came upon."""

WORKED_OUT = {"measured", "overview"}


@pytest.fixture
def county(db: None, monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr("django.utils.timezone.now", at_ten)
    return lively()


def hold_to_headers(url: str, headers: dict[str, str], *, is_signed_in: bool = True) -> None:
    policy = {part.strip() for part in headers.get("Content-Security-Policy", "").split(";")}
    assert policy == POLICY, url
    assert headers.get("X-Frame-Options") == "DENY", url
    assert headers.get("X-Content-Type-Options") == "nosniff", url
    assert headers.get("Referrer-Policy") == "same-origin", url
    assert headers.get("Cross-Origin-Opener-Policy") == "same-origin", url
    if is_signed_in:
        assert headers.get("Cache-Control") == "no-store, private", url


def rows() -> dict[str, int]:
    """How many rows each table has, but the log, sessions and sign-ins."""
    left_out = {"sessions", "audit", "axes", "admin", "contenttypes"}
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.app_label not in left_out
    }


def content(seen: Cast) -> dict[str, bytes]:
    """The files of the deal that people count on.

    Not those worked out anew whenever missing, nor the registers of what pages showed, which a look
    writes as it does the log.
    """
    folder = seen.initiative.path
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
        and not WORKED_OUT & set(path.parts)
        and not path.parent.name.startswith("private-register-of-")
        and "lock" not in path.name
    }


@pytest.mark.parametrize("role", ROLES)
def test_a_look_changes_nothing_and_every_page_says_what_a_browser_may_do(
    county: Cast, role: str
) -> None:
    client = county.sign_in(role, fresh=True)
    before, files = rows(), content(county)
    newest = Event.objects.order_by("-number").values_list("number", flat=True)[0]

    found: list[Seen] = list(pages(client))

    assert rows() == before
    assert content(county) == files
    assert found
    for seen in found:
        assert seen.response.status_code < 500, seen.url
        hold_to_headers(seen.url, dict(seen.response.headers))
    new = Event.objects.filter(number__gt=newest).values_list("verb", flat=True)
    assert [verb for verb in new if not any(word in verb for word in LOOKS)] == []
    assert check_chain().is_whole


def test_refusals_and_pages_that_are_not_there_say_it_too(county: Cast) -> None:
    client = county.sign_in("public")
    for url in ("/nothing-here/", reverse("audit:log", args=[county.slug]), "/"):
        hold_to_headers(url, dict(client.get(url).headers))
    for url in ("/", reverse("account_login"), "/nothing-here/"):
        hold_to_headers(url, dict(Client().get(url).headers), is_signed_in=False)


def all_patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    """Every address there is, those of signing in too."""
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            yield from all_patterns(each)
        elif isinstance(each, URLPattern):
            yield each


def test_only_a_provider_of_sign_ins_sends_without_the_mark_of_our_own_form() -> None:
    """It posts an assertion that it signed; everything else is sent by a page of ours."""
    without = {each.name for each in all_patterns() if getattr(each.callback, "csrf_exempt", False)}

    assert without <= {"saml_acs", "saml_sls"}


def test_nothing_is_done_without_the_mark_of_our_own_form(county: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(county.users["payor"], "allauth.account.auth_backends.AuthenticationBackend")
    before = Event.objects.count()
    for name in PAGES:
        parts = {
            part: 1 if isinstance(converter, IntConverter) else "abc"
            for each in named(name)
            for part, converter in each.pattern.converters.items()
        }
        url = reverse(name, kwargs={"initiative": county.slug, **parts})
        answer = client.post(url, {"confirmed": "yes"})
        assert answer.status_code == 403, name
        assert "403_csrf.html" in [template.name for template in answer.templates], name

    assert Event.objects.count() == before


def named(name: str) -> list[URLPattern]:
    """The patterns of an address."""
    space, _, last = name.partition(":")
    spaces = [
        each
        for each in get_resolver().url_patterns
        if isinstance(each, URLResolver) and each.namespace == space
    ]
    return [each for one in spaces for each in all_patterns(one) if each.name == last]


def test_what_is_deleted_or_put_is_answered_like_a_look_or_not_at_all(county: Cast) -> None:
    """No address has a second door: other methods change nothing."""
    client = county.sign_in("coordinator", fresh=True)
    before, files = rows(), content(county)
    for seen in list(pages(client)):
        for method in (client.put, client.patch, client.delete, client.options, client.head):
            assert method(seen.url).status_code < 500, seen.url

    assert rows() == before
    assert content(county) == files
